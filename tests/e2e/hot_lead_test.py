#!/usr/bin/env python3
"""Somebody has just asked to be called: a lead added with a priority while the engine holds two hundred others, claimed
already, is the next number that the carrier hears of."""

import pathlib
import sys

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until

CLAIMED = 200  # one second of dialing at the campaign's calls per second
HOT = "+12025559999"


def main():
    options = arguments()
    checks = Checks()
    with Carrier(answers="180 Ringing") as carrier, World(options, carrier.port) as world:
        serve = world.serve()
        tone(world.folder / "notice.wav", 300, 0.5)
        world.import_numbers("cold", [f"+1202555{n:04}" for n in range(1000, 1600)])
        path = world.campaign("cold", "unattended", 'notice = "notice.wav"', ring_limit="5s")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("lines = 10", "lines = 1")
                        .replace("calls_per_second = 20.0", f"calls_per_second = {CLAIMED}.0"), encoding="utf-8")
        world.service.run("campaign", "apply", path)
        world.service.run("campaign", "start", "cold")
        wait_until(lambda: len(carrier.invites) == 1 and world.stats("cold")["claimed"] >= CLAIMED - 1, 20,
                   "one call that rings, and the others claimed", [serve])

        lead = world.service.json("lead", "add", "--list", "cold", "--phone", HOT, "--priority", "9")
        checks.equal(lead["campaigns"][0]["ahead"], 0, "nobody stands before the hot lead")
        wait_until(lambda: len(carrier.invites) > 1, 20, "the next call, after the ring limit", [serve])
        checks.equal(carrier.invites[1][1], HOT, "the next number dialed")
        claimed = world.stats("cold")["claimed"]
        checks.that(claimed <= CLAIMED + 2, f"no more are claimed for its sake than it and one other: {claimed}")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
