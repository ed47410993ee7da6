#!/usr/bin/env python3
"""Pain 10 of research/field.md §3, gone: reports that lock live tables, a database that cannot be saved while
it works. While calls are dialed an import, reports and a backup run; calls go on, the figures add up, and the
backup comes back as a store."""

import json
import pathlib
import subprocess
import sys
import threading

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until

CONTACTS = 60
ROWS = 20_000


def reports(world, checks):
    for words in (("report", "outcomes"), ("report", "outcomes", "--from", "2026-01-01"), ("report", "agents"),
                  ("report", "lists"), ("report", "abandonment"), ("list", "stats", "one"), ("status",)):
        world.service.json(*words)
    outcomes = world.service.json("report", "outcomes", "--from", "2026-01-01")["campaigns"][0]
    checks.equal(outcomes["attempts"], outcomes["answered"] + outcomes["machines"] + outcomes["busy"] +
                 outcomes["no_answer"] + outcomes["failed"], "reports: outcomes add up")
    checks.equal(sum(row["attempts"] for row in outcomes["outcomes"]),
                 outcomes["attempts"] + outcomes["not_dialed"], "reports: and so do their rows")


def main():
    options = arguments()
    checks = Checks()
    with Carrier(seconds=0.4) as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 0.4)
        world.import_numbers("one", [f"+120255501{n:02}" for n in range(CONTACTS)])
        world.campaign("one", "unattended", 'notice = "notice.wav"')
        big = world.folder / "big.csv"
        big.write_text("phone\n" + "".join(f"+1202555{n:04}\n" for n in range(10_000)) * 2, encoding="utf-8")
        world.service.run("campaign", "start", "one")
        importing = threading.Thread(target=lambda: world.service.run(
            "list", "import", big, "--list", "big", "--client", "test"))
        importing.start()
        wait_until(lambda: len(carrier.invites) > 5, 20, "calls", [serve])
        backup = world.folder / "backup"
        made = world.service.json("store", "backup", backup)
        checks.that(made["files"] >= 2, f"backup: {made['files']} files while dialing")
        reports(world, checks)
        importing.join(60)
        stats = world.wait_finished("one", 60, [serve])
        checks.equal(stats["attempts"], CONTACTS, "calls: everybody was called once")
        imported = world.service.json("list", "show", "big")["import_history"][0]
        checks.equal([imported["read"], imported["accepted"] + imported["duplicate"] + imported["rejected"] +
                      imported["suppressed"]], [ROWS, ROWS], "import: adds up beside the calls")
        refused = subprocess.run(world.service.command("store", "restore", str(backup)), capture_output=True,
                                 text=True, timeout=60, check=False)
        checks.equal(refused.returncode, 7, "restore: refuses while the service runs")
        serve.stop(15)
        restored = subprocess.run(world.service.command("store", "restore", str(backup), "--replace", "--json"),
                                  capture_output=True, text=True, timeout=60, check=False)
        checks.equal(restored.returncode, 0, f"restore: done {restored.stderr}")
        if restored.returncode == 0:
            body = json.loads(restored.stdout)
            checks.equal(body["journal_seq"], made["journal_seq"], "restore: the store of the backup's moment")
        checks.that(world.service.json("list", "show", "one")["contacts"] == CONTACTS, "restore: the list is there")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
