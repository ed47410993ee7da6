#!/usr/bin/env python3
"""When a call may start, minute by minute over a year, in the area codes that lie in several time zones.

Written apart from the C++: zones of an area code from python3-phonenumbers' own table, clocks from Python's
zoneinfo, the hours (8:00 to 21:00 in every zone at once) by looking at each wall clock. Prints for each area
code its zones, how many minutes of 2027 are open, and the SHA-256 of one bit per minute (and of one per
quarter of an hour), eight to a byte, the first minute in the highest bit. The build makes
policy_sweep.inc with it, by the zone database that the tests will read: laws change clocks, of
2027 too, and the machine learns of it with an update.
"""

import datetime
import hashlib
import zoneinfo

from phonenumbers.tzdata import TIMEZONE_DATA

AREA_CODES = (208, 219, 250, 270, 308, 418, 423, 480, 520, 541, 574, 602, 605, 606, 620, 701, 709, 775, 785, 807,
              812, 850, 867, 906, 907, 928, 986)  # research/compliance.md §3.1
UTC = datetime.timezone.utc
START = datetime.datetime(2027, 1, 1, tzinfo=UTC)
MINUTES = 365 * 24 * 60
QUARTER = 15


def zones_of(area_code):
    """Every zone of every prefix within the area code."""
    start = f"1{area_code}"
    return sorted({zone for prefix, zones in TIMEZONE_DATA.items() if prefix.startswith(start) for zone in zones})


def open_minutes(name):
    """One byte per minute of the year: may a call start by this zone's clock alone?"""
    zone = zoneinfo.ZoneInfo(name)
    start = int(START.timestamp())
    return bytes(8 <= datetime.datetime.fromtimestamp(start + 60 * minute, zone).hour < 21
                 for minute in range(MINUTES))


def digest(minutes):
    packed = bytearray((len(minutes) + 7) // 8)
    for i, is_open in enumerate(minutes):
        if is_open:
            packed[i // 8] |= 0x80 >> (i % 8)
    return hashlib.sha256(packed).hexdigest()


def main():
    by_zone = {}
    print("// Written by scripts/reference/policy_sweep.py.")
    print("inline const SweptArea kSweptAreas[] = {")
    for area_code in AREA_CODES:
        zones = zones_of(area_code)
        for zone in zones:
            if zone not in by_zone:
                by_zone[zone] = open_minutes(zone)
        minutes = bytes(all(column) for column in zip(*(by_zone[zone] for zone in zones)))
        names = ", ".join(f'"{zone}"' for zone in zones)
        print(f"    {{{area_code}, {{{names}}}, {sum(minutes)},")
        print(f'     "{digest(minutes)}",')
        print(f'     "{digest(minutes[::QUARTER])}"}},')
    print("};")


if __name__ == "__main__":
    main()
