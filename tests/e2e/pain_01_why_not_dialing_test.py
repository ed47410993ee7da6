#!/usr/bin/env python3
"""Pain 1 of research/field.md §3, gone: "Why is it not dialing?". Whatever holds a campaign or a lead back is
said in words by status, campaign check and lead why, with the moment at which it ends where there is one."""

import datetime
import json
import pathlib
import subprocess
import sys

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until

NUMBERS = [f"+1202555010{n}" for n in range(4)]


def reason_of(world, name):
    status = world.service.json("status")
    return next(c for c in status["campaigns"] if c["name"] == name)


def apply_hours(world, name, first, last):
    path = world.folder / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    begin = text.index("windows = ")
    end = text.index("\n", begin)
    path.write_text(text[:begin] + f'windows = [{{days = "daily", from = "{first}", to = "{last}"}}]' + text[end:],
                    encoding="utf-8")
    world.service.run("campaign", "apply", path)
    return path


def lead_id(world, number):
    return world.service.json("lead", "find", number)["leads"][0]["id"]


def standing(world, number):
    return world.service.json("lead", "why", lead_id(world, number))["standing"][0]


def main():
    options = arguments()
    checks = Checks()
    with Carrier(seconds=0.5) as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 0.5)
        world.import_numbers("one", NUMBERS)
        world.campaign("one", "unattended", 'notice = "notice.wav"')

        checks.that("not started" in reason_of(world, "one")["reason"] or
                    reason_of(world, "one")["block"] == "NOT_RUNNING", "stopped: said")
        checks.that("campaign does not dial" in standing(world, NUMBERS[0])["verdict"], "stopped: the lead says so")

        # An hour that is not now, on the campaign's clocks (UTC).
        hour = datetime.datetime.now(datetime.timezone.utc).hour
        later = (hour + 3) % 23
        path = apply_hours(world, "one", f"{later:02}:00", f"{later:02}:59")
        world.service.run("campaign", "start", "one")
        wait_until(lambda: reason_of(world, "one")["block"] == "HOURS_CLOSED", 10, "the hours to be closed")
        shown = reason_of(world, "one")
        checks.that(shown["hours"]["open"] is False and f"T{later:02}:00" in shown["hours"]["until"],
                    f"closed: status tells when it opens: {shown['hours']}")
        lead = standing(world, NUMBERS[0])
        checks.that(lead["rule"] == "CALLING_HOURS" and f"T{later:02}:00" in lead["next_at"],
                    f"closed: the lead tells when: {lead['verdict']}")
        check = world.service.json("campaign", "check", path)["preflight"]
        checks.equal(check["contacts"], 4, "closed: campaign check counts the contacts")
        checks.that(check["hours"]["open"] is False, "closed: campaign check says so")
        checks.equal(carrier.invites, [], "closed: nothing was dialed")

        world.service.run("dnc", "add", NUMBERS[3], "--reason", "asked")
        path = apply_hours(world, "one", "00:00", "24:00")
        check = world.service.json("campaign", "check", path)["preflight"]
        checks.equal(check["asked"], check["can_be_dialed_now"] + check["skipped_now"], "open: the check adds up")
        checks.equal(sum(row["contacts"] for row in check["skipped"]), check["skipped_now"],
                     f"open: each skip has its reason: {check['skipped']}")
        stats = world.wait_finished("one", 30, [serve])
        checks.equal(stats["attempts"], 3, "open: the others were dialed")
        lead = standing(world, NUMBERS[3])
        checks.that("do-not-call" in lead["verdict"] or lead["rule"] == "DO_NOT_CALL",
                    f"do-not-call: {lead['verdict']}")
        shown = reason_of(world, "one")
        checks.that(bool(shown["reason"]) and shown["state"] == "FINISHED", f"finished: {shown['reason']}")

        plain = subprocess.run(world.service.command("doctor"), capture_output=True, text=True, timeout=60,
                               check=False)
        for word in ("trunk answers", "disk speed", "evidence key", "tzdata"):
            checks.that(word in plain.stdout, f"doctor: tells of {word}")
        print(json.dumps(world.service.json("list", "stats", "one")["campaigns"][0]))
        listed = world.service.json("list", "stats", "one")["campaigns"][0]
        checks.equal(listed["total"], listed["untouched"] + listed["waiting"] + listed["with_engine"] +
                     listed["done"] + listed["denied"], "list stats: adds up")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
