#!/usr/bin/python3
"""Makes the table behind number_place.h from the host's phonenumbers package and time-zone list.

usage: number_places.py [--zoneinfo FOLDER] OUT.inc

Reads Debian's python3-phonenumbers (prefix to zone, prefix to place, numbering plans; Apache-2.0, see
NOTICE) and tzdata (zone.tab, tzdata.zi). What it changes in them, and why, stands with each function;
the rules are those of research/compliance.md, chapter 3. The same input gives the same output.
"""

import argparse
import datetime
import functools
import pathlib
import sys
import zoneinfo

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

import prefix_patterns
from area_states import state_of_place

NANP = "1"
AREA_DIGITS = 4  # of the North American plan: the 1 and three more
# National digits by which fixed and mobile ranges are told apart; what is still mixed below counts as
# mobile. One more digit would make the table much larger and sharpen little.
SPLIT_DIGITS_MAX = 5
ANY = "0123456789"


class TimeZones:
    """zone.tab and the names that stand for others."""

    def __init__(self, folder):
        self.folder = folder
        self.of_country = {}
        for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                country, _, zone = line.split("\t")[:3]
                self.of_country.setdefault(country, set()).add(zone)
        self.listed = set().union(*self.of_country.values())
        lines = (folder / "tzdata.zi").read_text(encoding="utf-8").splitlines()
        self.version = lines[0].removeprefix("# version ")
        self.links = {words[2]: words[1] for words in map(str.split, lines) if words[:1] == ["L"]}

    def today(self, zone):
        """The name in zone.tab for an older one (Asia/Calcutta); the zone itself if there is none."""
        name = zone
        while name not in self.listed and name in self.links:
            name = self.links[name]
        return name if name in self.listed else zone

    @functools.cache
    def offsets(self, zone):
        """What the zone's clocks show in the middle of winter and of summer."""
        data = zoneinfo.ZoneInfo(zone)
        days = (datetime.datetime(2026, month, 15, tzinfo=datetime.timezone.utc) for month in (1, 7))
        return tuple(day.astimezone(data).utcoffset() for day in days)

    @functools.cache
    def at_home(self, zones, countries):
        """The table names some zones by one abroad with the same clocks (Lithuania by Bucharest, and so
        Kaliningrad, whose clocks have changed since): those of the country that agree with it in summer
        or winter stand for it, or all of the country's."""
        own = set().union(*(self.of_country.get(country, set()) for country in countries))
        found = set()
        for zone in map(self.today, zones):
            if zone in own or not own:
                found.add(zone)
                continue
            theirs = self.offsets(zone)
            alike = {z for z in own if any(a == b for a, b in zip(self.offsets(z), theirs))}
            found |= alike or own
        return found


class Plan:
    """The numbering plan of one calling code: which countries and kinds of line a prefix may have."""

    KINDS = {"fixed_line": "fixed", "mobile": "mobile", "pager": "other", "toll_free": "other",
             "premium_rate": "other", "shared_cost": "other", "personal_number": "other", "voip": "other",
             "uan": "other", "voicemail": "other"}

    def __init__(self, code):
        self.code = code
        self.regions = [region for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)]
                        if region != "001"]
        self.patterns = {}
        self.leading = {}
        for region in self.regions:
            metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
            if metadata.leading_digits:
                self.leading[region] = prefix_patterns.compile_pattern(metadata.leading_digits)
            self.patterns[region] = [
                (kind, prefix_patterns.compile_pattern(getattr(metadata, field).national_number_pattern))
                for field, kind in self.KINDS.items()
                if getattr(metadata, field) and getattr(metadata, field).national_number_pattern]

    def look(self, national):
        """{region: kinds of line} for the numbers that begin so, in the package's order of regions."""
        found = {}
        for region in self.regions:
            if region in self.leading and not self.leading[region].begins(national):
                continue
            kinds = {kind for kind, pattern in self.patterns[region] if pattern.may_follow(national)}
            if kinds:
                found[region] = kinds
        return found


class Place:
    """One answer of the table; equal ones are stored once."""

    def __init__(self, country, regions, zones, is_exact, may_be_mobile):
        self.key = (country, tuple(sorted(regions)), tuple(sorted(zones)), is_exact, may_be_mobile)


class Maker:
    def __init__(self, time_zones):
        self.time_zones = time_zones
        self.prefixes = sorted(TIMEZONE_DATA)
        self.inner = {prefix[:n] for prefix in self.prefixes for n in range(len(prefix))}
        self.areas = {}  # area code with its 1 -> (country, regions, zones)
        self.root = {}

    def make(self):
        for code in sorted(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE)):
            plan = Plan(code)
            node = self.north_america(plan) if code == NANP else self.split(plan, "")
            self.insert(code, node)
        return self.fill(self.root, Place("", (), (), False, False))

    # --- everywhere but North America: kinds of line have prefixes of their own ---

    def split(self, plan, national):
        found = plan.look(national)
        kinds = set().union(*found.values()) if found else set()
        prefix = plan.code + national
        mixed = len(found) > 1 or len(kinds) > 1
        if found and (prefix in self.inner or mixed and len(national) < SPLIT_DIGITS_MAX):
            return {"place": self.place(plan, prefix, found, kinds),
                    **{digit: self.split(plan, national + digit) for digit in ANY}}
        return {"place": self.place(plan, prefix, found, kinds)}

    def place(self, plan, prefix, found, kinds):
        countries = list(found) or plan.regions
        country = countries[0] if countries else ""
        zones = set(self.time_zones.at_home(self.zones_of_prefix(prefix), tuple(countries)))
        if kinds == {"fixed"} and zones:
            return Place(country, (), zones, len(zones) == 1, False)
        for name in countries:
            zones |= self.time_zones.of_country.get(name, set())
        return Place(country, (), zones, False, not kinds or "mobile" in kinds)

    def zones_of_prefix(self, prefix):
        for n in range(len(prefix), 0, -1):
            if prefix[:n] in TIMEZONE_DATA:
                return TIMEZONE_DATA[prefix[:n]]
        return ()

    # --- North America: mobiles have the area codes of everybody ---

    def north_america(self, plan):
        everywhere = set(map(self.time_zones.today, TIMEZONE_DATA[NANP]))
        for country in ("US", "CA"):
            everywhere |= self.time_zones.of_country[country]
        node = {"place": Place("US", (), everywhere, False, True)}
        for area in (a + b + c for a in ANY for b in ANY for c in ANY):
            found = plan.look(area)
            if found:
                self.insert_into(node, area, self.area(plan, area, found, everywhere))
        return node

    def area(self, plan, area, found, everywhere):
        prefix = NANP + area
        kinds = set().union(*found.values())
        below = [p for p in self.prefixes if p.startswith(prefix)]
        country = next(iter(found))
        if not below:  # freephone and the like; or an area code newer than the zones
            own = everywhere if country == "US" else self.time_zones.of_country.get(country, everywhere)
            return {"place": Place(country, (), own, False, kinds != {"other"})}
        zones = {self.time_zones.today(zone) for p in below for zone in TIMEZONE_DATA[p]}
        regions = states_of(prefix, country)
        self.areas[prefix] = (country, regions, zones)
        top = {"place": Place(country, regions, zones, len(zones) == 1, "mobile" in kinds)}
        for p in below:
            if len(p) > AREA_DIGITS:
                own = set(map(self.time_zones.today, TIMEZONE_DATA[p]))
                leaf = Place(country, regions, own, len(own) == 1, "mobile" in kinds)
                self.insert_into(top, p[AREA_DIGITS:], {"place": leaf})
        return top  # an exchange that no longer prefix names may be in any of the area code's zones

    # --- the tree ---

    def insert(self, prefix, node):
        self.insert_into(self.root, prefix, node)

    def insert_into(self, node, digits, leaf):
        for digit in digits[:-1]:
            node = node.setdefault(digit, {})
        old = node.get(digits[-1], {})
        node[digits[-1]] = {**old, **leaf}

    def fill(self, node, inherited):
        """(place, ten children) of a node; of a leaf (place, None)."""
        own = node.get("place", inherited)
        children = [self.fill(node[digit], own) if digit in node else (own, None) for digit in ANY]
        if all(below is None and place.key == own.key for place, below in children):
            return (own, None)
        return (own, children)


def states_of(prefix, country):
    """The states or provinces of an area code: of its own row in the package's places, else of the rows
    below it."""
    if country not in ("US", "CA"):
        return ()
    rows = [prefix] if prefix in GEOCODE_DATA else [p for p in GEOCODE_DATA if p.startswith(prefix)]
    found = set()
    for row in rows:
        found |= state_of_place(GEOCODE_DATA[row].get("en", ""))
    if not found or any(not state.startswith(country) for state in found):
        raise SystemExit(f"number_places.py: area code {prefix}: no state of {country} in {rows[:3]}: {found}")
    return tuple(sorted(found))


class Writer:
    """Numbers the lists and places, and writes them as C++ arrays."""

    def __init__(self):
        self.texts = {}
        self.lists = {(): 0}
        self.flat = []
        self.places = {}
        self.nodes = []

    def list_of(self, names):
        if names not in self.lists:
            self.lists[names] = len(self.flat)
            self.flat.extend(names)
        return f"{{{self.lists[names]}, {len(names)}}}"

    def place(self, place):
        return self.places.setdefault(place.key, len(self.places))

    def node(self, filled):
        """The index of a node, children before parents; a leaf is its place, marked."""
        own, children = filled
        if children is None:
            return f"kLeaf | {self.place(own)}"
        row = [self.node(child) for child in children]
        self.nodes.append((row, self.place(own)))
        return str(len(self.nodes) - 1)

    def text(self, root, maker, version):
        top = self.node(root)
        lines = ["// Made by number_places.py from " + version + "; not to be edited.",
                 "// Zones and places by prefix: (c) The Libphonenumber Authors, Apache-2.0 (NOTICE).", ""]
        places = []
        for country, regions, zones, is_exact, mobile in self.places:
            places.append(f'    {{"{country}", {self.list_of(regions)}, {self.list_of(zones)}, '
                          f"{str(is_exact).lower()}, {str(mobile).lower()}}},")
        named = [f'    {{"{name}", {self.list_of(zones)}}},'
                 for name, zones in sorted(zones_by_region(maker).items())]
        every = sorted({zone for key in self.places for zone in key[2]}
                       | {zone for zones in zones_by_region(maker).values() for zone in zones})
        all_zones = self.list_of(tuple(every))
        lines += ["constexpr std::string_view kNames[] = {", *(f'    "{name}",' for name in self.flat), "};", ""]
        lines += ["constexpr Place kPlaces[] = {", *places, "};", ""]
        lines += ["constexpr RegionZones kRegionZones[] = {", *named, "};", ""]
        lines += ["constexpr Node kNodes[] = {"]
        lines += [f"    {{{{{', '.join(row)}}}, {own}}}," for row, own in self.nodes]
        lines += ["};", "", f"constexpr List kAllZones = {all_zones};",
                  f"constexpr std::uint16_t kTop = {top};",
                  f'constexpr std::string_view kTableVersion = "{version}";', ""]
        if len(self.nodes) >= 0x8000 or len(self.places) >= 0x8000 or len(self.flat) >= 0x10000:
            raise SystemExit("number_places.py: the table outgrows its 16-bit numbers")
        return "\n".join(lines)


def zones_by_region(maker):
    """{"US-FL": zones of all its area codes, "US": those of tzdata}."""
    found = {country: set(zones) for country, zones in maker.time_zones.of_country.items()}
    for _, regions, zones in maker.areas.values():
        for region in regions:
            found.setdefault(region, set()).update(zones)
    return {region: tuple(sorted(zones)) for region, zones in found.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--zoneinfo", type=pathlib.Path, default=pathlib.Path("/usr/share/zoneinfo"))
    parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    time_zones = TimeZones(arguments.zoneinfo)
    maker = Maker(time_zones)
    root = maker.make()
    version = f"phonenumbers {phonenumbers.__version__}, tzdata {time_zones.version}"
    arguments.out.write_text(Writer().text(root, maker, version), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
