#!/usr/bin/env python3
"""Calls a second through the whole program: `bellwether serve` dials a list to a fresh SIPp carrier.

Each call is decided, written to the store, dialed, answered, hears a notice of a fifth of a second, is ended and
has its outcome written; SIPp's own caller makes as many calls to the same carrier afterwards, for comparison. What
is told: calls a second, the share that failed, the service's processor time per call, and how long after its
decision a call's INVITE arrived at the carrier (the store's commit and SIPp's own loop are part of it).

usage: serve_speed.py [--binary PROGRAM] [--rate N] [--seconds S] [--check]

--check fails if the service kept less than 99 % of the rate, a call in a thousand or more failed, or the 99th
percentile exceeds 50 ms (design.md §9).
"""

import argparse
import math
import os
import pathlib
import sqlite3
import struct
import sys
import tempfile
import time
import wave

from sip_speed import MOST_DELAY_S, MOST_FAILED, Carrier, free_port, show, show_ratio, their_run

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/demo_lib"))

from processes import Bellwether, Program, wait_until  # noqa: E402

LEAST_RATE = 0.99
EXCHANGES = [f"+1{area}555" for area in (202, 203, 205, 206, 207, 208)]  # of 10,000 numbers each
CALLER_ID = "+16175550199"

CONFIG = """\
node = "speed"
data_dir = "data"
[api]
socket = "s"
[sip]
bind = "127.0.0.1"
port = {sip_port}
[trunk]
host = "127.0.0.1"
port = {carrier_port}
lines = 2000
calls_per_second = {rate}
allowed_prefixes = {exchanges}
[compliance]
practice_prefixes = {exchanges}
owned_numbers = ["{caller_id}"]
[media]
port_min = 20000
port_max = 60000
[log]
level = "warn"
file = "service.log"
"""

CAMPAIGN = """\
name = "speed"
client = "speed"
list = "speed"
purpose = "notice"
dial_mode = "unattended"
lines = 2000
calls_per_second = {rate}
caller_id = "{caller_id}"
notice = "notice.wav"
[hours]
zone = "UTC"
windows = [{{days = "Mon-Sun", from = "00:00", to = "24:00"}}]
[retry]
attempts = 1
"""


def write_tone(path, seconds):
    rate = 8000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", int(8000 * math.sin(i * 2 * math.pi * 400 / rate)))
                                  for i in range(int(seconds * rate))))


def numbers(count):
    for n in range(count):
        yield f"{EXCHANGES[n // 10_000]}{n % 10_000:04}"


def cpu_of(pid):
    """Processor time of one process, seconds."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def set_up(folder, carrier_port, rate, calls):
    exchanges = "[" + ", ".join(f'"{prefix}"' for prefix in EXCHANGES) + "]"
    (folder / "bellwether.toml").write_text(CONFIG.format(
        sip_port=free_port(), carrier_port=carrier_port, rate=float(rate), exchanges=exchanges, caller_id=CALLER_ID))
    (folder / "speed.toml").write_text(CAMPAIGN.format(rate=float(rate), caller_id=CALLER_ID))
    write_tone(folder / "notice.wav", 0.2)
    (folder / "speed.csv").write_text("phone\n" + "".join(f"{number}\n" for number in numbers(calls)))


def attempts_of(folder):
    """(number, decided at s, ended at s, outcome, SIP status) of each attempt, as the file has them."""
    with sqlite3.connect(f"file:{folder}/data/bellwether.db?mode=ro", uri=True) as store:
        return [(number, at / 1e3, ended / 1e3 if ended else None, outcome, status)
                for number, at, ended, outcome, status in store.execute(
                    "SELECT '+' || n.digits, a.at, a.ended_at, a.outcome, a.sip_status "
                    "FROM attempts a JOIN numbers n ON n.id = a.number_id")]


def our_run(binary, rate, seconds):
    calls = rate * seconds
    if calls > 10_000 * len(EXCHANGES):
        raise SystemExit(f"serve_speed: at most {10_000 * len(EXCHANGES)} calls")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        carrier = Carrier(name, seconds + 120)
        set_up(folder, carrier.port, rate, calls)
        service = Bellwether(binary, folder / "bellwether.toml", folder / "s")
        serve = Program("serve", service.command("serve"), folder / "serve.out")
        try:
            wait_until(service.listens, 20, "the service", [serve])
            service.run("list", "import", folder / "speed.csv", "--list", "speed", "--client", "speed",
                        "--region", "US")
            service.run("campaign", "apply", folder / "speed.toml")
            before = cpu_of(serve.process.pid)
            service.run("campaign", "start", "speed")
            wait_until(lambda: service.json("campaign", "stats", "speed")["state"] == "FINISHED", seconds + 60,
                       "the campaign to finish", [serve])
            cpu = cpu_of(serve.process.pid) - before
        finally:
            serve.stop()
            carrier.stop()
        attempts = attempts_of(folder)
        arrived = carrier.arrivals()
    return figures(attempts, arrived, calls, cpu)


def figures(attempts, arrived, calls, cpu):
    decided = sorted(at for _, at, *_ in attempts)
    outcomes = {}
    for _, _, _, outcome, status in attempts:
        outcomes[(outcome, status)] = outcomes.get((outcome, status), 0) + 1
    good = sum(count for (outcome, _), count in outcomes.items() if outcome == "NOTICE_PLAYED")
    if len(attempts) < calls:
        raise SystemExit(f"serve_speed: only {len(attempts)} of {calls} calls were placed")
    # Both by the system's clock; SIPp writes its time in local time, as fromisoformat() reads it.
    delays = sorted(arrived[number] - at for number, at, *_ in attempts if arrived.get(number))
    if len(delays) < calls * (1 - MOST_FAILED):
        raise SystemExit(f"serve_speed: only {len(delays)} of {calls} INVITEs were seen to arrive")
    return {"calls": calls, "calls_per_s": (len(decided) - 1) / (decided[-1] - decided[0]),
            "failed_share": 1 - good / calls, "cpu_us_per_call": cpu * 1e6 / calls,
            "delay_median_s": delays[len(delays) // 2], "delay_p99_s": delays[int(len(delays) * 0.99)],
            "outcomes": outcomes, "seen": len(delays)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=ROOT / "build/release/bellwether", metavar="PROGRAM")
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    ours = our_run(args.binary, args.rate, args.seconds)
    show("Bellwether", ours)
    print(f"{'':12} {ours['seen']} INVITEs seen; outcomes and SIP status: " + ", ".join(
        f"{outcome} {status}: {count}" for (outcome, status), count in sorted(ours["outcomes"].items(), key=str)))
    time.sleep(1)
    theirs = their_run(args.rate, args.seconds)
    show("SIPp", theirs)
    show_ratio(ours, theirs)
    below = (ours["calls_per_s"] < LEAST_RATE * args.rate or ours["failed_share"] >= MOST_FAILED or
             ours["delay_p99_s"] > MOST_DELAY_S)
    if args.check and below:
        return "serve_speed: below the floor: 99 % of the rate, under 0.1 % failed, p99 at most 50 ms"
    return 0


if __name__ == "__main__":
    sys.exit(main())
