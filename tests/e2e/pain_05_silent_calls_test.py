#!/usr/bin/env python3
"""Pain 5 of research/field.md §3, gone: calls connect but nothing is heard, or they drop at once after an
install. Agent (baresip) and contact hear each other within the first second after they are put through, the
talk goes on until the contact ends it, and doctor names a media port that somebody else has."""

import json
import pathlib
import socket
import subprocess
import sys

from agent_leg_test import AGENT_HZ, CLEAR, CONTACT_HZ, SHORT_TONE_HZ, heard_by_phone, write_phone
from python_carrier import Carrier
from world import Checks, World, arguments, free_udp_port, share_of_windows, tone, wait_until

SECONDS = 3.0


def doctor(world):
    """Exit status, and doctor's word on the media ports."""
    done = subprocess.run(world.service.command("doctor", "--json"), capture_output=True, text=True, timeout=60,
                          check=False)
    return done.returncode, next(c for c in json.loads(done.stdout)["checks"] if c["check"] == "media ports")


def blocked_port(world, checks):
    text = (world.folder / "bellwether.toml").read_text(encoding="utf-8")
    port = int(next(line for line in text.splitlines() if line.startswith("port_min")).split("=")[1])
    _, free = doctor(world)
    checks.equal(free["result"], "OK", f"doctor: ports are free: {free['detail']}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", port))
        status, taken = doctor(world)
    checks.equal([status, taken["result"]], [3, "FAILED"], f"doctor: a port that is taken: {taken['detail']}")
    checks.that(str(port) in taken["detail"], "doctor: and names it")


def main():
    options = arguments()
    checks = Checks()
    with Carrier(hertz=CONTACT_HZ, seconds=SECONDS) as carrier, World(options, carrier.port) as world:
        blocked_port(world, checks)
        serve = world.serve()
        world.import_numbers("talk", ["+12025550101"])
        world.campaign("talk", "progressive", 'safe_harbour = "sorry.wav"\nwrap_up = "2s"')
        added = world.service.json("agent", "add", "ann", "--client", "test")
        phone = write_phone(world.folder, free_udp_port(), world.sip_port, added["user"], added["password"])
        baresip = world.start("baresip", "baresip", "-4", "-f", phone)
        wait_until(lambda: added["user"] in world.service.json("status")["telephony"]["registered"], 20,
                   "the phone to register", [serve, baresip])
        world.service.run("agent", "signin", "ann", "--campaign", "talk", "--ready")
        world.service.run("campaign", "start", "talk")
        stats = world.wait_finished("talk", 40, [serve, baresip])
        baresip.stop(10)

        checks.equal([stats["bridged"], stats["abandoned"], world.outcomes()], [1, 0, ["CONNECTED"]], "put through")
        call = next(iter(carrier.calls.values()))
        checks.that(not call.bye_received, "the talk goes on until the contact hangs up")
        # Position in what was heard, not the clock of this test: the contact's line begins with the bridge.
        checks.that(max(share_of_windows(call.heard[:8000], AGENT_HZ, 1600), default=0) > CLEAR,
                    "the contact hears the agent in the first second")
        samples, rate = heard_by_phone(phone)
        window = rate // 10
        short = share_of_windows(samples, SHORT_TONE_HZ, window, rate)
        told = short.index(max(short, default=0)) * window
        after = samples[told:told + rate]
        checks.that(max(share_of_windows(after, CONTACT_HZ, window, rate), default=0) > CLEAR,
                    "the agent hears the contact in the first second after the short tone")
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
