#!/usr/bin/env python3
"""Decides again on what a store has kept of its decisions, and compares verdict and hash.

usage: recompute.py --config FILE --client NAME [--binary FILE] [--most N]

Opens what is sealed for each number (`bellwether audit person`; the log remembers who looked), hands
every decision's inputs to `bellwether compliance decide`, and compares with the leaf in the log. Needs
the packs and the zone database of the day. Prints how many agree; the exit status is 1 if one does not.
"""

import argparse
import json
import pathlib
import sqlite3
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def answer(words, text=None):
    done = subprocess.run([str(word) for word in words], input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"recompute: {' '.join(map(str, words))}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def store_of(config):
    """The store's file, by the configuration."""
    settings = tomllib.loads(config.read_text(encoding="utf-8"))
    folder = config.parent / settings.get("data_dir", "bellwether-data")
    return folder / "bellwether.db"


def decisions_of(person):
    """(place in the log, inputs) of each decision about one person."""
    for record in person["records"]:
        if record["kind"] != "DECISION":
            continue
        details = record["details"]
        details = json.loads(details) if isinstance(details, str) else details
        yield record["seq"], json.loads(details["inputs"])


def as_asked(inputs):
    """Stored inputs as a case that anybody may ask: exactly the packs of the day."""
    case = dict(inputs["case"], packs=sorted(inputs["packs"]))
    case["number"] = {key: value for key, value in case["number"].items() if key != "kind"}
    return case


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", type=pathlib.Path, required=True)
    parser.add_argument("--client", required=True)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/release/bellwether")
    parser.add_argument("--most", type=int, default=1000)
    options = parser.parse_args()

    log = sqlite3.connect(f"file:{store_of(options.config)}?mode=ro", uri=True)
    numbers = [f"+{digits}" for (digits,) in log.execute("SELECT digits FROM numbers ORDER BY id")]
    cases, leaves = [], []
    for number in numbers:
        if len(cases) >= options.most:
            break
        person = answer([options.binary, "--config", options.config, "audit", "person", number,
                         "--client", options.client, "--json"])
        for seq, inputs in decisions_of(person):
            (leaf,) = log.execute("SELECT record FROM evidence WHERE seq = ?", (seq,)).fetchone()
            cases.append(as_asked(inputs))
            leaves.append(json.loads(leaf))
    again = answer([options.binary, "compliance", "decide", "--json"], json.dumps(cases)) if cases else []
    wrong = [leaf["seq"] for leaf, result in zip(leaves, again)
             if (leaf["verdict"], leaf["inputs_hash"]) != (result["verdict"], result["inputs_hash"])]
    print(f"{len(cases) - len(wrong)} of {len(cases)} stored decisions come to the same verdict and hash")
    for seq in wrong[:10]:
        print(f"  record {seq} does not")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
