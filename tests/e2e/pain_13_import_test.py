#!/usr/bin/env python3
"""Pain 13 of research/field.md §3, gone: cryptic rejects, the lost plus sign, duplicates by formatting, rows
that vanish. Every row of a messy file is accounted for, every reject is explained, an import can be taken
back, and a hot lead is called next."""

import csv
import json
import pathlib
import subprocess
import sys

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until

MESSY = [  # (row, what becomes of it)
    ("+12025550101;Ann;NY", "accepted"),
    ("(202) 555-0101;Ann, spelled again;NY", "duplicate"),
    ("1 202 555 0102;Bob;NY", "accepted"),
    ("2.02555E+09;Excel;NY", "scientific notation"),
    ("2025550103.0;Float;NY", "decimal fraction"),
    ("555-0104;Short;NY", "area code"),
    (";Nobody;NY", "no number in this cell"),
    ("2025550105;Too;many;fields", "fields"),
    ("12025550106;Zo\xeb;NY", "accepted"),
    ("442079460958;London;", "no trunk may dial"),
    ("2025550199;Asked not to be called;NY", "suppressed"),
]


def run(world, *words):
    """Exit code and JSON of a command."""
    done = subprocess.run(world.service.command(*map(str, words), "--json"), capture_output=True, text=True,
                          timeout=60, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout.startswith("{") else done.stderr


def messy_file(world, checks):
    world.service.run("dnc", "add", "+12025550199", "--reason", "asked by letter")
    path, rejects = world.folder / "messy.csv", world.folder / "rejects.csv"
    path.write_bytes(("Mobile no;Name;state\r\n" + "".join(row + "\r\n" for row, _ in MESSY)).encode("latin-1"))
    world.service.run("list", "map", "save", "crm", "--map", "phone=Mobile no", "--map", "first_name=Name",
                      "--encoding", "latin-1", "--region", "US")
    code, foreseen = run(world, "list", "import", path, "--list", "people", "--map", "crm", "--client", "test",
                         "--rejects", rejects)
    checks.equal(code, 4, "import: exit code of done with rejects")
    report = foreseen
    wanted = [fate for _, fate in MESSY]
    checks.equal(report["read"], len(MESSY), "import: every row was read")
    checks.equal(report["read"], report["accepted"] + report["duplicate"] + report["rejected"] +
                 report["suppressed"], "import: the counts add up")
    for key in ("accepted", "duplicate", "suppressed"):
        checks.equal(report[key], wanted.count(key), f"import: {key}")
    checks.equal([report["delimiter"], report["delimiter_found"]], ["semicolon", True], "import: delimiter")
    with rejects.open(encoding="utf-8", newline="") as file:
        told = {int(row["row"]): row for row in csv.DictReader(file)}
    for number, (row, fate) in enumerate(MESSY, start=2):
        if fate in ("accepted", "duplicate", "suppressed"):
            checks.that(number not in told, f"import: row {number} is no reject")
        else:
            reason = told.get(number, {}).get("reason", "nothing")
            checks.that(fate in reason, f"import: row {number} is told: {reason}")
    found = run(world, "lead", "find", "+12025550106")[1]["leads"][0]
    checks.equal(found["first_name"], "Zo\xeb", "import: Latin-1 arrives as it was meant")
    return report["id"]


def taken_back(world, checks, import_id):
    _, foreseen = run(world, "list", "undo", import_id, "--dry-run")
    code, undone = run(world, "list", "undo", import_id)
    checks.equal([code, foreseen["taken_out"], undone["taken_out"]], [0, 3, 3], "undo: all of it")
    checks.equal(run(world, "list", "show", "people")[1]["contacts"], 0, "undo: the list is empty again")
    checks.equal(run(world, "lead", "find", "+12025550101")[0], 5, "undo: the lead is gone")


def hot_lead(world, checks, carrier):
    tone(world.folder / "notice.wav", 300, 1.0)
    world.import_numbers("hot", [f"+120255501{n:02}" for n in range(10, 40)])
    world.campaign("hot", "unattended", 'notice = "notice.wav"')
    text = (world.folder / "hot.toml").read_text(encoding="utf-8")
    (world.folder / "hot.toml").write_text(text.replace("lines = 10", "lines = 1")
                                          .replace("calls_per_second = 20.0", "calls_per_second = 1.0"), encoding="utf-8")
    world.service.run("campaign", "apply", world.folder / "hot.toml")
    world.service.run("campaign", "start", "hot")
    wait_until(lambda: carrier.invites, 15, "the first call")
    code, lead = run(world, "lead", "add", "--list", "hot", "--phone", "+12025550177", "--priority", 9)
    checks.equal([code, lead["campaigns"][0]["ahead"]], [0, 0], "lead add: nobody stands before it")
    wait_until(lambda: any(user.endswith("2025550177") for _, user in carrier.invites), 30, "the hot lead's call")
    dialed = [user for _, user in carrier.invites]
    place = next(i for i, user in enumerate(dialed) if user.endswith("2025550177"))
    # The engine holds up to 8 claims already: those are dialed first.
    checks.that(place <= 10, f"lead add: called as number {place + 1} of 31")
    checks.equal(run(world, "lead", "add", "--list", "hot", "--phone", "2025550177", "--region", "US")[0], 7,
                 "lead add: the same number again is a conflict")
    checks.equal(run(world, "lead", "add", "--list", "hot", "--phone", "+12025550199")[0], 6,
                 "lead add: do-not-call refuses")


def main():
    options = arguments()
    checks = Checks()
    with Carrier(seconds=1.0) as carrier, World(options, carrier.port) as world:
        world.serve()
        taken_back(world, checks, messy_file(world, checks))
        hot_lead(world, checks, carrier)
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
