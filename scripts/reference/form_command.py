#!/usr/bin/env python3
"""Random questionnaires and answers, taken by the command `bellwether survey run` and by form.py.

  form_command.py --binary BELLWETHER [--count N] [--seed S]

Each case is written as a folder of sheets and an answer file; the command's JSON must be what the reference says, and a
case that goes round in a circle must end with exit code 3. Prints the first case that differs.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from form import evaluate
from form_cases import Maker

VALIDATION_FAILED = 3


def taken(binary, folder, case):
    """What the command makes of a case, as the reference says it."""
    for sheet in ("survey", "choices", "settings"):
        if case.get(sheet):
            (folder / f"{sheet}.csv").write_text(case[sheet], encoding="utf-8")
    answers = {k: v for k, v in case.items() if k not in ("survey", "choices", "settings")}
    (folder / "answers.json").write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([binary, "survey", "run", str(folder), "--answers", str(folder / "answers.json"), "--json"],
                          capture_output=True, timeout=60, check=False)
    if done.returncode == VALIDATION_FAILED and b"circle" in done.stderr:
        return {"error": "endless"}
    if done.returncode != 0:
        return {"exit": done.returncode, "says": done.stderr.decode("utf-8", "replace")}
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", default="command")
    options = parser.parse_args()
    sys.setrecursionlimit(20000)
    outcomes = {}
    for number in range(options.count):
        case = Maker(f"{options.seed}/{number}").case()
        with tempfile.TemporaryDirectory() as folder:
            theirs = taken(options.binary, pathlib.Path(folder), case)
        mine = evaluate(case)
        outcomes[mine.get("outcome", "endless")] = outcomes.get(mine.get("outcome", "endless"), 0) + 1
        if theirs != mine:
            print(json.dumps(case, ensure_ascii=False, indent=1))
            print(f"case {number} of seed {options.seed}\nreference: {json.dumps(mine, ensure_ascii=False)}\n"
                  f"command:   {json.dumps(theirs, ensure_ascii=False)}")
            return 1
    print(f"{options.count} cases alike; outcomes {outcomes}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
