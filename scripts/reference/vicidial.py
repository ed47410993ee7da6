#!/usr/bin/env python3
"""Expected lines and levels of the adaptive dial level, second by second.

Written from the published rules (pacing study, A.3) and apart from simulator/baselines/vicidial.cpp:
the whole history is kept and every statistic is computed from it anew. Prints the tables of
tests/simulator/baselines/vicidial_test.cpp.
"""

import argparse

def picture(second):
    """What the made-up floor looks like at a second, from 0."""
    return {"idle": (7 * second) % 5, "waiting": (3 * second) % 2, "talking": 8 + second % 3,
            "wrapping": 2, "in_flight": (11 * second) % 7}


def happened(second, calls, dropping):
    """Calls, answers and drops in the second before the picture."""
    return {"calls": calls, "answers": 1 if second % 2 == 0 else 0,
            "drops": 1 if second in dropping else 0}


def trace(maximum, available_only, all_but_wrap, cap, calls, dropping, seconds):
    rows, level = [], 1.0
    minute_calls = minute_drops = today_calls = 0
    share = 0.0
    for second in range(seconds):
        tick = second + 1  # the first picture is the first tick
        past = [happened(s, calls, dropping) for s in range(second + 1)]
        if tick % 60 == 0:
            last = past[max(0, second - 59):]  # the happenings of the last 60 s
            minute_calls = sum(p["calls"] for p in last)
            minute_drops = sum(p["drops"] for p in last)
            today_calls = sum(p["calls"] for p in past)
            answers = sum(p["answers"] + p["drops"] for p in past)
            share = sum(p["drops"] for p in past) / answers if answers else 0.0
        if tick % 15 == 0:
            seen = [picture(s) for s in range(second - 14, second + 1)]
            surplus = sum(p["idle"] - p["waiting"] for p in seen) / 15
            agents = sum(p["idle"] + p["talking"] + p["wrapping"] for p in seen) / 15
            level = min(maximum, max(1.0, level * (1 + surplus / agents)))
            if minute_calls > 20 and minute_drops > 0.5 * minute_calls:
                level = max(1.0, level / 2)
            if today_calls > 50 and share > cap:
                level = 1.0
        now = picture(second)
        if available_only:
            goal = int(level * now["idle"] + 0.5) + now["talking"]
        else:
            counted = now["idle"] + now["talking"] + (0 if all_but_wrap else now["wrapping"])
            goal = int(level * counted + 0.5)
        lines = goal - now["in_flight"] - now["waiting"] - now["talking"]
        rows.append((tick, max(0, lines), level))
    return rows


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    for name, arguments in {
            "Defaults": (3.0, False, True, 0.03, 2, ()),
            "AllStates": (3.0, False, False, 0.03, 2, ()),
            "AvailableOnly": (5.0, True, True, 0.03, 2, ()),
            "DropsOverTheCap": (3.0, False, True, 0.03, 2, (70, 71, 72)),
            "DropsOfHalfTheCalls": (10.0, False, True, 1.0, 1, range(60, 179))}.items():
        rows = trace(*arguments, seconds=480)
        for tick, lines, level in rows:
            if tick in (1, 15, 16, 30, 60, 75, 120, 121, 135, 240, 300, 480):
                print(f'    Row{{"{name}", {tick}, {lines}, {level:.12g}}},')


if __name__ == "__main__":
    main()
