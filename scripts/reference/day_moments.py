#!/usr/bin/env python3
"""What the simulated day's people should look like, worked out from the scenario file's own words.

Moments of a lognormal that is redrawn beyond a limit (rings) or raised to a floor (talks), by
Simpson's rule over the standard normal; shares of outcomes with drift; the chance of a break.
Nothing in common with the C++ sampler. Used by tests/simulator/day/fates_test.cpp and rates_test.cpp.
"""

import argparse
import math

STEPS = 40_000
REACH = 12.0  # standard deviations on either side


def shape(mean, sd):
    """(centre, spread) of the logarithm."""
    variance = math.log(1 + (sd / mean) ** 2)
    return math.log(mean) - variance / 2, math.sqrt(variance)


def moments(transform, low=-REACH, high=REACH):
    """(mass, mean, sd) of transform(z), z standard normal between low and high."""
    width = (high - low) / STEPS
    mass = first = second = 0.0
    for i in range(STEPS + 1):
        z = low + i * width
        weight = (1 if i in (0, STEPS) else 4 if i % 2 else 2) * width / 3
        weight *= math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        value = transform(z)
        mass += weight
        first += weight * value
        second += weight * value * value
    first, second = first / mass, second / mass
    return mass, first, math.sqrt(second - first * first)


def redrawn(mean, sd, limit):
    centre, spread = shape(mean, sd)
    return moments(lambda z: math.exp(centre + spread * z), high=(math.log(limit) - centre) / spread)


def floored(mean, sd, floor):
    """Integrated on either side of the kink apart."""
    centre, spread = shape(mean, sd)
    kink = (math.log(floor) - centre) / spread
    low = moments(lambda z: floor, high=kink)
    high = moments(lambda z: math.exp(centre + spread * z), low=kink)
    mass = low[0] + high[0]
    first = (low[0] * low[1] + high[0] * high[1]) / mass
    second = (low[0] * (low[1] ** 2 + low[2] ** 2) + high[0] * (high[1] ** 2 + high[2] ** 2)) / mass
    return mass, first, math.sqrt(second - first * first)


def rates(live, machine, fast_fail, amplitude, period_h, t_s):
    live = min(0.9, live * (1 + amplitude * math.sin(2 * math.pi * t_s / (period_h * 3600))))
    machine = min(machine, 0.6 * (1 - live))
    return live, machine, min(fast_fail, 0.5 * (1 - live - machine))


def break_chance(per_hour, talk_s, wrap_s):
    return 1 - math.exp(-per_hour * (talk_s + wrap_s) / 3600)


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    print("ring of a person   mass %.6f mean %.6f sd %.6f" % redrawn(12, 6, 25))
    print("ring of a machine  mass %.6f mean %.6f sd %.6f" % redrawn(18, 4, 25))
    print("talk, mean 60 cv 1 mass %.6f mean %.6f sd %.6f" % floored(60, 60, 2))
    print("talk, mean 5 cv 2  mass %.6f mean %.6f sd %.6f" % floored(5, 10, 2))
    for row in ((0.2, 0.25, 0.08, 0, 3, 0), (0.2, 0.25, 0.08, 0.3, 3, 2700),
                (0.2, 0.25, 0.08, 0.3, 3, 8100), (0.2, 0.25, 0.08, 0.3, 3, 1000),
                (0.85, 0.25, 0.08, 0.3, 3, 2700), (0.7, 0.5, 0.3, 0, 3, 0)):
        print("rates%s: %.9f %.9f %.9f" % (row, *rates(*row)))
    for row in ((0.5, 60, 15), (2, 150, 15)):
        print("break%s: %.9f" % (row, break_chance(*row)))


if __name__ == "__main__":
    main()
