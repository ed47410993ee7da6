#!/usr/bin/python3
"""Where numbers may be, by the phonenumbers package's own functions: expected values for
tests/compliance/places.

usage: number_places.py > tests/compliance/places/places_reference.inc

Each row: a number, its country, zones, and how the table's zones must stand to them. Written apart from
compliance/places/number_places.py, from what the package answers for whole numbers and from zone.tab.
"""

import phonenumbers
from phonenumbers import PhoneNumberType as Type
from phonenumbers import timezone
from phonenumbers.tzdata import TIMEZONE_DATA

ROW = '{{"{}", "{}", "{}", Zones::{}}},'


def zone_tab():
    zones = {}
    with open("/usr/share/zoneinfo/zone.tab", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                country, _, zone = line.rstrip("\n").split("\t")[:3]
                zones.setdefault(country, set()).add(zone)
    return zones


def row(number, country, zones, relation, seen=set()):
    text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if (text, relation) in seen:  # countries that share a calling code share examples
        return
    seen.add((text, relation))
    print(ROW.format(text, country, " ".join(sorted(zones)), relation))


def is_named(exchange):
    """Whether the package's table names the exchange, or a part of it that is longer than the area code."""
    return any(exchange[:length] in TIMEZONE_DATA for length in range(len("1212") + 1, len(exchange) + 1))


def north_america(listed):
    for area in range(200, 1000):
        number = phonenumbers.parse(f"+1{area}5550123")
        country = phonenumbers.region_code_for_number(number)
        rows = [zones for prefix, zones in TIMEZONE_DATA.items() if prefix.startswith(f"1{area}")]
        if country not in ("US", "CA") or not rows:
            continue
        by_prefix = set(timezone.time_zones_for_geographical_number(number))
        if not is_named(f"1{area}555"):  # the package gives such exchanges one zone of the area code
            by_prefix = set().union(*rows)
        if by_prefix <= listed and len(by_prefix) < 30:  # more is the whole plan's row: no prefix
            row(number, country, by_prefix, "ByPrefix")
        row(number, country, set().union(*rows), "ByArea")


def elsewhere(zones_of):
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        if phonenumbers.country_code_for_region(country) == 1:
            continue
        own = zones_of.get(country, set())
        fixed = phonenumbers.example_number_for_type(country, Type.FIXED_LINE)
        if fixed and phonenumbers.number_type(fixed) == Type.FIXED_LINE:
            known = set(timezone.time_zones_for_number(fixed))
            if known <= own:
                row(fixed, phonenumbers.region_code_for_number(fixed), known, "Among")
        mobile = phonenumbers.example_number_for_type(country, Type.MOBILE)
        if mobile and phonenumbers.number_type(mobile) == Type.MOBILE:
            holder = phonenumbers.region_code_for_number(mobile)  # several share a calling code
            row(mobile, holder, zones_of.get(holder, set()), "Among")


def main():
    zones_of = zone_tab()
    print(f"// scripts/reference/number_places.py, phonenumbers {phonenumbers.__version__}")
    north_america(set().union(*zones_of.values()))
    elsewhere(zones_of)


main()
