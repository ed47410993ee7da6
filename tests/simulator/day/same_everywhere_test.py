#!/usr/bin/env python3
"""A run is the same on every x86-64: with and without the CPU's fused multiply-add in libm.

The C library picks its functions by the CPU it runs on. Switching its best ones off stands for an older
CPU: this interpreter's own libm shows that the switch works, and the run's trace hash that it does not matter.
"""

import argparse
import json
import os
import subprocess
import sys

# glibc 2.36, "Tunables": glibc.cpu.hwcaps. Before 2.33 the names were AVX2_Usable and FMA_Usable.
OLDER_CPU = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA"}
LIBM = "import math; print([(math.exp(x / 7.3), math.sin(x * 1.1), math.pow(1.1, x / 9)) for x in range(1, 3000)])"


def output(command, extra):
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300,
                          env={**os.environ, **extra}).stdout


def trace_hash(arguments, controller, extra):
    command = [arguments.binary, "sim", "run", arguments.scenario, "--json", "--seed", "17",
               "--controller", controller]
    return json.loads(output(command, extra))["trace_hash"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--scenario", required=True)
    arguments = parser.parse_args()

    libm = [sys.executable, "-c", LIBM]
    if output(libm, {}) == output(libm, OLDER_CPU):
        print("this CPU has nothing to switch off: nothing is proved here")
        return 77
    faults = 0
    for controller in ("predictive", "ratio", "vicidial", "expectation", "clairvoyant"):
        here = trace_hash(arguments, controller, {})
        there = trace_hash(arguments, controller, OLDER_CPU)
        print(f"{controller}: {here} {'=' if here == there else '!='} {there}")
        faults += here != there
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
