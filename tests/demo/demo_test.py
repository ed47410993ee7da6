#!/usr/bin/env python3
"""Runs the whole demo under a packet capture, and checks store, carrier log and wire against each other.

usage: demo_test.py --binary FILE --folder DIR

DIR keeps everything afterwards and is emptied before. Ends with 77 (skipped) where packets may not be captured.
"""

import argparse
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "reference"))

import capture  # noqa: E402
import reconcile  # noqa: E402

SKIPPED = 77
KEYS = ["contacts", "attempts", "answered", "machines", "busy", "no_answer", "failed", "bridged", "abandoned",
        "interviews_complete", "interviews_partial", "answers", "reconciled"]


def start_capture(file, log):
    """dumpcap on the loopback, once it captures; None if it may not."""
    with open(log, "wb") as sink:
        process = subprocess.Popen(["dumpcap", "-q", "-i", "lo", "-B", "64", "-f", capture.CAPTURE_FILTER,
                                    "-w", str(file)], stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
    deadline = time.monotonic() + 20
    while not (file.exists() and file.stat().st_size > 0):  # the file's header: it captures
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            return None
        time.sleep(0.05)
    return process


def stop_capture(process):
    process.send_signal(signal.SIGINT)
    process.wait(30)


def complaints_about(figures):
    """What is wrong with the figures by themselves."""
    wrong = []
    if list(figures) != KEYS:
        wrong.append(f"keys are {list(figures)}")
    columns = ("answered", "machines", "busy", "no_answer", "failed")
    if figures["attempts"] != sum(figures[name] for name in columns):
        wrong.append("attempts are not the sum of their columns")
    if figures["contacts"] != 400 or figures["attempts"] < 400:
        wrong.append(f"contacts {figures['contacts']}, attempts {figures['attempts']}")
    for name in ("answered", "machines", "busy", "no_answer", "failed", "bridged", "interviews_complete", "answers"):
        if figures[name] == 0:
            wrong.append(f"{name} is 0: nothing was shown")
    if figures["reconciled"] is not True:
        wrong.append("not reconciled")
    return wrong


def complaints_about_detection(heard):
    """The detector is measured elsewhere; here it must be seen to work on the wire."""
    wrong = []
    if heard["people_taken_for_machines"] > 0.05 * heard["people"]:
        wrong.append(f"{heard['people_taken_for_machines']} of {heard['people']} people were taken for machines")
    if heard["machines_found"] < 0.5 * heard["machines"]:
        wrong.append(f"only {heard['machines_found']} of {heard['machines']} machines were found")
    if heard["tones_found"] < 0.9 * heard["tones"]:
        wrong.append(f"only {heard['tones_found']} of {heard['tones']} network tones were heard")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    run, pcap = options.folder / "run", options.folder / "wire.pcapng"

    capturing = start_capture(pcap, options.folder / "dumpcap.out")
    if capturing is None:
        print(f"packets may not be captured here: {(options.folder / 'dumpcap.out').read_text().strip()}")
        return SKIPPED
    try:
        demo = subprocess.run([str(ROOT / "scripts" / "demo"), "--json", "--dir", str(run), "--binary",
                               options.binary], stdout=subprocess.PIPE, check=False)
    finally:
        stop_capture(capturing)
    if demo.returncode != 0:
        print(f"scripts/demo ended with {demo.returncode}; everything is in {options.folder}")
        return 1
    figures = json.loads(demo.stdout)
    wrong = complaints_about(figures)
    judged = reconcile.reconcile(run / "data" / "bellwether.db", run / "logs" / "carrier.ndjson", pcap, figures)
    wrong += judged["complaints"] + complaints_about_detection(judged["detection"])
    for complaint in wrong:
        print(complaint)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
