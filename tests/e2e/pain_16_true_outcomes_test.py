#!/usr/bin/env python3
"""Pain 16 of research/field.md §3, gone: everything ANSWERED, an empty carrier log, success shown as abandoned.
Each answer of the carrier has its own outcome and keeps its status, and the store, report outcomes and lead
history say the same."""

import pathlib
import sys

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until

# What a telephone network means by a status: RFC 3398 §7.2.4.1 (cause to status) and §8.2.6.1 (status to cause);
# 603 and 607 after RFC 3261 §21.6.2 and RFC 8197. (last digits, answer, outcome, column of the report)
TABLE = [
    ("0101", "404 Not Found", "INVALID_NUMBER", "failed"),                # cause 1, unallocated
    ("0102", "410 Gone", "INVALID_NUMBER", "failed"),                     # cause 22, number changed
    ("0103", "484 Address Incomplete", "INVALID_NUMBER", "failed"),       # cause 28
    ("0104", "486 Busy Here", "BUSY", "busy"),                            # cause 17
    ("0105", "600 Busy Everywhere", "BUSY", "busy"),                      # cause 17
    ("0106", "480 Temporarily Unavailable", "UNAVAILABLE", "failed"),     # causes 19 and 20
    ("0107", "408 Request Timeout", "NO_ANSWER", "no_answer"),            # cause 18, no user responding
    ("0108", "503 Service Unavailable", "CONGESTION", "failed"),          # causes 34, 38, 41, 42
    ("0109", "403 Forbidden", "REJECTED", "failed"),                      # cause 21
    ("0110", "603 Decline", "REJECTED", "failed"),                        # cause 21
    ("0111", "607 Unwanted", "REJECTED", "failed"),
    ("0112", "302 Moved Temporarily", "REDIRECTED", "failed"),
    ("0113", "488 Not Acceptable Here", "NO_COMMON_CODEC", "failed"),     # causes 65 and 70
    ("0114", "180 Ringing", "NO_ANSWER", "no_answer"),                    # until the ring limit
    ("0115", "answer", "NOTICE_PLAYED", "answered"),
]
CLASSES = ("answered", "machines", "busy", "no_answer", "failed")


def number_of(digits):
    return f"+1202555{digits}"


def count(values):
    return {value: values.count(value) for value in sorted(set(values))}


def every_lead(world, checks):
    for digits, answer, outcome, _ in TABLE:
        lead = world.service.json("lead", "find", number_of(digits))["leads"][0]["id"]
        attempts = world.service.json("lead", "history", lead)["attempts"]
        checks.equal([attempt["outcome"] for attempt in attempts], [outcome], f"lead history: {answer}")
        if answer[:1] in "3456":
            checks.equal(attempts[0]["sip_status"], int(answer[:3]), f"lead history: the status of {answer} is kept")


def main():
    options = arguments()
    checks = Checks()
    answers = {digits: answer for digits, answer, _, _ in TABLE}
    with Carrier(seconds=20.0, answers=answers) as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 0.5)
        world.import_numbers("one", [number_of(row[0]) for row in TABLE])
        world.campaign("one", "unattended", 'notice = "notice.wav"', ring_limit="15s")
        world.service.run("campaign", "start", "one")

        def ended():
            return world.rows("SELECT count(*) FROM attempts WHERE outcome IS NOT NULL")[0][0] == len(TABLE)

        wait_until(ended, 60, "every attempt to end", [serve])
        stored = dict(world.rows("SELECT substr(n.digits, -4), a.outcome FROM attempts a "
                                 "JOIN numbers n ON n.id = a.number_id"))
        checks.equal(stored, {row[0]: row[2] for row in TABLE}, "store: each has its own")
        report = world.service.json("report", "outcomes")["campaigns"][0]
        checks.equal({row["outcome"]: row["attempts"] for row in report["outcomes"] if row["attempts"]},
                     count([row[2] for row in TABLE]), "report outcomes: the same")
        checks.equal({name: report[name] for name in CLASSES},
                     {name: [row[3] for row in TABLE].count(name) for name in CLASSES}, "report outcomes: its columns")
        stats = world.stats("one")
        checks.equal([stats["abandoned"], report["attempts"]], [0, len(TABLE)], "success is not an abandoned call")
        every_lead(world, checks)
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
