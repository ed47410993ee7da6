#!/usr/bin/env python3
"""Runs the pacing study: scenarios S1-S7 and the cold start under every controller.

Prints the table of utilisation and abandonment, and whether each claim of docs/pacing.md holds in this
build. Exit code 1 if one does not. About fifteen minutes; --short takes under one, with fewer days, and
checks only what so few days can tell.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 101
# Columns of the table: (name, controller, with the scenario's own [vicidial] setting).
COLUMNS = {
    "predictive": "predictive",
    "vicidial fixed": "vicidial",
    "vicidial default": "vicidial",
    "progressive": "progressive",
    "ratio": "ratio",
    "expectation": "expectation",
    "clairvoyant": "clairvoyant",
}
BASELINES = ("vicidial fixed", "vicidial default", "progressive", "clairvoyant")
BASELINE_TOLERANCE = 0.02
PREDICTIVE_TOLERANCE = 0.015
CAP = 0.03


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One row of the study; utilisations as the reference study measured them, by column."""
    days: int
    reference: dict
    clairvoyant: float = 0  # at least so much of the clairvoyant's utilisation
    fixed: float = 0        # and so many times that of the fixed setting
    default: float = 0      # and of the default


def _reference(predictive, fixed, default, progressive, clairvoyant):
    return {"predictive": predictive, "vicidial fixed": fixed, "vicidial default": default,
            "progressive": progressive, "clairvoyant": clairvoyant}


SCENARIOS = {
    "s1": Scenario(5, _reference(0.684, 0.606, 0.441, 0.436, 0.993), 0.66, 1.08, 1.45),
    "s2": Scenario(5, _reference(0.873, 0.842, 0.807, 0.802, 0.998), 0.86, 1.02, 1.06),
    "s3": Scenario(5, _reference(0.858, 0.806, 0.467, 0.433, 0.989), 0.85, 1.04, 1.70),
    "s4": Scenario(1, _reference(0.939, 0.897, 0.719, 0.268, 0.993), 0.93, 1.03, 1.25),
    "s5": Scenario(5, _reference(0.845, 0.708, 0.656, 0.435, 0.989), 0.84, 1.15, 1.24),
    "s6": Scenario(5, _reference(0.858, 0.681, 0.616, 0.432, 0.989), 0.85, 1.20, 1.33),
    "s7": Scenario(3, _reference(0.891, 0.834, 0.497, 0.440, 0.990), 0.88, 1.04, 1.70),
    "cold": Scenario(3, {}),
}
SHORT_DAYS = {"s1": 2, "s3": 1, "s5": 1, "s6": 1, "cold": 1}
SHORT_MARGIN = 0.95  # of the ratios: single days under the level's relay differ by so much
# Baselines whose distance from the study's single runs is chance (docs/decisions/0012).
EXPLAINED = {("s4", "vicidial fixed"), ("s6", "vicidial fixed")}
SHORT_COLUMNS = ("predictive", "vicidial fixed", "vicidial default", "clairvoyant")


class Results:
    """What `sim run --json --per-minute` said, by scenario and column."""

    def __init__(self):
        self.by_key = {}

    def __getitem__(self, key):
        return self.by_key[key]

    def utilisation(self, scenario, column):
        return self.by_key[scenario, column]["utilisation"]

    def minutes(self, scenario, begin, end):
        """Predictive's minutes from `begin` to before `end`."""
        return self.by_key[scenario, "predictive"]["minutes"][begin:end]


def abandonment(minutes):
    live = sum(minute["live_answers"] for minute in minutes)
    return sum(minute["abandoned"] for minute in minutes) / live if live else 0.0


def utilisation(minutes):
    """Of minutes in which equally many agents are there."""
    return sum(minute["utilisation"] for minute in minutes) / len(minutes)


def scenario_text(name, column):
    text = (ROOT / "simulator/scenarios" / f"{name}.toml").read_text()
    if column == "vicidial default":
        text = re.sub(r"\n\[vicidial\][^\[]*", "\n", text)
    return text


def run(bellwether, folder, name, column, days):
    file = pathlib.Path(folder) / f"{name}-{column.replace(' ', '-')}.toml"
    file.write_text(scenario_text(name, column))
    command = [bellwether, "sim", "run", file, "--controller", COLUMNS[column], "--seed", SEED,
               "--days", days, "--json", "--per-minute"]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{name} {column}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def run_all(options, days_of, columns):
    results = Results()
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        jobs = {(name, column): pool.submit(run, options.bellwether, folder, name, column, days)
                for name, days in days_of.items() for column in columns}
        for (name, column), job in jobs.items():
            results.by_key[name, column] = job.result()
            print(f"{name} {column}: done", file=sys.stderr, flush=True)
    return results


def of_every_scenario(name, results, days):
    """The claims that each scenario makes: (what, value, relation, limit)."""
    scenario, u = SCENARIOS[name], lambda column: results.utilisation(name, column)
    margin = 1 if days >= scenario.days else SHORT_MARGIN
    for column, least in (("clairvoyant", scenario.clairvoyant), ("vicidial fixed", scenario.fixed),
                          ("vicidial default", scenario.default)):
        yield f"utilisation / {column}", u("predictive") / u(column), ">=", margin * least
    yield "worst day's abandonment", results[name, "predictive"]["worst_day_abandonment"], "<=", CAP
    if days < scenario.days:
        return  # too few days for what follows
    yield ("predictive below the study's", scenario.reference["predictive"] - u("predictive"), "<=",
           PREDICTIVE_TOLERANCE)
    for column in BASELINES:
        if (name, column) in EXPLAINED:
            continue
        yield (f"{column} from the study's", abs(u(column) - scenario.reference[column]), "<=",
               BASELINE_TOLERANCE)


def of_one_scenario(name, results):
    """Claims of single scenarios; the step or logout is at minute 240."""
    predictive = results[name, "predictive"]
    if name == "s1":
        fixed = results[name, "vicidial fixed"]
        yield "mean wait / vicidial fixed", predictive["mean_wait_s"] / fixed["mean_wait_s"], "<=", 0.75
    if name == "s3":
        yield "mean abandonment: the budget is used", predictive["abandonment"], ">=", 0.024
    if name == "s4":
        yield "us per decision", predictive["us_per_decision"], "<=", 500
    if name == "s5":
        yield "abandonment, minutes 0-2 after", abandonment(results.minutes(name, 240, 242)), "<=", 0.28
        yield "abandonment, minutes 2-30 after", abandonment(results.minutes(name, 242, 270)), "<=", 0.03
    if name == "s6":
        soon, later = results.minutes(name, 244, 255), results.minutes(name, 300, 360)
        yield ("utilisation minutes 4-15 / 60-120 after", utilisation(soon) / utilisation(later), ">=",
               0.95)
    if name == "s7":
        hour = results.minutes(name, 240, 300)
        yield "abandonment, the hour after", abandonment(hour), "<=", 0.032
        yield "abandonment, its worst minute", max(abandonment([m]) for m in hour), "<=", 0.16
    if name == "cold":
        yield "abandonment, minutes 1-10", abandonment(results.minutes(name, 1, 10)), "<=", 0.05
        yield "utilisation, minutes 2-30", utilisation(results.minutes(name, 2, 30)), ">=", 0.96


def claims(results, days_of):
    for name, days in days_of.items():
        if name != "cold":
            yield from ((name, *claim) for claim in of_every_scenario(name, results, days))
        # A worst minute of a single day says nothing.
        yield from ((name, *claim) for claim in of_one_scenario(name, results)
                    if days >= SCENARIOS[name].days or "worst minute" not in claim[0])


def holds(value, relation, limit):
    return value >= limit if relation == ">=" else value <= limit


def print_table(results, days_of, columns):
    print("| | days | " + " | ".join(columns) + " |")
    print("|---|---|" + "---|" * len(columns))
    for name, days in days_of.items():
        cells = []
        for column in columns:
            result = results[name, column]
            cell = f"{result['utilisation']:.3f} / {result['abandonment'] * 100:.2f}"
            cells.append(cell + (f" ({result['days_over_cap']} over)" if result["days_over_cap"] else ""))
        print(f"| {name.upper() if name != 'cold' else name} | {days} | " + " | ".join(cells) + " |")


def print_details(results, days_of):
    print("\n| | worst day % | mean wait s | p95 wait s | decisions | us per decision | trace |")
    print("|---|---|---|---|---|---|---|")
    for name in days_of:
        r = results[name, "predictive"]
        print(f"| {name.upper() if name != 'cold' else name} | {r['worst_day_abandonment'] * 100:.2f} "
              f"| {r['mean_wait_s']:.1f} | {r['p95_wait_s']:.0f} | {r['decisions']} "
              f"| {r['us_per_decision']:.1f} | `{r['trace_hash'][:12]}` |")


def print_claims(results, days_of):
    broken = 0
    print("\n| | claim | measured | | limit | |\n|---|---|---|---|---|---|")
    for name, what, value, relation, limit in claims(results, days_of):
        good = holds(value, relation, limit)
        broken += not good
        print(f"| {name.upper() if name != 'cold' else name} | {what} | {value:.4g} | {relation} "
              f"| {limit:.4g} | {'holds' if good else '**FAILS**'} |")
    return broken


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bellwether", default=ROOT / "build/release/bellwether", metavar="PROGRAM")
    parser.add_argument("--short", action="store_true", help="fewer days, for every change")
    parser.add_argument("--only", metavar="S", help="some scenarios, as s1,s3")
    parser.add_argument("--jobs", type=int, default=1, help="runs at once (default: 1)")
    options = parser.parse_args()
    days_of = SHORT_DAYS if options.short else {n: s.days for n, s in SCENARIOS.items()}
    if options.only:
        days_of = {name: days_of[name] for name in options.only.split(",")}
    columns = SHORT_COLUMNS if options.short else tuple(COLUMNS)
    results = run_all(options, days_of, columns)
    print(f"Utilisation / abandonment %; seeds from {SEED}.\n")
    print_table(results, days_of, columns)
    print_details(results, days_of)
    broken = print_claims(results, days_of)
    print(f"\n{broken} claims fail" if broken else "\nevery claim holds")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
