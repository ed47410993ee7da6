#!/usr/bin/env python3
"""How fast simulated days run: calls per second on S3, and microseconds per pacing decision.

The targets are those of the project: 50,000 calls/s progressive, 10,000 predictive; 50 us a decision at
25 agents, 500 us at 500. Prints the best of three runs each, since the machine does other things too.
"""

import argparse
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUNS = 3


def run(bellwether, scenario, controller, days):
    command = [bellwether, "sim", "run", ROOT / f"simulator/scenarios/{scenario}.toml", "--controller",
               controller, "--seed", "101", "--days", days, "--json"]
    return json.loads(subprocess.run([str(word) for word in command], capture_output=True, text=True,
                                     check=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bellwether", default=ROOT / "build/release/bellwether", metavar="PROGRAM")
    bellwether = parser.parse_args().bellwether
    for controller, days, floor in (("progressive", 4, 50_000), ("predictive", 2, 10_000)):
        best = max(run(bellwether, "s3", controller, days)["calls_per_s"] for _ in range(RUNS))
        print(f"S3 {controller:12} {best:10,.0f} calls/s   (at least {floor:,})")
    for scenario, agents, most in (("s3", 25, 50), ("cold", 500, 500)):
        best = min(run(bellwether, scenario, "predictive", 1)["us_per_decision"] for _ in range(RUNS))
        print(f"{agents:3} agents        {best:10.1f} us/decision (at most {most})")


if __name__ == "__main__":
    main()
