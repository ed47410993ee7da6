#!/usr/bin/env python3
"""Expected figures of abandonment windows, in Python's fractions, from the definitions of the study.

Prints a C++ table of drawn windows: tests/compliance/abandonment_reference.inc is its output.
"""

import random
from fractions import Fraction

NAMES = ("connected", "late", "message_played", "silent", "hung_up_early", "machine_verdicts",
         "machines_put_through")


def figures(regime, amd, window):
    """Numerator and denominator."""
    nobody_came = window["late"] + window["message_played"] + window["silent"]
    killed = Fraction(window["amd_error"]) * window["machine_verdicts"] if amd else Fraction(0)
    if regime == "Uk":
        if amd:
            abandoned = nobody_came + killed
        else:
            put_through = window["connected"] + window["machines_put_through"]
            live = Fraction(window["connected"], put_through) if put_through else Fraction(1)
            abandoned = nobody_came * live
        return Fraction(abandoned), Fraction(abandoned + window["connected"])
    answered_by_people = window["connected"] + nobody_came + window["hung_up_early"] + killed
    return Fraction(nobody_came + killed), Fraction(answered_by_people)


def drawn(rng):
    small = rng.random() < 0.4
    window = {name: rng.randrange(0, 8 if small else 40_000) for name in NAMES}
    for name in ("late", "message_played", "silent"):
        window[name] = rng.randrange(0, 4 if small else 700)
    window["amd_error"] = rng.choice(["0", "0.008", "0.012", "0.0100", "1.5e-2", "0.3", "1"])
    return window


def main():
    rng = random.Random(5)
    for _ in range(120):
        regime = rng.choice(("Us", "Uk", "Ca"))
        amd = rng.random() < 0.6
        window = drawn(rng)
        numerator, denominator = figures(regime, amd, window)
        cap = Fraction(5 if regime == "Ca" else 3, 100)
        breach = denominator != 0 and numerator / denominator > cap
        counts = ", ".join(str(window[name]) for name in NAMES)
        print(f'{{AbandonmentRegime::{regime}, {"true" if amd else "false"}, {{{counts}}}, "{window["amd_error"]}", '
              f'"{numerator}", "{denominator}", {"true" if breach else "false"}}},')


if __name__ == "__main__":
    main()
