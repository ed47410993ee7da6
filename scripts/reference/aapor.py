#!/usr/bin/env python3
"""Final outcome codes and response rates of survey research, worked out apart from the product.

Written from research/surveys.md 4.2 to 4.4 (the ladder of codes, the formulas of the rates), without the
product's table or code. `vectors` checks this script against the published figures of 4.5; `compare`
gives random cases and tallies to a program and compares every answer.
"""

import argparse
import json
import math
import random
import subprocess
import sys

DAY = 86400

# 4.2, last column but one: what a code counts as.
CLASSES = {
    "I": ["1.1"], "P": ["1.2"],
    "R": ["2.10", "2.11", "2.111", "2.112", "2.12"],
    "NC": ["2.20", "2.21", "2.22", "2.221", "2.222"],
    "O": ["2.30", "2.31", "2.32", "2.33", "2.331", "2.332", "2.333", "2.34", "2.35", "2.36"],
    "UH": ["3.10", "3.11", "3.12", "3.13", "3.14", "3.15", "3.16", "3.161"],
    "UO": ["3.20", "3.21", "3.30", "3.90", "3.90A"],
    "NE": ["4.10", "4.20", "4.30", "4.31", "4.32", "4.33", "4.40", "4.41", "4.42", "4.43", "4.431", "4.432",
           "4.44", "4.45", "4.46", "4.50", "4.51", "4.52", "4.53", "4.54", "4.70", "4.80", "4.90"],
}
CLASS_OF = {code: name for name, codes in CLASSES.items() for code in codes}
HOUSEHOLDS_NOT_ELIGIBLE = {"4.70", "4.80", "4.54"}

TOLD = {"4.70", "4.80", "4.10", "4.50", "4.51", "4.52", "4.53", "4.54", "4.90"}
NOT_CONTACTED = {"2.20", "2.21", "2.22", "2.221", "2.222"}
DEAD = {code for code in CLASSES["NE"] if code not in TOLD}

# 4.4 from the best code to the worst; codes of one rung tie.
LADDER = [{"1.1"}, {"1.2"}, TOLD, {"2.31", "2.32", "2.33", "2.331", "2.332", "2.333"},
          {"2.112"}, {"2.10", "2.11", "2.111"}, {"2.12"}, {"2.35", "2.34", "2.36", "2.30"},
          NOT_CONTACTED, {"3.21", "3.20", "3.30"}, DEAD, {"3.90", "3.90A"}, {"3.15", "3.16", "3.161"},
          {"3.14"}, {"3.12"}, {"3.13"}, {"3.10"}, {"3.11"}]


def out_of_service(attempts, number):
    """4.33 needs every attempt of the last 14 days at the number."""
    there = [a for a in attempts if a["number"] == number and a["code"]]
    last = max(a["at"] for a in there)
    return all(a["code"] == "4.33" for a in there if a["at"] >= last - 14 * DAY)


def dead_numbers(case):
    dead = set()
    for number in range(case["numbers"]):
        there = [a for a in case["attempts"] if a["number"] == number]
        if any(a["human"] for a in there):
            continue
        signs = sorted(a["at"] for a in there if a["code"] in DEAD
                       and (a["code"] != "4.33" or out_of_service(case["attempts"], number)))
        confirmed, since = 0, -math.inf
        for at in signs:
            if at - since >= DAY:
                confirmed, since = confirmed + 1, at
        if confirmed >= case["confirm"]:
            dead.add(number)
    return dead


def final_code(case):
    """The code of a case and the index of the attempt that decides it (None: none does)."""
    attempts = case["attempts"]
    dead = dead_numbers(case)
    spoken = {a["number"] for a in attempts if a["human"]}
    eligible_until = max((a["at"] for a in attempts
                          if a["human"] and CLASS_OF.get(a["code"]) in ("I", "P", "R", "NC", "O")), default=-math.inf)
    named = case["sample"] == "NAMED_LIST"
    proof_since = -math.inf if named else min(
        (a["at"] for a in attempts if a["human"] or a["household"]), default=math.inf)
    only_busy = all(a["code"] in ("", "3.12") or a["number"] in dead for a in attempts)

    def settled(attempt):
        code = attempt["code"]
        proven = attempt["at"] >= proof_since
        if code in TOLD:
            return code if attempt["human"] and attempt["at"] > eligible_until else None
        if code in NOT_CONTACTED and not proven:
            return "3.13" if code in ("2.20", "2.21") else "3.14"
        if code in DEAD:
            if attempt["number"] in dead:
                if len(dead) < case["numbers"]:
                    return None
                return code if code != "4.33" or out_of_service(attempts, attempt["number"]) else None
            return None if attempt["number"] in spoken else "3.16"
        if code == "3.14" and proven:
            return "2.221" if attempt["left"] else "2.222"
        if code in ("3.12", "3.13") and named and case["list_is_eligible"]:
            return "2.20"
        if code == "3.12" and not only_busy:
            return "3.13"
        return code or None

    results = [(settled(a), a["at"], index) for index, a in enumerate(attempts)]
    for rung in LADDER:
        there = [(at, index, code) for code, at, index in results if code in rung]
        if there:
            _, index, code = max(there)
            return code, index
    return ("3.10" if any(a["code"] for a in attempts) else "3.11"), None


def share(numerator, denominator):
    return None if denominator is None or denominator <= 0 else numerator / denominator


def rates(t, method, value=0.0):
    """All rates of a tally {I P R NC O UH UO NE NEH}; None where there is nothing to divide by."""
    elig = t["I"] + t["P"] + t["R"] + t["NC"] + t["O"]
    if method == "TWO_STAGE":
        e1 = share(elig + t["UO"] + t["NEH"], elig + t["UO"] + t["NE"])
        e2 = share(elig, elig + t["NEH"])
        e_uh, e_uo = (None if e1 is None or e2 is None else e1 * e2), e2
    else:
        e_uh = e_uo = {"PROPORTIONAL": share(elig, elig + t["NE"]), "FIXED": value, "ONE": 1.0, "ZERO": 0.0}[method]
    likely_unknown = 0.0
    for amount, e in ((t["UH"], e_uh), (t["UO"], e_uo)):
        if amount and (e is None or likely_unknown is None):
            likely_unknown = None
        elif amount:
            likely_unknown += e * amount
    everyone = elig + t["UH"] + t["UO"]
    likely = None if likely_unknown is None else elig + likely_unknown
    contacted = t["I"] + t["P"] + t["R"] + t["O"]
    asked = t["I"] + t["P"] + t["R"]
    ip = t["I"] + t["P"]
    return {
        "RR1": share(t["I"], everyone), "RR2": share(ip, everyone), "RR3": share(t["I"], likely),
        "RR4": share(ip, likely), "RR5": share(t["I"], elig), "RR6": share(ip, elig),
        "COOP1": share(t["I"], contacted), "COOP2": share(ip, contacted),
        "COOP3": share(t["I"], asked), "COOP4": share(ip, asked),
        "REF1": share(t["R"], everyone), "REF2": share(t["R"], likely), "REF3": share(t["R"], elig),
        "CON1": share(contacted, everyone), "CON2": share(contacted, likely), "CON3": share(contacted, elig),
        "e": e_uh if method != "TWO_STAGE" else
             None if likely_unknown is None else share(likely_unknown, t["UH"] + t["UO"]),
    }


def tally(cases, closed_by_design=False):
    t = dict.fromkeys(["I", "P", "R", "NC", "O", "UH", "UO", "NE", "NEH"], 0.0)
    for code, weight in cases:
        if closed_by_design and code == "4.80":
            t["NC"] += weight
            continue
        t[CLASS_OF[code]] += weight
        if code in HOUSEHOLDS_NOT_ELIGIBLE:
            t["NEH"] += weight
    return t


# 4.5: two published tallies and what they come to.
VECTORS = [
    ({"I": 312, "P": 24, "R": 410, "NC": 268, "O": 56, "UH": 1240, "UO": 90, "NE": 1600, "NEH": 140}, "PROPORTIONAL",
     {"e": .400749, "RR1": .13, "RR2": .14, "RR3": .194636, "RR4": .209607, "RR5": .291589, "RR6": .314019,
      "COOP1": .389027, "COOP2": .418953, "COOP3": .418231, "COOP4": .450402, "REF1": .170833, "REF2": .255771,
      "REF3": .383178, "CON1": .334167, "CON2": .500313, "CON3": .749533}),
    ({"I": 312, "P": 24, "R": 410, "NC": 268, "O": 56, "UH": 1240, "UO": 90, "NE": 1600, "NEH": 140}, "TWO_STAGE",
     {"e": .448171, "RR3": .187267, "RR4": .201672}),
    ({"I": 4, "P": 2, "R": 1, "NC": 1, "O": 1, "UH": 1, "UO": 1, "NE": 1, "NEH": 0}, "PROPORTIONAL",
     {"e": .9, "RR1": .363636, "RR2": .545455, "RR3": .370370, "RR4": .555556, "RR5": .444444, "RR6": .666667,
      "COOP1": .5, "COOP2": .75, "COOP3": .571429, "COOP4": .857143, "REF1": .090909, "REF2": .092593,
      "REF3": .111111, "CON1": .727273, "CON2": .740741, "CON3": .888889}),
]


def check_vectors():
    for counts, method, expected in VECTORS:
        found = rates(counts, method)
        for name, figure in expected.items():
            if abs(found[name] - figure) > 5e-7:
                sys.exit(f"{method}: {name} is {found[name]}, published {figure}")
    print(f"aapor: {len(VECTORS)} published tallies agree")


def random_case(rng):
    numbers = rng.choice([1, 1, 1, 2, 3])
    start = rng.randrange(10**9)
    pool = rng.choice([list(CLASS_OF), ["3.12", "3.13", ""], ["4.31", "4.33", "4.32", "3.13"], ["4.33", "3.12"],
                       ["3.14", "3.21", "2.21", "3.13", "4.32"], ["2.112", "4.70", "2.12", "3.14", "1.2"]])
    attempts = []
    for _ in range(rng.choice([0, 1, 2, 3, 4, 6])):
        code = rng.choice(pool)
        may_be_human = CLASS_OF.get(code) not in ("UH",) and code not in ("3.90A", "") and code not in DEAD
        attempts.append({"code": code, "at": start + rng.choice([0, DAY, DAY - 1, rng.randrange(20 * DAY)]),
                         "number": rng.randrange(numbers), "human": may_be_human and rng.random() < .7,
                         "household": rng.random() < .1, "left": code == "3.14" and rng.random() < .5})
    return {"kind": "case", "sample": rng.choice(["RDD", "HOUSEHOLD_LIST", "NAMED_LIST"]),
            "list_is_eligible": rng.random() < .5, "confirm": rng.choice([1, 2, 2, 3]), "numbers": numbers,
            "attempts": attempts}


def random_report(rng):
    codes = rng.sample(sorted(CLASS_OF), rng.randint(1, 20))
    method = rng.choice(["PROPORTIONAL", "TWO_STAGE", "FIXED", "ONE", "ZERO"])
    equal = rng.random() < .3
    return {"kind": "report", "method": method, "value": rng.random() if method == "FIXED" else 0.0,
            "cases": [[rng.choice(codes), 1.0 if equal else rng.randint(1, 400) / 100]
                      for _ in range(rng.randint(0, 60))]}


def expected_of(question):
    if question["kind"] == "case":
        code, attempt = final_code(question)
        return {"code": code, "attempt": attempt}
    ones = [(code, 1.0) for code, _ in question["cases"]]
    return {name: rates(tally(cases, moved), question["method"], question["value"])
            for name, cases, moved in (("plain", ones, False), ("closed_by_design", ones, True),
                                       ("weighted", question["cases"], False))}


def differs(found, expected):
    if isinstance(expected, dict):
        return any(differs(found[key], value) for key, value in expected.items())
    if isinstance(expected, float) and found is not None:
        return abs(found - expected) > 1e-9
    return found != expected


def compare(program, count, seed):
    rng = random.Random(seed)
    questions = [random_case(rng) if i % 4 else random_report(rng) for i in range(count)]
    answers = subprocess.run([program], input="".join(json.dumps(q) + "\n" for q in questions), text=True,
                             capture_output=True, check=True).stdout.splitlines()
    if len(answers) != count:
        sys.exit(f"{len(answers)} answers to {count} questions")
    for question, answer in zip(questions, answers):
        expected = expected_of(question)
        if differs(json.loads(answer), expected):
            sys.exit(f"question {json.dumps(question)}\nproduct  {answer}\nexpected {json.dumps(expected)}")
    print(f"aapor: {count} random cases and reports agree")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("vectors", help="check this script against published figures")
    against = verbs.add_parser("compare", help="compare a program with this script")
    against.add_argument("--program", required=True, help="reads a question per line, writes an answer per line")
    against.add_argument("--count", type=int, default=4000)
    against.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    check_vectors()
    if given.verb == "compare":
        compare(given.program, given.count, given.seed)


if __name__ == "__main__":
    main()
