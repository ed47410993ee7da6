#!/usr/bin/env python3
"""Pain 14 of research/field.md §3, gone: calling hours by the wrong clock. The same calls are decided under
servers' clocks of three continents: the called person's zone counts, in states that lie in two zones both must be
open where nothing narrower is known, and the days on which clocks change are right."""

import json
import os
import pathlib
import subprocess
import sys

from world import Checks, arguments

SERVER_ZONES = ("UTC", "Asia/Tokyo", "America/Los_Angeles", "Europe/Budapest")
# Telemarketing from 8:00 up to 21:00 at the called person's location: 47 CFR 64.1200(c)(1). Reckoned by hand:
# Eastern is UTC-5, Central UTC-6; in summer (2026: 8 March to 1 November) UTC-4 and UTC-5.
TABLE = [  # number, instant, may be called then
    ("new york, 7:59:59", "+12125550123", "2026-01-20T12:59:59Z", False),
    ("new york, 8:00", "+12125550123", "2026-01-20T13:00:00Z", True),
    ("new york, 20:59:59", "+12125550123", "2026-01-21T01:59:59Z", True),
    ("new york, 21:00", "+12125550123", "2026-01-21T02:00:00Z", False),
    ("the day before clocks go forward, 7:30", "+12125550123", "2026-03-07T12:30:00Z", False),
    ("the day clocks go forward, 8:30", "+12125550123", "2026-03-08T12:30:00Z", True),
    ("the day clocks go forward, 20:30", "+12125550123", "2026-03-09T00:30:00Z", True),
    ("the day clocks go forward, 21:30", "+12125550123", "2026-03-09T01:30:00Z", False),
    ("the day before clocks go back, 8:30", "+12125550123", "2026-10-31T12:30:00Z", True),
    ("the day clocks go back, 7:30", "+12125550123", "2026-11-01T12:30:00Z", False),
    ("the day clocks go back, 20:30", "+12125550123", "2026-11-02T01:30:00Z", True),
]
# States on both sides of the line between Eastern and Central time (49 CFR 71.5): an exchange has its zone, and
# where the address says no more than the state, both zones must be open.
EXCHANGES = [  # place, number, state, its zone is UTC-5
    ("Indianapolis, Indiana", "+13172320123", "US-IN", True),
    ("Evansville, Indiana", "+18124220123", "US-IN", False),
    ("Louisville, Kentucky", "+15025840123", "US-KY", True),
    ("Bowling Green, Kentucky", "+12707810123", "US-KY", False),
    ("Chattanooga, Tennessee", "+14232660123", "US-TN", True),
    ("Nashville, Tennessee", "+16152440123", "US-TN", False),
]


def split_states():
    """Rows as those of TABLE, with the state of the address."""
    for place, number, state, is_eastern in EXCHANGES:
        yield f"{place}: 8:30 Eastern, 7:30 Central", number, "2026-01-20T13:30:00Z", is_eastern, None
        yield f"{place}: 9:00 Eastern, 8:00 Central", number, "2026-01-20T14:00:00Z", True, None
        yield f"{place}: 20:30 Eastern, 19:30 Central", number, "2026-01-21T01:30:00Z", True, None
        yield f"{place}: 21:00 Eastern, 20:00 Central", number, "2026-01-21T02:00:00Z", not is_eastern, None
        yield f"{place}: in summer an hour earlier", number, "2026-03-08T12:30:00Z", is_eastern, None
        yield f"{place}, somewhere in the state: 7:30 Central", number, "2026-01-20T13:30:00Z", False, state
        yield f"{place}, somewhere in the state: 8:00 Central", number, "2026-01-20T14:00:00Z", True, state
        yield f"{place}, somewhere in the state: 21:00 Eastern", number, "2026-01-21T02:00:00Z", False, state


# No table names these exchanges of area codes in both zones, so both must be open.
NOT_NAMED = [
    ("423-555: 8:30 Eastern, 7:30 Central", "+14235550123", "2026-01-20T13:30:00Z", False),
    ("423-555: 9:00 Eastern, 8:00 Central", "+14235550123", "2026-01-20T14:00:00Z", True),
    ("423-555: 21:00 Eastern, 20:00 Central", "+14235550123", "2026-01-21T02:00:00Z", False),
]

ROWS = [(*row, None) for row in TABLE + NOT_NAMED] + list(split_states())


def case_of(number, now, state):
    case = {"campaign": {"caller_id_owned": True, "mode": "predictive", "purpose": "telemarketing",
                         "safe_harbour_message": True, "subject": "t1"},
            "contact": {"kind": "consumer"}, "end_guard_s": 0,
            "lists": {"national_dnc": {"listed": False, "retrieved": now[:10]}},
            "now": now, "number": {"e164": number, "line_type": "landline"}, "packs": ["us-federal"]}
    if state:
        case["contact"]["address"] = {"region": state}
    return case


def decided(binary, server_zone):
    cases = [case_of(number, now, state) for _, number, now, _, state in ROWS]
    done = subprocess.run([binary, "compliance", "decide"], input=json.dumps(cases), capture_output=True, text=True,
                          timeout=60, check=True, env=dict(os.environ, TZ=server_zone))
    return json.loads(done.stdout)


def main():
    options = arguments()
    checks = Checks()
    answers = {zone: decided(options.binary, zone) for zone in SERVER_ZONES}
    for (what, _, _, may_call, _), answer in zip(ROWS, answers["UTC"], strict=True):
        checks.equal(answer["verdict"], "ALLOW" if may_call else "DEFER", what)
        if not may_call:
            checks.that("64.1200(c)(1)" in answer["why"] and answer["until"], f"{what}: until {answer['until']}")
    for zone in SERVER_ZONES:
        checks.that(answers[zone] == answers["UTC"], f"a server in {zone} decides the same")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
