#!/usr/bin/env python3
"""When a case that has refused is called once more: independent expected values for campaigns/conversion.

Prints a line for each case of tests/campaigns/conversion_test.cpp: UTC seconds of the refusal, cooling in
seconds, and UTC seconds of the conversion. Clocks by zoneinfo; a part of the day begins by the wall clock.
"""

import argparse
from datetime import datetime
from zoneinfo import ZoneInfo

PARTS = [(9, 12), (12, 17), (17, 21)]  # local hours, the last exclusive


def part_of(local, parts):
    for index, (begin, end) in enumerate(parts):
        if begin <= local.hour < end:
            return index
    return None


def due(refused, cooling, parts):
    """The first minute from refused + cooling on that lies in the part after that of the refusal."""
    moment = datetime.fromtimestamp(refused.timestamp() + cooling, refused.tzinfo)
    was = part_of(refused, parts)
    if len(parts) < 2 or was is None:
        return moment
    wanted = (was + 1) % len(parts)
    zone = refused.tzinfo
    while part_of(moment, parts) != wanted:
        step = moment.timestamp() + 60 - moment.timestamp() % 60
        moment = datetime.fromtimestamp(step, zone)
    return moment


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    zone = ZoneInfo("Europe/Amsterdam")
    week = 7 * 86400
    for text, cooling, parts in [
        ("2026-03-10 10:00", week, []),
        ("2026-03-10 10:00", week, PARTS),
        ("2026-03-10 19:30", week, PARTS),
        ("2026-03-10 22:15", week, PARTS),
        ("2026-03-25 10:00", week, PARTS),  # the clocks go forward on the 29th
        ("2026-03-25 20:30", week, PARTS),
        ("2026-03-25 11:30", 86400, PARTS),
    ]:
        refused = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        then = due(refused, cooling, parts)
        print(text, len(parts), int(refused.timestamp()), cooling, int(then.timestamp()), then.isoformat())


if __name__ == "__main__":
    main()
