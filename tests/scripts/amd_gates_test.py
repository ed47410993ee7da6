#!/usr/bin/python3
"""Does the program hold on generated clips what it promises whatever the weights: no tone heard in speech,
silence never a machine, the network's tones named? usage: amd_gates_test.py BELLWETHER"""

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIPS, SEED, OTHERS = 160, 21, 0.5
NAMES = {"fax": "FAX", "sit": "SIT", "ringback": "RINGBACK"}
WRONG_MOST = 1  # of some 60 tones, many of them through GSM and lost packets


# Spain's busy tone is as quick as Germany's congestion, at the same pitch: either name will do.
ALIKE = ("es-busy", "de-reorder")


def allowed(label):
    """The verdicts that are right; none for what is no tone."""
    if label["cls"] != "busy":
        return tuple(NAMES[cls] for cls in (label["cls"],) if cls in NAMES)
    if label["sub"] in ALIKE:
        return ("BUSY", "CONGESTION")
    return ("CONGESTION",) if "reorder" in label["sub"] else ("BUSY",)


def is_silent(label):
    """Nobody is heard, not even a room full of people far away."""
    return label["cls"] == "silence" and label["noise"] != "babble"


def complaints(labels, heard):
    wrong = 0
    for label, line in zip(labels, heard):
        clip = f"{label['file']} ({label['cls']} {label.get('sub', '')})"
        if label["cls"] in ("human", "machine") and line["tone"]:
            yield f"{clip}: a tone in speech, {line['tone']}"
        if is_silent(label) and line["verdict"] == "MACHINE":
            yield f"{clip}: silence is a machine at {line['at_s']} s"
        if allowed(label) and line["verdict"] not in allowed(label):
            wrong += 1
            if wrong > WRONG_MOST:
                yield f"{clip}: {line['verdict']}"


def main(binary):
    with tempfile.TemporaryDirectory() as folder:
        corpus = pathlib.Path(folder) / "gates"
        subprocess.run([ROOT / "scripts" / "amd-corpus", "--out", corpus, "--clips", str(CLIPS), "--seed", str(SEED),
                        "--others", str(OTHERS)], check=True, stderr=subprocess.DEVNULL, timeout=120)
        labels = [json.loads(line) for line in (corpus / "labels.jsonl").read_text("utf-8").splitlines()]
        done = subprocess.run([binary, "amd", "classify", "--json", *(label["file"] for label in labels)],
                              cwd=corpus, check=True, capture_output=True, text=True, timeout=120)
        heard = [json.loads(line) for line in done.stdout.splitlines()]
    if len(heard) != CLIPS:
        print(f"{len(heard)} lines for {CLIPS} clips")
        return 1
    found = list(complaints(labels, heard))
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
