#!/usr/bin/env python3
"""Quotas of a survey, worked out apart from the product (research/surveys.md 3.3 and 3.4).

Keeps no counters: a field remembers who stands where, and every figure is counted anew from that.

    quota.py compare --program PEER [--count N] [--seed S]
    quota.py vectors

`compare` lets PEER (tests/campaigns/quota/quota_peer.cpp) go through random fields and says where it
differs. `vectors` goes through the test vectors of 3.5.
"""

import argparse
import json
import random
import subprocess
import sys


class Field:
    """Cells, and the people who stand in them."""

    def __init__(self, cells):
        self.cells = cells  # dicts: name, group, target, start, on_full, soft, pick, priority
        self.groups = []
        for cell in cells:
            if cell["group"] not in self.groups:
                self.groups.append(cell["group"])
        self.people = {}

    def pick_of(self, group):
        given = [c["pick"] for c in self.cells if c["group"] == group and c["pick"]]
        return given[0] if given else "all"

    def standing(self, index, state, but=None):
        """How many people stand in a cell: "held" or "counted"."""
        return sum(1 for name, person in self.people.items() if name != but and person["state"] == state
                   for places in person["places"].values() for place in places if place == index) + (
                       self.gone(index) if state == "counted" else 0)

    def gone(self, index):
        return sum(places.count(index) for places in self.left)

    left = ()

    def full(self, index):
        cell = self.cells[index]
        if cell["on_full"] == "count":
            return False
        taken = cell["start"] + self.standing(index, "counted")
        if not cell["soft"]:
            taken += self.standing(index, "held")
        return taken >= cell["target"]

    def share(self, index):
        cell = self.cells[index]
        return (cell["start"] + self.standing(index, "counted") + self.standing(index, "held")) / cell["target"]

    def person(self, name):
        return self.people.setdefault(name, {"version": 0, "state": "held", "matching": {}, "places": {},
                                             "closed": {}, "refused": None, "until": None})

    def reserve(self, name, version, matching):
        person = self.person(name)
        if person["state"] == "counted" or person["refused"] is not None or version <= person["version"]:
            return self.answer(person)
        person["version"] = version
        anew = []
        for group, cells in zip(self.groups, matching):
            if group in person["closed"] or person["matching"].get(group) == cells:
                continue
            person["places"][group] = []
            person["matching"][group] = cells
            if cells is not None:
                anew.append(group)
        for group in anew:
            full = self.decide(person, group, person["matching"][group])
            if full is None:
                continue
            if self.cells[full]["on_full"].startswith("skip"):
                person["closed"][group] = full
                continue
            person["refused"] = full
            person["places"] = {}
            break
        return self.answer(person)

    def answer(self, person):
        return True if person["refused"] is None else self.cells[person["refused"]]["name"]

    def decide(self, person, group, cells):
        """Gives the person places; the cell that is full, or None."""
        counters = [i for i in cells if self.cells[i]["on_full"] == "count"]
        bounded = [i for i in cells if i not in counters]
        places, full = [], None
        if bounded:
            pick = self.pick_of(group)
            open_cells = [i for i in bounded if not self.full(i)]
            if pick == "all":
                closed = [i for i in bounded if self.full(i)]
                places, full = (bounded, None) if not closed else ([], closed[0])
            elif not open_cells:
                full = bounded[0]
            elif pick == "least_full":
                places = [min(open_cells, key=lambda i: (self.share(i), i))]
            elif pick == "priority":
                places = [min(open_cells, key=lambda i: (self.cells[i]["priority"], i))]
            else:
                places = [open_cells[0]]
        person["places"][group] = sorted(counters + places)
        return full

    def complete(self, name):
        person = self.people.get(name)
        if person and person["refused"] is None:
            person["state"], person["until"] = "counted", None

    def release(self, name):
        person = self.people.pop(name, None)
        if person and person["state"] == "counted":
            self.left = self.left + tuple(tuple(p) for p in person["places"].values())

    def hold(self, name, until):
        if name in self.people:
            self.people[name]["until"] = until

    def expire(self, now):
        for name in [n for n, p in self.people.items() if p["until"] is not None and p["until"] <= now]:
            self.release(name)

    def marks(self, name):
        person = self.people.get(name)
        if not person:
            return []
        word = "COUNTED" if person["state"] == "counted" else "HELD"
        marks = []
        for group in self.groups:
            marks += [f"{group}/{self.cells[i]['name']}={word}" for i in person["places"].get(group, [])]
            if group in person["closed"]:
                marks.append(f"{group}/{self.cells[person['closed'][group]]['name']}=SKIPPED")
            elif person["matching"].get(group) == []:
                marks.append(f"{group}/=OUTSIDE")
        if person["refused"] is not None:
            cell = self.cells[person["refused"]]
            marks.append(f"{cell['group']}/{cell['name']}=REJECTED")
        return marks

    def happen(self, event):
        name, answer = event["interview"], None
        if event["what"] == "reserve":
            answer = self.reserve(name, event["version"], event["matching"])
        elif event["what"] == "complete":
            self.complete(name)
        elif event["what"] == "release":
            self.release(name)
        elif event["what"] == "hold":
            self.hold(name, event["until"])
        elif event["what"] == "expire":
            self.expire(event["until"])
        every = range(len(self.cells))
        return {"answer": answer, "marks": self.marks(name), "holds": True,
                "cells": [[self.standing(i, "counted"), self.standing(i, "held")] for i in every]}


def sheet_of(cells):
    rows = ["name,group,expression,target,start,pick,on_full,mode,priority"]
    for c in cells:
        target = "" if c["on_full"] == "count" else c["target"]
        mode = "soft" if c["soft"] else ""
        rows.append(f"{c['name']},{c['group']},true(),{target},{c['start']},{c['pick']},{c['on_full']},{mode},"
                    f"{c['priority']}")
    return "\n".join(rows) + "\n"


def random_field(chance):
    cells = []
    for i in range(chance.randint(1, 6)):
        cells.append({"name": f"c{i}", "group": f"g{chance.randint(0, 2)}", "target": chance.randint(0, 4),
                      "start": chance.choice([0, 0, 1]), "soft": chance.random() < 0.2,
                      "on_full": chance.choice(["end", "end", "screen", "skip:part", "count"]),
                      "pick": chance.choice(["", "all", "least_full", "priority", "first"]),
                      "priority": chance.randint(0, 3)})
    field = Field(cells)
    versions, events, counted = {}, [], set()
    for now in range(chance.randint(5, 60)):
        name = chance.randint(1, 8)
        what = chance.choices(["reserve", "complete", "release", "hold", "expire"], [10, 3, 2, 1, 1])[0]
        event = {"what": what, "interview": name}
        if what == "reserve":
            rises = chance.random() < 0.8
            versions[name] = versions.get(name, 0) + (1 if rises else 0)
            event["version"] = max(1, versions[name])
            event["matching"] = []
            for group in field.groups:
                own = [i for i, c in enumerate(cells) if c["group"] == group]
                event["matching"].append(None if chance.random() < 0.2 else
                                         [i for i in own if chance.random() < 0.6])
        elif what == "hold":
            if name in counted:  # who has come to count is not held
                event["what"] = "release"
            event["until"] = now + chance.randint(1, 20)
        elif what == "expire":
            event["until"] = now
        if event["what"] == "complete":
            counted.add(name)
        if event["what"] == "release":
            versions.pop(name, None)
            counted.discard(name)
        events.append(event)
    return cells, events


def compare(arguments):
    chance = random.Random(arguments.seed)
    fields = [random_field(chance) for _ in range(arguments.count)]
    lines = [json.dumps({"quotas": sheet_of(cells), "happenings": events}) for cells, events in fields]
    told = subprocess.run([arguments.program], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          check=True).stdout.splitlines()
    for number, ((cells, events), line) in enumerate(zip(fields, told, strict=True)):
        field = Field(cells)
        for step, (event, answer) in enumerate(zip(events, json.loads(line), strict=True)):
            expected = field.happen(event)
            if expected != answer:
                print(f"field {number}, step {step}: {event}\nexpected {expected}\nproduct  {answer}\n"
                      f"{sheet_of(cells)}", file=sys.stderr)
                return 1
    print(f"{arguments.count} fields agree")
    return 0


def vectors():
    """The vectors of research/surveys.md 3.5."""
    cell = {"name": "A", "group": "A", "target": 2, "start": 0, "soft": False, "on_full": "end", "pick": "",
            "priority": 0}
    field = Field([cell])
    assert field.reserve(1, 1, [[0]]) is True and field.reserve(2, 1, [[0]]) is True
    assert field.reserve(3, 1, [[0]]) == "A"
    field.complete(1)
    assert field.reserve(1, 1, [[0]]) is True
    field.release(2)
    assert field.reserve(4, 1, [[0]]) is True
    field.release(4)
    assert field.standing(0, "counted") == 1 and field.standing(0, "held") == 0
    assert field.reserve(5, 1, [[0]]) is True
    field.complete(5)
    assert field.standing(0, "counted") == 2 and field.reserve(6, 1, [[0]]) == "A"
    least = [dict(cell, name=n, group="g", target=t, start=s, pick="least_full")
             for n, t, s in (("a", 10, 9), ("b", 10, 10), ("c", 20, 17))]
    field = Field(least)
    assert field.reserve(1, 1, [[0, 1, 2]]) is True and field.marks(1) == ["g/c=HELD"]
    assert field.reserve(2, 1, [[0, 1, 2]]) is True and field.marks(2) == ["g/a=HELD"]
    print("the vectors hold")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    comparison = commands.add_parser("compare")
    comparison.add_argument("--program", required=True)
    comparison.add_argument("--count", type=int, default=400)
    comparison.add_argument("--seed", type=int, default=1)
    commands.add_parser("vectors")
    arguments = parser.parse_args()
    return compare(arguments) if arguments.command == "compare" else vectors()


if __name__ == "__main__":
    sys.exit(main())
