#!/usr/bin/env python3
"""Compares the store with the carrier's own log, call by call, and with a packet capture if given.

usage: reconcile.py --store FILE --carrier-log FILE [--pcap FILE] [--figures FILE] [--json] [--help]

Written apart from the program that it judges. Prints what does not agree; the exit status is 0 only if
nothing is left over on either side.
  --pcap FILE     also compares both with what tshark reads in this capture
  --figures FILE  also compares the store's totals with this JSON (as scripts/demo --json prints)
  --json          one JSON object on stdout: figures, carrier, detection, complaints, reconciled
"""

import argparse
import json
import pathlib
import sys
import tomllib

import capture
import compare
import detection
import keypad
import ledger

COMPLAINTS_SHOWN = 40


def keypads_of(connection):
    """{campaign: (questions, opt-out key)} of campaigns that have a questionnaire."""
    found = {}
    for row in connection.execute("SELECT name, toml FROM campaigns"):
        campaign = tomllib.loads(row["toml"])
        if "questionnaire" in campaign:
            folder = pathlib.Path(campaign.get("folder", ".")) / campaign["questionnaire"]
            found[row["name"]] = keypad.read_questionnaire(folder)
    return found


def reconcile(store, carrier_log, pcap=None, figures=None):
    """The comparison as a dict: figures, carrier, detection, complaints, reconciled."""
    connection = ledger.open_store(store)
    (contacts,) = connection.execute("SELECT count(*) FROM contacts").fetchone()
    attempts = ledger.read_attempts(connection)
    calls, port = ledger.read_carrier_log(carrier_log)
    complaints = compare.compare(attempts, calls, keypads_of(connection))
    counted = compare.figures(attempts, contacts)
    if pcap is not None:
        captured = capture.read_calls(pcap, port)
        complaints += compare.compare_calls(calls, captured)
        complaints += ["capture: " + text for text in compare.pairs_of(attempts, captured)[1]]
    if figures is not None:
        complaints += [f"figures: {name} is {figures.get(name)}, the store's rows give {value}"
                       for name, value in counted.items() if figures.get(name) != value]
    return {"figures": counted,
            "carrier": {"invites": len(calls),
                        "answered": sum(call.answered_at is not None for call in calls),
                        "cancelled": sum(call.cancelled for call in calls),
                        "keys": sum(len(call.keys) for call in calls)},
            "detection": detection.detection(compare.pairs_of(attempts, calls)[0]),
            "complaints": complaints, "reconciled": not complaints}


def main(arguments):
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--store", required=True)
    parser.add_argument("--carrier-log", required=True)
    parser.add_argument("--pcap")
    parser.add_argument("--figures")
    parser.add_argument("--json", action="store_true")
    if {"--help", "-h"} & set(arguments):
        print(__doc__)
        return 0
    options = parser.parse_args(arguments)
    figures = None
    if options.figures:
        figures = json.loads(pathlib.Path(options.figures).read_text(encoding="utf-8"))
    result = reconcile(options.store, options.carrier_log, options.pcap, figures)
    if options.json:
        print(json.dumps(result))
    else:
        for complaint in result["complaints"][:COMPLAINTS_SHOWN]:
            print(complaint)
        print(f"{result['carrier']['invites']} INVITEs at the carrier, {result['figures']['attempts']} attempts "
              f"in the store, {len(result['complaints'])} complaints")
    return 0 if result["reconciled"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
