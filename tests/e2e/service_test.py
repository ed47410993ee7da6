#!/usr/bin/env python3
"""The service itself: draining on SIGTERM, ending at once on a second signal, going on after kill -9, replay."""

import json
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from python_carrier import Carrier
from world import Checks, World, arguments, tone, wait_until

NUMBERS = [f"+1202555010{n}" for n in range(5)]


def fresh(options, name):
    options.folder = options.folder.parent / f"service_{name}"
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir()
    return options


def notice_campaign(world, seconds, numbers=NUMBERS, attempts=1):
    tone(world.folder / "notice.wav", 300, seconds)
    world.import_numbers("one", numbers)
    world.campaign("one", "unattended", 'notice = "notice.wav"', attempts=attempts)
    world.service.run("campaign", "start", "one")


def calls_up(carrier, count):
    return sum(call.acked for call in carrier.calls.values()) >= count


def drain(options, checks):
    with Carrier(seconds=30.0) as carrier, World(fresh(options, "drain"), carrier.port) as world:
        serve = world.serve()
        notice_campaign(world, 4.0)
        wait_until(lambda: calls_up(carrier, 5), 15, "five calls to be up", [serve])
        serve.process.send_signal(signal.SIGTERM)
        checks.equal(serve.process.wait(15), 0, "drain: exit status")
        checks.equal(world.outcomes(), ["NOTICE_PLAYED"] * 5, "drain: everybody heard the notice to its end")
        checks.that(all(call.bye_received for call in carrier.calls.values()), "drain: every call ended by BYE")


def end_at_once(options, checks):
    with Carrier(seconds=30.0) as carrier, World(fresh(options, "at_once"), carrier.port) as world:
        serve = world.serve()
        notice_campaign(world, 60.0)
        wait_until(lambda: calls_up(carrier, 5), 15, "five calls to be up", [serve])
        started = time.monotonic()
        serve.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        checks.that(serve.process.poll() is None, "at once: the first signal waits for the calls")
        serve.process.send_signal(signal.SIGTERM)
        checks.equal(serve.process.wait(15), 0, "at once: exit status")
        checks.that(time.monotonic() - started < 10, "at once: a second signal does not wait")
        wait_until(lambda: all(c.bye_received for c in carrier.calls.values()), 5, "the BYEs")
        checks.equal(world.outcomes(), ["HUNG_UP"] * 5, "at once: every call has its outcome")


def after_a_kill(options, checks):
    with Carrier(seconds=30.0) as carrier, World(fresh(options, "killed"), carrier.port) as world:
        serve = world.serve()
        notice_campaign(world, 3.0, attempts=2)
        wait_until(lambda: calls_up(carrier, 5), 15, "five calls to be up", [serve])
        serve.kill()
        world.import_numbers("two", ["+12025550160"])  # a command opens the store itself
        serve = world.serve()
        stats = world.stats("one")
        checks.equal(world.outcomes(), ["UNKNOWN"] * 5, "killed: the calls that were up are UNKNOWN")
        checks.equal(stats["state"], "RUNNING", "killed: the campaign goes on")
        time.sleep(1.0)
        checks.equal(len(carrier.invites), 5, "killed: nobody is called again before the cool-off")
        epoch = int(world.service.json("status")["epoch"])
        checks.that(epoch >= 2, f"killed: a new epoch ({epoch})")
        serve.stop(15)

        exported = world.folder / "journal.ndjson"
        exported.write_text(world.service.run("journal", "export", "--personal"), encoding="utf-8")
        report = json.loads(world.service.run("sim", "replay", exported, "--json"))
        checks.equal(report["identical"], True, "replay: every action again, byte for byte")
        checks.that(report["segments"] >= 2 and report["events"] > 30 and report["first_difference"] is None,
                    f"replay: {report}")
        lines = exported.read_text(encoding="utf-8").splitlines()
        checks.that(not any(number.lstrip("+") in line for number in NUMBERS for line in lines),
                    "journal: no phone number in it")
        place = next(i for i, line in enumerate(lines) if "PLACE_CALL" in line)
        lines[place] = lines[place].replace('"rule":"NONE"', '"rule":"DO_NOT_CALL"')
        exported.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(world.service.command("sim", "replay", exported, "--json"), capture_output=True,
                              text=True, timeout=60, check=False)
        checks.equal(json.loads(done.stdout)["identical"], False, "replay: a changed action is found")
        checks.that(done.returncode != 0, "replay: and is no success")


def do_not_call(options, checks):
    """Promise R7: a ringing call is cancelled, and nothing is dialed after the acknowledgement."""
    with Carrier(answers="180 Ringing") as carrier, World(fresh(options, "dnc"), carrier.port) as world:
        serve = world.serve()
        notice_campaign(world, 3.0, numbers=NUMBERS[:1], attempts=3)
        wait_until(lambda: carrier.invites, 15, "the call to ring", [serve])
        world.service.run("dnc", "add", NUMBERS[0], "--client", "test", "--reason", "asked by letter")
        stats = world.wait_finished("one", 15, [serve])
        checks.equal(len(carrier.cancelled), 1, "dnc: the ringing call was cancelled")
        checks.equal(world.outcomes(), ["CANCELLED"], "dnc: its outcome")
        checks.equal(stats["left"], 0, "dnc: and nobody is tried again")
        world.import_numbers("late", [NUMBERS[0]])
        late = world.service.json("list", "show", "late")["import_history"][0]
        checks.equal([late["read"], late["accepted"], late["suppressed"]], [1, 0, 1],
                     "dnc: an import tells it apart")


def main():
    options = arguments()
    checks = Checks()
    drain(options, checks)
    end_at_once(options, checks)
    after_a_kill(options, checks)
    do_not_call(options, checks)
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
