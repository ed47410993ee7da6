#!/usr/bin/env python3
"""Moments of the practice carrier's drawn times, and bounds for the shares of its outcomes.

A drawn time is a lognormal of given mean and standard deviation (of the value itself), clamped into
[low, high]. Its moments are summed here by Simpson's rule over the standard normal, which has nothing
in common with the C++ sampler. The bounds are what a right sampler leaves once in 10,000 runs.
Used by tests/simulator/carrier/call_script_test.cpp.
"""

import argparse
import math

STEPS = 20_000
REACH = 10.0  # standard deviations on either side


def clamped_moments(mean, sd, low, high):
    """(mean, sd) of the clamped value."""
    variance = math.log(1 + (sd / mean) ** 2)
    centre, spread = math.log(mean) - variance / 2, math.sqrt(variance)
    width = 2 * REACH / STEPS
    first = second = 0.0
    for i in range(STEPS + 1):
        z = -REACH + i * width
        weight = (1 if i in (0, STEPS) else 4 if i % 2 else 2) * width / 3
        weight *= math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        value = min(max(math.exp(centre + spread * z), low), high)
        first += weight * value
        second += weight * value * value
    return first, math.sqrt(second - first * first)


def chi_square_bound(chance=1e-4):
    """Where the upper tail of chi-square with 3 degrees of freedom, which has a closed form, is `chance`."""
    low, high = 0.0, 100.0
    for _ in range(100):
        x = (low + high) / 2
        tail = math.erfc(math.sqrt(x / 2)) + math.sqrt(2 * x / math.pi) * math.exp(-x / 2)
        low, high = (x, high) if tail > chance else (low, x)
    return low


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    times = {
        "ring": (3, 1.5, 0.3, 20),
        "refuse": (0.4, 0.2, 0.05, 3),
        "talk": (6, 3, 1, 60),
        "patience": (8, 2, 4, 30),
        "key_delay": (1.0, 0.25, 0.6, 1.5),
    }
    for name, row in times.items():
        print("%-10s mean %.6f s  sd %.6f s" % (name, *clamped_moments(*row)))
    print("chi-square bound, 3 degrees: %.3f" % chi_square_bound())


if __name__ == "__main__":
    main()
