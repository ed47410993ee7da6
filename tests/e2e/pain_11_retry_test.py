#!/usr/bin/env python3
"""Pain 11 of research/field.md §3, gone: budgets of retry rules that stack, the same lead rung twice in two
minutes. A contact with two numbers is tried on the other after a busy one, never beyond its attempts in all,
and nobody rings before the delay."""

import pathlib
import sys

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until


def ended(world):
    return world.rows("SELECT count(*) FROM attempts WHERE outcome IS NOT NULL")[0][0]


def main():
    options = arguments()
    checks = Checks()
    with Carrier(answers="486 Busy Here") as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 0.5)
        path = world.folder / "two.csv"
        path.write_text("phone,phone2\n+12025550101,+12025550102\n+12025550103,\n", encoding="utf-8")
        world.service.run("list", "import", path, "--list", "two", "--client", "test")
        # After INVALID_NUMBER (404) the contact goes on at once; after BUSY it waits a minute.
        world.campaign("two", "unattended", 'notice = "notice.wav"', attempts=3)
        world.service.run("campaign", "start", "two")
        wait_until(lambda: ended(world) == 2, 20, "two attempts", [serve])
        wait_until(lambda: world.stats("two")["retry"] == 2, 10, "both to wait", [serve])
        dialed = sorted(user[-4:] for _, user in carrier.invites)
        checks.equal(dialed, ["0101", "0103"], "busy: each contact was rung once")
        due = world.rows("SELECT due_at - (SELECT max(ended_at) FROM attempts a WHERE a.contact_id = c.contact_id) "
                         "FROM campaign_contacts c")
        checks.equal(sorted(row[0] for row in due), [60000, 60000], "busy: the next try is a minute after the last")

    options.folder = options.folder / "invalid"
    options.folder.mkdir()
    with Carrier(answers="404 Not Found") as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 0.5)
        path = world.folder / "gone.csv"
        path.write_text("phone,phone2,phone3\n+12025550101,+12025550102,+12025550103\n", encoding="utf-8")
        world.service.run("list", "import", path, "--list", "gone", "--client", "test")
        world.campaign("gone", "unattended", 'notice = "notice.wav"', attempts=2)
        world.service.run("campaign", "start", "gone")
        wait_until(lambda: ended(world) == 2, 20, "the second number", [serve])
        stats = world.wait_finished("gone", 30, [serve])
        dialed = [user[-4:] for _, user in carrier.invites]
        checks.equal(dialed, ["0101", "0102"], "no such number: the next one, and no more than two in all")
        checks.equal([stats["attempts"], stats["left"]], [2, 0], "no such number: the contact is done")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
