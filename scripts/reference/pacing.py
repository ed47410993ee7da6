#!/usr/bin/env python3
"""Reference values for tests/pacing, by the plainest method that gives them: differential equations in small
steps, all subsets of a few yes-or-no variables, sums over distributions. Nothing is shared with the C++.

  ring       competing risks: survival and live answers of a ringing call
  duration   survival and mean of a step hazard
  free       an agent's chance to be free: talk, then wrap-up
  demand     how likely that a few agents do not suffice
  budget     the chance that follows the results, and the guard's room
  over       chance to end a window above its cap, dialing progressively from now on
"""

import argparse
import itertools
import math

# One hazard per second of age; later ages like the last (1/s).
LIVE = [0.0, 0.001, 0.004, 0.01, 0.02, 0.03, 0.03, 0.02]
MACHINE = [0.0, 0.0, 0.0, 0.005, 0.01, 0.02, 0.03, 0.04]
FAIL = [0.02, 0.02, 0.03, 0.01, 0.0, 0.0, 0.0, 0.0]


def at(table, age):
    return table[min(int(age), len(table) - 1)]


def ring():
    limit, step = 20.0, 1e-4
    survival, answered, machine, area = 1.0, 0.0, 0.0, 0.0
    marks = {0: None, 3.5: None, 8: None, 20: None}
    for i in range(int(limit / step) + 1):
        age = i * step
        for mark in marks:
            if abs(age - mark) < step / 2:
                marks[mark] = (survival, answered)
        live, other, fail = at(LIVE, age), at(MACHINE, age), at(FAIL, age)
        gone = survival * (1 - math.exp(-(live + other + fail) * step))
        total = live + other + fail
        if age < limit - step / 2:
            answered += gone * live / total if total else 0
            machine += gone * other / total if total else 0
            area += (survival - gone / 2) * step
            survival -= gone
    for mark, (left, live) in marks.items():
        print(f"ring age {mark}: survival {left:.9f} answered {live:.9f}")
    print(f"ring machine rate {machine:.9f} mean ring {area:.7f}")
    left, live = marks[3.5]
    for s in (1.25, 6.25, 28.75):
        age = min(limit, 3.5 + s - 1.5)
        # answered by then, from the marks' own integration
        survival, answered, t = 1.0, 0.0, 0.0
        while t < age - step / 2:
            total = at(LIVE, t) + at(MACHINE, t) + at(FAIL, t)
            gone = survival * (1 - math.exp(-total * step))
            answered += gone * at(LIVE, t) / total if total else 0
            survival -= gone
            t += step
        print(f"ring age 3.5 grid {s}: {max(0.0, (answered - live) / left):.7f}")


EDGES = [0, 2, 4, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 125, 160, 200, 250, 320, 400, 500, 650, 900]


def talk_hazard(x):
    """Few talks end in the first seconds, most within a minute or two."""
    step = max(i for i, edge in enumerate(EDGES) if edge <= x)
    return 0.002 + 0.0008 * step


def wrap_hazard(x):
    step = max(i for i, edge in enumerate(EDGES) if edge <= x)
    return 0.03 + 0.002 * step


def survival_of(hazard, x, step=0.01):
    return math.exp(-sum(hazard((i + 0.5) * step) * step for i in range(int(round(x / step)))))


def duration():
    for x in (1.0, 7.0, 70.0, 333.0):
        print(f"duration survival {x}: {survival_of(talk_hazard, x):.9f}")
    step, left, mean, x = 0.01, 1.0, 0.0, 0.0
    while left > 1e-12:
        after = left * math.exp(-talk_hazard(x) * step)
        mean += (left + after) / 2 * step
        left, x = after, x + step
    print(f"duration mean {mean:.5f}")


def free():
    """P(talk and wrap-up over within s, given the talk has lasted e), by summing over the talk's end."""
    step = 0.02
    for elapsed, pace in ((0.0, 1.0), (30.0, 1.0), (120.0, 1.0), (30.0, 1.4), (30.0, 0.85)):
        row = []
        for s in (1.25, 11.25, 28.75):
            within = s + 1.0  # patience
            left, chance = 1.0, 0.0
            wrap_left = [1.0]
            for i in range(int(within / step) + 1):
                wrap_left.append(wrap_left[-1] * math.exp(-wrap_hazard((i + 0.5) * step) * step))
            for i in range(int(round(within / step))):
                end = left * (1 - math.exp(-pace * talk_hazard(elapsed + (i + 0.5) * step) * step))
                rest = within - (i + 0.5) * step
                chance += end * (1 - wrap_left[int(rest / step)])
                left -= end
            row.append(f"{chance:.5f}")
        print(f"free talking {elapsed} pace {pace}: {' '.join(row)}")
    for elapsed in (0.0, 9.0, 40.0):
        row = [1 - survival_of(wrap_hazard, elapsed + s + 1.0) / survival_of(wrap_hazard, elapsed)
               for s in (1.25, 11.25, 28.75)]
        print(f"free wrapping {elapsed}: {' '.join(f'{chance:.5f}' for chance in row)}")


def demand():
    """All subsets: the chance that at least `agents` of the variables happen."""
    cases = {"few": ([0.1, 0.25, 0.5, 0.9, 0.3, 0.05], 3), "many": ([0.2] * 8 + [0.7] * 4, 5),
             "sure": ([0.6, 0.4, 1.0, 1.0], 3), "none": ([0.3, 0.2], 5), "no agents": ([0.3], 0)}
    for name, (chances, agents) in cases.items():
        total = 0.0
        for subset in itertools.product((0, 1), repeat=len(chances)):
            if sum(subset) >= agents:
                total += math.prod(p if x else 1 - p for x, p in zip(subset, chances))
        print(f"demand {name}: {total:.12f}")


def budget():
    log_chance, aim = math.log(0.04), 0.027
    results = ([0] * 40 + [1]) * 12 + [1] * 6 + [0] * 100
    for result in results:
        log_chance = min(max(log_chance + 0.1 * (aim - result), math.log(0.004)), math.log(0.9))
    print(f"budget after {len(results)} results, {sum(results)} abandoned: {math.exp(log_chance):.12f}")
    agents, handle, search, risky = 25, 75.0, 110.0, 0.8
    for answers, abandoned, left in ((0, 0, 28800), (1500, 40, 7200), (3000, 88, 600), (3000, 85, 0)):
        recoverable = 0.8 * agents * min(3600, left) / (handle + search)
        early = min(1, left / 3600)
        worst = risky + (3.1 - 1.1 * early) * math.sqrt(risky) + 2 - early
        room = 0.03 * (answers + recoverable) - abandoned - worst
        print(f"budget room {answers}/{abandoned}, {left} s left: {room:.9f}")


def over():
    """P(Y + N > cap (A + n)) for Poisson N and about normal n, summed over both."""
    agents, handle, search, cap = 25, 75.0, 110.0, 0.03
    for answers, abandoned, left, risky in ((1500, 40, 7200, 0.8), (1500, 57, 3600, 0.8), (3000, 88, 60, 2.0),
                                            (3000, 86, 0, 6.0), (3000, 91, 0, 0.1)):
        mean = agents * left / (handle + search)
        sd = math.sqrt(mean + (0.1 * mean) ** 2)
        poisson = [math.exp(-risky) * risky ** k / math.factorial(k) for k in range(60)]
        chance, whole = 0.0, 0.0
        for i in range(-400, 401):
            weight = math.exp(-(i / 100) ** 2 / 2)
            allowed = cap * (answers + mean + sd * i / 100)
            chance += weight * sum(p for k, p in enumerate(poisson) if abandoned + k > allowed)
            whole += weight
        print(f"over {answers}/{abandoned}, {left} s left, {risky} risky: {chance / whole:.5f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    for part in (ring, duration, free, demand, budget, over):
        part()


if __name__ == "__main__":
    main()
