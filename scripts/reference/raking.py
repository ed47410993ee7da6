#!/usr/bin/env python3
"""Raked weights, worked out apart from the product (research/surveys.md 6).

Written from that page alone. `vectors` checks this script against the published
example; `compare` gives random samples to a program and compares every weight.
"""

import argparse
import json
import math
import random
import subprocess
import sys


def fit(weights, rows, margins, tolerance, iterations_max):
    """Returns (weights, iterations or None)."""
    n = len(weights)
    w = list(weights)
    for iteration in range(1, iterations_max + 1):
        for k, targets in enumerate(margins):
            total = {c: math.fsum(w[i] for i in range(n) if rows[i][k] == c) for c in targets}
            w = [w[i] * targets[rows[i][k]] * n / total[rows[i][k]] for i in range(n)]
        worst = max(abs(math.fsum(w[i] for i in range(n) if rows[i][k] == c) / n - share)
                    for k, targets in enumerate(margins) for c, share in targets.items())
        if worst < tolerance:
            return w, iteration
    return w, None


def rake(base, rows, margins, cap=None, floor=None, tolerance=1e-6, iterations_max=100, rounds_max=200):
    """Weights of mean 1, or None where they are withheld."""
    n = len(base)
    scaled = [b * n / math.fsum(base) for b in base]
    w, iterations = fit(scaled, rows, margins, tolerance, iterations_max)
    if iterations is None:
        return None
    rounds = 0
    while cap is not None or floor is not None:
        mean = math.fsum(w) / n
        high = math.inf if cap is None else cap * mean
        low = 0.0 if floor is None else floor * mean
        if all(low * (1 - 1e-9) <= x <= high * (1 + 1e-9) for x in w):
            break
        rounds += 1
        if rounds > rounds_max:
            return None
        w, iterations = fit([min(max(x, low), high) for x in w], rows, margins, tolerance, iterations_max)
        if iterations is None:
            return None
    return [x * n / math.fsum(w) for x in w]


def household_base(household):
    """One adult of several, reached by several numbers: the inverse of his chance."""
    return 1 / ((1 / household["design"]) * household["lines"] / household["adults"])


def design_effect(w):
    return len(w) * math.fsum(x * x for x in w) / math.fsum(w) ** 2


# research/surveys.md 6: ten cases.
ROWS = list(zip("mmmmfffmfm", "nnssnssnns"))
BASE = [1, 1, 2, 1, 1, 2, 1, 1, 1, 2]
TARGETS = [{"m": .48, "f": .52}, {"n": .35, "s": .65}]
RAKED = [.54007584, .54007584, 1.27190900, .63595450, .93988624, 2.21348501, 1.10674250, .54007584, .93988624,
         1.27190900]
CAPPED = [.491054, .491054, 1.330735, .665368, 1.013419, 1.8, 1.373162, .491054, 1.013419, 1.330735]


def check_vectors():
    for cap, expected, deff, exact in ((None, RAKED, 1.240616, 1e-6), (1.8, CAPPED, 1.188744, 2e-6)):
        w = rake(BASE, ROWS, TARGETS, cap, tolerance=1e-12)
        if max(abs(a - b) for a, b in zip(w, expected)) > exact or abs(design_effect(w) - deff) > 1e-6:
            sys.exit(f"cap {cap}: {w}, design effect {design_effect(w)}")
    print("raking: the published example agrees")


def random_sample(rng):
    """Margins of a population, and cases drawn otherwise; every category has a case."""
    sizes = [rng.randint(1, 4) for _ in range(rng.randint(1, 3))]
    n = rng.randint(max(sizes), 60)
    rows = [[f"c{rng.randrange(size)}" for size in sizes] for _ in range(n)]
    for k, size in enumerate(sizes):
        for c in range(size):
            rows[c][k] = f"c{c}"
    margins = []
    for size in sizes:
        parts = [rng.uniform(.5, 2) for _ in range(size)]
        margins.append({f"c{c}": part / math.fsum(parts) for c, part in enumerate(parts)})
    households = [{"design": round(rng.uniform(.2, 4), 3), "adults": rng.randint(1, 7), "lines": rng.randint(1, 4)}
                  for _ in range(n)]
    return {"households": households, "rows": rows, "margins": margins,
            "cap": rng.choice([None, None, 2.5, 3.0]), "floor": rng.choice([None, None, .2])}


def compare(program, count, seed):
    rng = random.Random(seed)
    questions = [random_sample(rng) for _ in range(count)]
    answers = subprocess.run([program], input="".join(json.dumps(q) + "\n" for q in questions), text=True,
                             capture_output=True, check=True).stdout.splitlines()
    if len(answers) != count:
        sys.exit(f"{len(answers)} answers to {count} questions")
    withheld = 0
    for question, answer in zip(questions, answers):
        base = [household_base(household) for household in question["households"]]
        expected = rake(base, question["rows"], question["margins"], question["cap"], question["floor"])
        found = json.loads(answer)["weights"] or None
        withheld += expected is None
        same = (found is None) == (expected is None) and (
            expected is None or max(abs(a - b) for a, b in zip(found, expected)) < 1e-9)
        if not same:
            sys.exit(f"question {json.dumps(question)}\nproduct  {answer}\nexpected {json.dumps(expected)}")
    print(f"raking: {count} random samples agree, {withheld} of them withheld")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("vectors", help="check this script against the published example")
    against = verbs.add_parser("compare", help="compare a program with this script")
    against.add_argument("--program", required=True, help="reads a sample per line, writes its weights per line")
    against.add_argument("--count", type=int, default=300)
    against.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    check_vectors()
    if given.verb == "compare":
        compare(given.program, given.count, given.seed)


if __name__ == "__main__":
    main()
