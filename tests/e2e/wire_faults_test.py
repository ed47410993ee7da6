#!/usr/bin/env python3
"""What goes wrong on the wire, each as a counted outcome: nothing is lost and nothing hangs."""

import pathlib
import shutil
import socket
import sys
import threading
import time

from python_carrier import Carrier
from world import Checks, World, arguments, free_udp_port, tone

NUMBER = "+12025550111"


def campaign(world, name="one"):
    """A notice of half a minute: the call stays up until somebody ends it."""
    tone(world.folder / "notice.wav", 300, 30.0)
    world.import_numbers(name, [NUMBER])
    world.campaign(name, "unattended", 'notice = "notice.wav"')
    world.service.run("campaign", "start", name)


def one_call(options, checks, name, carrier_port, expected, seconds=25, meanwhile=None, **words):
    options.folder = options.folder.parent / f"wire_{name}"
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir()
    with World(options, carrier_port, **words) as world:
        serve = world.serve()
        campaign(world)
        if meanwhile:
            meanwhile()
        stats = world.wait_finished("one", seconds, [serve])
        checks.equal(world.outcomes(), [expected], f"{name}: outcome")
        checks.equal(serve.stop(15), 0, f"{name}: the service ends cleanly")
        return world, stats


def stranger(carrier, stop):
    """Sends a tone of its own to the dialer's RTP port, from an address that the SDP never named."""
    while not carrier.calls and not stop.is_set():
        time.sleep(0.02)
    call = next(iter(carrier.calls.values()))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rogue:
        while not call.heard and not stop.is_set():
            time.sleep(0.02)
        for count in range(100):
            rogue.sendto(b"\x80\x00" + count.to_bytes(2, "big") + (count * 160).to_bytes(4, "big") + b"EVIL" +
                         b"\x55" * 160, call.remote)
            time.sleep(0.01)


def main():
    options = arguments()
    checks = Checks()

    one_call(options, checks, "unreachable", free_udp_port(), "UNREACHABLE", seconds=50)

    with Carrier(answers="403 Forbidden") as carrier:
        one_call(options, checks, "forbidden", carrier.port, "REJECTED")

    with Carrier(codec="9") as carrier:
        one_call(options, checks, "no_codec", carrier.port, "NO_COMMON_CODEC")
        time.sleep(0.5)
        checks.that(all(call.bye_received for call in carrier.calls.values()), "no_codec: the call is ended by BYE")

    with Carrier(seconds=1.0, sends_bye=False) as carrier:
        one_call(options, checks, "never_bye", carrier.port, "HUNG_UP", silence="3s")
        checks.that(all(call.bye_received for call in carrier.calls.values()), "never_bye: ended by our BYE")

    stop = threading.Event()
    with Carrier(seconds=4.0) as carrier:
        thread = threading.Thread(target=stranger, args=(carrier, stop), daemon=True)
        world, _ = one_call(options, checks, "stranger", carrier.port, "HUNG_UP", meanwhile=thread.start)
        stop.set()
        thread.join(5)
        closed = [line for line in (pathlib.Path(world.folder) / "service.log").read_text().splitlines()
                  if "leg_closed" in line]
        strangers = [int(word.split("=")[1]) for line in closed for word in line.split() if
                     word.startswith("strangers=")]
        checks.that(sum(strangers) >= 90, f"stranger: his packets were refused and counted {strangers}")
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
