#!/usr/bin/env python3
"""Expected values for the figures of `amd evaluate`, by definition and without formulas in common.

Wilson's interval is found where the normal test just rejects, by bisection; the area under the curve
by comparing every pair; percentiles by the standard library. tests/answer-detect/evaluation/ quotes
what this prints.
"""

import argparse
import math
import statistics

Z = statistics.NormalDist().inv_cdf(0.975)
SHARES = ((0, 20), (4, 168), (13, 168), (129, 150), (20, 20), (1, 1))
POSITIVES = (0.9, 0.8, 0.7, 0.7, 0.4, 0.95, 0.2)
NEGATIVES = (0.1, 0.4, 0.7, 0.3, 0.05)
DELAYS = (0.42, 0.55, 0.61, 0.64, 0.7, 0.93, 1.31, 2.4)


def rejects(count, n, p):
    """Is the share too far from p, by the standard error that p itself gives?"""
    error = math.sqrt(p * (1 - p) / n)
    return abs(count / n - p) > Z * error


def edge(count, n, outside, inside):
    for _ in range(200):
        middle = (outside + inside) / 2
        if rejects(count, n, middle):
            outside = middle
        else:
            inside = middle
    return inside


def wilson(count, n):
    share = count / n
    low = 0.0 if count == 0 else edge(count, n, 1e-300, share)
    high = 1.0 if count == n else edge(count, n, 1 - 1e-16, share)
    return low, high


def area(positives, negatives):
    wins = sum((p > n) + (p == n) / 2 for p in positives for n in negatives)
    return wins / (len(positives) * len(negatives))


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    for count, n in SHARES:
        print("wilson %d/%d: %.12f %.12f" % (count, n, *wilson(count, n)))
    print("auc: %.12f" % area(POSITIVES, NEGATIVES))
    tenths = statistics.quantiles(DELAYS, n=10, method="inclusive")
    print("percentiles 50, 90: %.12f %.12f" % (statistics.median(DELAYS), tenths[8]))


if __name__ == "__main__":
    main()
