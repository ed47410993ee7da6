#!/usr/bin/env python3
"""Calls a second over SIP: our endpoint beside SIPp's own caller, each to a fresh SIPp carrier.

Every call is placed at its time, answered, and ended at once. What is told: calls a second, the share that
failed, the caller's processor time per call, and for our endpoint how long after the decision the INVITE
arrived at the carrier (an upper bound of decision to wire: SIPp's own loop is part of it).

usage: sip_speed.py [--bench PROGRAM] [--rate N] [--seconds S] [--check]

--check fails if a call in a thousand or more failed, or the 99th percentile exceeds 50 ms. The two runs follow
each other: compare the ratio, not the figures, with those of another machine.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "tests/sip/scenarios"
MOST_FAILED = 0.001  # of design.md §9
MOST_DELAY_S = 0.050


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Carrier:
    """A SIPp that answers call after call, and logs what arrives."""

    def __init__(self, folder, limit):
        self.port = free_port()
        self.log = pathlib.Path(folder) / f"messages-{self.port}"
        self.process = subprocess.Popen(
            ["timeout", str(limit), "sipp", "-sf", SCENARIOS / "answers_many.xml", "-i", "127.0.0.1", "-p",
             str(self.port), "-nostdin", "-buff_size", "4194304", "-trace_msg", "-message_file", self.log],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wanted = f"0100007F:{self.port:04X}"
        deadline = time.monotonic() + 10
        while wanted not in pathlib.Path("/proc/net/udp").read_text():
            if time.monotonic() > deadline:
                raise SystemExit("sip_speed: SIPp does not start; is sip-tester installed?")
            time.sleep(0.05)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def arrivals(self):
        """When the first INVITE of each number arrived, as seconds of the system's clock."""
        stamp = re.compile(r"^-+ (\d{4}-\d\d-\d\d)\s+(\d\d:\d\d:\d\d\.\d+)")
        seen, at, received = {}, None, False
        with open(self.log, encoding="latin-1") as log:
            for line in log:
                if line.startswith("----"):
                    match = stamp.match(line)
                    at = match and datetime.datetime.fromisoformat(f"{match[1]} {match[2]}").timestamp()
                elif "message received" in line:
                    received = True
                elif "message sent" in line:
                    received = False
                elif received and line.startswith("INVITE sip:"):
                    seen.setdefault(line[len("INVITE sip:"):line.index("@")], at)
        return seen


def our_run(bench, rate, seconds):
    with tempfile.TemporaryDirectory() as folder:
        carrier = Carrier(folder, seconds + 60)
        times = pathlib.Path(folder) / "times"
        done = subprocess.run([bench, "--port", str(carrier.port), "--rate", str(rate), "--seconds",
                               str(seconds), "--times", times], capture_output=True, text=True, check=True,
                              timeout=seconds + 50)
        carrier.stop()
        result = json.loads(done.stdout)
        arrived = carrier.arrivals()
        delays = sorted(arrived[number] - float(at)
                        for number, at in (line.split() for line in times.read_text().splitlines())
                        if arrived.get(number))
        if len(delays) < result["calls"] * (1 - MOST_FAILED):
            raise SystemExit(f"sip_speed: only {len(delays)} of {result['calls']} INVITEs were seen to arrive")
        result["delay_median_s"] = delays[len(delays) // 2]
        result["delay_p99_s"] = delays[int(len(delays) * 0.99)]
        result["failed_share"] = 1 - result["ended"] / result["calls"]
        return result


def their_run(rate, seconds):
    with tempfile.TemporaryDirectory() as folder:
        carrier = Carrier(folder, seconds + 60)
        calls = rate * seconds
        statistics = pathlib.Path(folder) / "statistics"
        before = os.times()
        start = time.monotonic()
        caller = subprocess.Popen(
            ["timeout", str(seconds + 50), "sipp", f"127.0.0.1:{carrier.port}", "-sf",
             SCENARIOS / "places_calls.xml", "-i", "127.0.0.1", "-p", str(free_port()), "-nostdin", "-r",
             str(rate), "-m", str(calls), "-s", "+12025550123", "-buff_size", "4194304", "-trace_stat",
             "-stf", statistics], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        caller.wait()
        elapsed = time.monotonic() - start
        after = os.times()  # of children that have been waited for: the caller alone
        carrier.stop()
        names, *_, last = [line.split(";") for line in statistics.read_text().splitlines()]
        good = int(last[names.index("SuccessfulCall(C)")])
        cpu = (after.children_user - before.children_user +
               after.children_system - before.children_system)
        return {"calls": calls, "calls_per_s": calls / elapsed, "failed_share": 1 - good / calls,
                "cpu_us_per_call": cpu * 1e6 / calls}


def show(name, run):
    line = (f"{name:12} {run['calls_per_s']:7.1f} calls/s  {run['failed_share']:7.3%} failed  "
            f"{run['cpu_us_per_call']:7.0f} us CPU a call")
    if "delay_p99_s" in run:
        line += (f"  decision to arrival: median {run['delay_median_s'] * 1e3:.1f} ms, "
                 f"p99 {run['delay_p99_s'] * 1e3:.1f} ms")
    print(line, flush=True)


def show_ratio(ours, theirs):
    print(f"ratio        {ours['calls_per_s'] / theirs['calls_per_s']:.2f} calls/s, "
          f"{ours['cpu_us_per_call'] / theirs['cpu_us_per_call']:.1f} CPU a call")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=ROOT / "build/release/tests/bench/sip_bench", metavar="PROGRAM")
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    ours = our_run(args.bench, args.rate, args.seconds)
    show("Bellwether", ours)
    theirs = their_run(args.rate, args.seconds)
    show("SIPp", theirs)
    show_ratio(ours, theirs)
    if args.check and (ours["failed_share"] >= MOST_FAILED or ours["delay_p99_s"] > MOST_DELAY_S):
        return "sip_speed: below the floor: under 0.1 % failed, p99 at most 50 ms"
    return 0


if __name__ == "__main__":
    sys.exit(main())
