#!/usr/bin/env python3
"""Reference values for base/maths, to 17 digits, from Python's decimal arithmetic with 200 digits.

exp and ln are decimal's own; pi, cosine and the normal tail are summed here from their power series.
  maths.py            the tables of tests/base/maths_test.cpp
  maths.py --mills    the table of base/maths.cpp: Mills' ratio (1 - Phi(x)) / phi(x) and its slope, every 1/2
"""

import argparse
import decimal
from decimal import Decimal

decimal.getcontext().prec = 200
SMALL = Decimal(10) ** -190


def arctan_inverse(n):
    """arctan(1 / n)."""
    total, power, k = Decimal(0), Decimal(1) / n, 0
    while power > SMALL:
        total += power / (2 * k + 1) * (-1 if k % 2 else 1)
        power /= n * n
        k += 1
    return total


PI = 4 * (4 * arctan_inverse(5) - arctan_inverse(239))  # Machin, 1706


def cosine(x):
    total, term, k = Decimal(0), Decimal(1), 0
    while abs(term) > SMALL:
        total += term
        k += 2
        term *= -x * x / ((k - 1) * k)
    return total


def density(x):
    return (-x * x / 2).exp() / (2 * PI).sqrt()


def tail(x):
    """1 - Phi(x): one half less phi(x) times the sum of x^(2n+1) / (2n+1)!!."""
    total, term, n = Decimal(0), x, 0
    while abs(term) > SMALL:
        total += term
        n += 1
        term *= x * x / (2 * n + 1)
    return Decimal("0.5") - density(x) * total


def show(value):
    return repr(float(value))  # shortest text that reads back as the same double


def rows(name, function, arguments):
    print(f"// {name}")
    for argument in arguments:
        print(f"    {{{show(argument)}, {show(function(Decimal(argument)))}}},")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mills", action="store_true")
    if parser.parse_args().mills:
        for i in range(17):
            x = Decimal(i) / 2
            ratio = tail(x) / density(x)
            print(f"    {{{show(ratio)}, {show(x * ratio - 1)}}},")
        return
    rows("exp", lambda x: x.exp(), [-740.0, -708.5, -30.25, -1.0, -0.34657359027997264, -1e-9, 0.0, 1e-17,
                                    0.1, 0.5, 1.0, 2.5, 10.0, 100.3, 700.0])
    rows("log", lambda x: x.ln(), [1e-300, 5e-324, 0.001, 0.5, 0.7071067811865476, 0.999999, 1.0, 1.000001,
                                   1.4142135623730951, 1.5, 2.0, 10.0, 12345.678, 1e300])
    rows("log1p", lambda x: (1 + x).ln(), [-0.999, -0.5, -1e-3, -1e-12, 0.0, 1e-18, 1e-8, 0.3, 1.0, 50.0])
    rows("cos_of_turns", lambda t: cosine(2 * PI * t), [0.0, 1e-6, 0.1, 0.125, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6,
                                                        0.75, 0.8, 0.99, 1.1, -0.3, 7.0625])
    rows("normal_density", density, [0.0, 0.5, -1.0, 2.5, 6.0, 12.0])
    rows("normal_tail", tail, [-9.0, -3.0, -1.0, -0.1, 0.0, 0.1, 0.24, 0.26, 0.75, 1.0, 1.96, 3.1, 4.4, 5.77,
                               7.76, 8.0, 9.5, 15.0])


if __name__ == "__main__":
    main()
