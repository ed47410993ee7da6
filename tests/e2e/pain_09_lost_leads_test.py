#!/usr/bin/env python3
"""Pain 9 of research/field.md §3, gone: leads stuck in INCALL after a crash, lost for ever unless somebody runs
SQL. The service is killed while calls ring and are up; after the restart every attempt has an outcome, every
lead waits out its cool-off, and is called again by itself."""

import collections
import pathlib
import sys

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until

UP = [f"+1202555010{n}" for n in range(4)]
RINGING = [f"+1202555011{n}" for n in range(4)]
COOL_OFF_S = 3


def main():
    options = arguments()
    checks = Checks()
    rings = {number[-4:]: "180 Ringing" for number in RINGING}
    with Carrier(seconds=30.0, answers=rings) as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 20.0)
        world.import_numbers("one", UP + RINGING)
        path = world.campaign("one", "unattended", 'notice = "notice.wav"', attempts=2)
        path.write_text(path.read_text(encoding="utf-8").replace('unknown_cooloff = "10m"',
                                                                 f'unknown_cooloff = "{COOL_OFF_S}s"'),
                        encoding="utf-8")
        world.service.run("campaign", "apply", path)
        world.service.run("campaign", "start", "one")
        wait_until(lambda: sum(call.acked for call in carrier.calls.values()) == 4 and len(carrier.ringing) == 4, 15,
                   "four calls to be up and four to ring", [serve])
        serve.kill()
        alive = world.rows("SELECT count(*) FROM attempts WHERE outcome IS NULL")[0][0]
        checks.equal(alive, 8, "killed: eight attempts without an outcome")

        tone(world.folder / "notice.wav", 300, 1.0)
        carrier.answers = "answer"
        serve = world.serve()
        first = world.rows("SELECT outcome FROM attempts ORDER BY id LIMIT 8")
        checks.equal([row[0] for row in first], ["UNKNOWN"] * 8, "restarted: all eight are UNKNOWN, none is in a call")
        stats = world.wait_finished("one", 60, [serve])
        checks.equal([stats["attempts"], stats["left"]], [16, 0], "restarted: nobody was lost")
        dialed = collections.Counter(user[-4:] for _, user in carrier.invites)
        checks.equal(sorted(dialed.items()), sorted((number[-4:], 2) for number in UP + RINGING),
                     "restarted: everybody was called once more, and no more")
        checks.equal(collections.Counter(world.outcomes()), {"UNKNOWN": 8, "NOTICE_PLAYED": 8},
                     "restarted: and heard the notice")
        early = world.rows("SELECT count(*) FROM attempts a JOIN attempts b ON a.contact_id = b.contact_id "
                           "AND a.id < b.id WHERE b.at < a.ended_at + ?", COOL_OFF_S * 1000)
        checks.equal(early[0][0], 0, "restarted: nobody before the cool-off")
        lists = world.service.json("list", "stats", "one")["campaigns"][0]
        checks.equal([lists["with_engine"], lists["done"]], [0, 8], "list stats: nobody is held by anything")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
