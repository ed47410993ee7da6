#!/usr/bin/env python3
"""`status --watch` on a terminal of its own, at 80x24 and 120x40: what a supervisor looks for is there, it follows
a call within seconds, fits after a change of size, writes only what changed, freezes, and gives the terminal back."""

import pathlib
import subprocess
import sys
import time

from python_carrier import Carrier
from screen import Screen
from world import Checks, World, arguments, tone, wait_until


def show(screen, title):
    print(f"--- {title}\n{screen.shown()}\n---", flush=True)


def look(world, checks, carrier, columns, rows):
    command = [str(word) for word in world.service.command("status", "--watch")]
    with Screen(command, columns, rows) as screen:
        size = f"{columns}x{rows}"
        checks.that(screen.wait_for("bellwether test"), f"{size}: the header")
        checks.that(screen.wait_for("q quit"), f"{size}: the keys")
        checks.that(screen.other_screen, f"{size}: on the other screen")
        for words in ("spring", "UNATTENDED", "lines", "open", "0 agents"):
            checks.that(words in screen.shown(), f"{size}: shows {words}")
        checks.that(screen.widest() <= columns and screen.lowest() <= rows,
                    f"{size}: fits ({screen.widest()}x{screen.lowest()})")
        show(screen, size)
        screen.read_for(2.5)
        before = len(screen.bytes)
        screen.read_for(2.2)
        checks.that(0 < len(screen.bytes) - before < 400,
                    f"{size}: a quiet second writes the changed line alone ({len(screen.bytes) - before} bytes in 2 s)")
        return screen_story(screen, world, checks, carrier, size)


def screen_story(screen, world, checks, carrier, size):
    screen.resize(60, 12)
    checks.that(wait_until_true(screen, lambda: screen.lowest() == 12 and screen.widest() <= 60),
                f"{size}: fits after a change of size ({screen.widest()}x{screen.lowest()})")
    screen.press("p")
    checks.that(screen.wait_for("FROZEN"), f"{size}: freezes")
    screen.press("p")
    screen.press("q")
    wait_until_true(screen, lambda: screen.status is not None)
    checks.equal(screen.status, 0, f"{size}: ends by q")
    checks.that(not screen.other_screen, f"{size}: gives the screen back")


def wait_until_true(screen, holds, seconds=5.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        if screen.read_for(0.1):
            return holds()
    return holds()


def follows_a_call(world, checks, carrier):
    command = [str(word) for word in world.service.command("status", "--watch")]
    with Screen(command, 100, 30) as screen:
        screen.wait_for("q quit")
        world.service.run("campaign", "start", "spring")
        began = time.monotonic()
        checks.that(screen.wait_for("up", 1) and wait_until_true(screen, lambda: "RUNNING" in screen.shown(), 3),
                    f"live: RUNNING within {time.monotonic() - began:.1f} s")
        checks.equal(screen.colour_of("spring"), "green", "live: and green")
        wait_until(lambda: carrier.invites, 10, "a call")
        checks.that(wait_until_true(screen, lambda: " 1 up" in screen.shown() or " 2 up" in screen.shown(), 4),
                    "live: the calls that are up")
        show(screen, "live, 100x30")
        screen.press("\x03")
        wait_until_true(screen, lambda: screen.status is not None)
        checks.equal(screen.status, 0, "live: ends by Ctrl-C")


def plainly(world, checks):
    with subprocess.Popen(world.service.command("status", "--watch"), stdout=subprocess.PIPE, text=True) as program:
        first = program.stdout.readline()
        program.terminate()
    checks.that(first.startswith("bellwether test") and "\x1b" not in first, f"no terminal: plain text: {first!r}")


def main():
    options = arguments()
    checks = Checks()
    with Carrier(seconds=6.0) as carrier, World(options, carrier.port) as world:
        tone(world.folder / "notice.wav", 300, 4.0)
        world.serve()
        world.import_numbers("spring", ["+12025550101", "+12025550102"])
        world.campaign("spring", "unattended", 'notice = "notice.wav"')
        look(world, checks, carrier, 80, 24)
        look(world, checks, carrier, 120, 40)
        plainly(world, checks)
        follows_a_call(world, checks, carrier)
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
