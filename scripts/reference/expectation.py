#!/usr/bin/env python3
"""What expectation matching does before it has learnt anything, from its stated priors.

Written apart from simulator/baselines/expectation.cpp: plain sums over every second. Prints the
expected values of tests/simulator/baselines/expectation_test.cpp.
"""

import argparse

TALK, WRAP = 1 / 90, 1 / 20      # per second
RING, VERDICT, ANSWER, HUMAN = 12, 2, 0.25, 0.5
WINDOW = RING + VERDICT


def free_from_wrap():
    return 1 - (1 - WRAP) ** WINDOW


def free_from_talk():
    """The talk ends in one second, the wrap-up takes whole seconds of what is left after it."""
    total = 0.0
    for end in range(WINDOW):
        talk_ends_now = (1 - TALK) ** end * TALK
        left = WINDOW - 1 - end
        total += talk_ends_now * (1 - (1 - WRAP) ** left)
    return total


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(f"free from talk {free_from_talk():.12f}")
    print(f"free from wrap-up {free_from_wrap():.12f}")
    free = 20 * free_from_talk() + 10 * free_from_wrap()
    answers = 8 * ANSWER + 4 * HUMAN
    print(f"expected free {free:.12f} answers {answers:.12f}")
    print(f"lines with 3 idle, 1 waiting: {int((3 + free - 1 - answers) / ANSWER)}")
    weight = 1.0
    for abandoned in (1, 0, 0, 1):
        weight *= 1 + 0.1 * (abandoned - 0.9 * 0.03)
    print(f"weight after 1 0 0 1: {weight:.12f}")
    print(f"lines at that weight: {int((3 + free - 1 - weight * answers) / (weight * ANSWER))}")
    # 30 calls end: every third answered at 10.5 s, the others unanswered at 25 s; memory 400.
    keep, ringing, answered = 1 - 1 / 400, [0.0] * 61, [0.0] * 61
    for call in range(30):
        live = call % 3 == 0
        for second in range(11 if live else 26):
            ringing[second] = ringing[second] * keep + 1
            answered[second] = answered[second] * keep + live
    for second in (0, 10, 11, 24):
        chance = (answered[second] + 20 * ANSWER) / (ringing[second] + 20)
        print(f"answer chance of a call ringing for {second} s: {chance:.12f}")


if __name__ == "__main__":
    main()
