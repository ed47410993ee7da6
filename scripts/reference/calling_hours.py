#!/usr/bin/env python3
"""Expected values for calling hours and account windows, from Python's own zone database.

Written apart from the C++: it knows no offsets and no edges. It asks the wall clock of a zone minute by
minute (every edge and every change of the clocks here falls on a whole minute) and writes down when the
answer changes. The output is tests/compliance/calling_hours_reference.inc:

    scripts/reference/calling_hours.py > tests/compliance/calling_hours_reference.inc
"""

import argparse
import datetime
import random
import zoneinfo

UTC = datetime.timezone.utc
MINUTE = 60
DAY = 24 * 60 * MINUTE
SEARCHED = 15 * DAY
EPOCH = datetime.datetime(1970, 1, 1)

# Zone, first and last year. Chosen for what their clocks do; past years, so that a newer zone database
# writes the same file.
ZONES = (
    ("Europe/Amsterdam", 2025, 2025),     # one hour, at 02:00 and 03:00
    ("America/New_York", 2025, 2025),     # one hour, at 02:00
    ("Australia/Lord_Howe", 2025, 2025),  # half an hour
    ("America/St_Johns", 2010, 2010),     # half-hour offset, changed at 00:01 local time
    ("America/Havana", 2025, 2025),       # forward at 00:00: that day begins at 01:00
    ("America/Sao_Paulo", 2018, 2018),    # forward at 00:00, back at 00:00 to 23:00 of the day before
    ("Pacific/Apia", 2011, 2011),         # 30 December 2011 never happened
    ("Asia/Kathmandu", 2025, 2025),       # +05:45, never changes
)

EVERY_DAY = 127
HOURS = {  # name: (days with bit 0 Monday, from and to in minutes of the local day)
    "WeekdaysNineToNine": ((31, 540, 1260),),
    "DailyEightToNine": ((EVERY_DAY, 480, 1260),),
    "SundayNoonToSix": ((64, 720, 1080),),
    "AcrossTheNight": ((EVERY_DAY, 0, 150), (EVERY_DAY, 1350, 1440)),
    "Always": ((EVERY_DAY, 0, 1440),),
}


def local(zone, at):
    """The wall clock's time, without an offset."""
    return datetime.datetime.fromtimestamp(at, zone).replace(tzinfo=None)


def utc(*date):
    return int(datetime.datetime(*date, tzinfo=UTC).timestamp())


def changes(zone, first, last):
    """The minutes at which the offset changes in these years."""
    found = []
    at = utc(first, 1, 1)
    while at < utc(last + 1, 1, 1):
        before, after = at, at + DAY
        if offset(zone, before) != offset(zone, after):
            while after - before > MINUTE:
                middle = before + (after - before) // (2 * MINUTE) * MINUTE
                if offset(zone, middle) == offset(zone, before):
                    before = middle
                else:
                    after = middle
            found.append(after)
        at += DAY
    return found


def offset(zone, at):
    return int(datetime.datetime.fromtimestamp(at, zone).utcoffset().total_seconds())


def is_open(zone, windows, at):
    now = local(zone, at)
    minute = now.hour * 60 + now.minute
    return any(days >> now.weekday() & 1 and start <= minute < end for days, start, end in windows)


def until(zone, windows, at):
    """The first whole minute after `at` at which the answer differs; -1 if there is none in 15 days."""
    answer = is_open(zone, windows, at)
    step = at - at % MINUTE + MINUTE
    while step <= at + SEARCHED:
        if is_open(zone, windows, step) != answer:
            return step
        step += MINUTE
    return -1


def first_minute_showing(zone, midnight):
    """The first minute at which the wall clock shows this local time or a later one."""
    at = int((midnight - EPOCH).total_seconds()) - 2 * DAY
    while local(zone, at) < midnight:
        at += MINUTE
    return at


def window_start(zone, at, length):
    """Of the window of `length` days from 1970 on that the latest day ever shown belongs to."""
    shown = max(local(zone, minute) for minute in [*range(at - 2 * DAY, at, MINUTE), at])
    day = (shown - EPOCH).days
    return first_minute_showing(zone, EPOCH + datetime.timedelta(days=day - day % length))


def moments(zone, first, last):
    """Instants around each change of the clocks, and some from anywhere in those years."""
    found = set()
    for change in changes(zone, first, last):
        for distance in (-25 * 60, -90, -31, -1, 0, 1, 29, 59, 61, 121, 23 * 60 + 30):
            found.add(change + distance * MINUTE)
    chance = random.Random(f"{zone.key} {first}")
    for _ in range(6):
        found.add(chance.randrange(utc(first, 1, 20), utc(last, 12, 10)) // MINUTE * MINUTE)
    return sorted(found)


def main():
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    print("// Made by scripts/reference/calling_hours.py from the zone database; do not edit.")
    print("// clang-format off")
    print("const std::vector<ReferenceZone> kReferenceZones = {")
    for name, first, last in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        starts = [utc(first - 1, 1, 1), *changes(zone, first - 1, last)]
        offsets = ", ".join(f"{{{start}, {offset(zone, start)}}}" for start in starts)
        print(f'    {{"{name}", {{{offsets}}}}},')
    print("};\n\nconst std::vector<ReferenceHours> kReferenceHours = {")
    for name, windows in HOURS.items():
        rows = ", ".join(f"{{{days}, {start}, {end}}}" for days, start, end in windows)
        print(f'    {{"{name}", {{{rows}}}}},')
    print("};\n\n// zone, hours, at, open, until (-1: none)")
    print("const std::vector<ReferenceVerdict> kReferenceVerdicts = {")
    for name, first, last in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        for at in moments(zone, first, last):
            for hours, windows in HOURS.items():
                verdict = "true" if is_open(zone, windows, at) else "false"
                print(f'    {{"{name}", "{hours}", {at}, {verdict}, {until(zone, windows, at)}}},')
    print("};\n\n// zone, at, start of the day's window, start of the thirty days' window")
    print("const std::vector<ReferenceWindow> kReferenceWindows = {")
    for name, first, last in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        for at in moments(zone, first, last):
            print(f'    {{"{name}", {at}, {window_start(zone, at, 1)}, {window_start(zone, at, 30)}}},')
    print("};")


if __name__ == "__main__":
    main()
