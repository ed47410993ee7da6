#!/usr/bin/env python3
"""A year of random campaign-days in predictive mode: none may end over its abandonment cap.

Each day's agents, list, talk, drift, steps, breaks, trunk and cap are drawn from its number, so that a day
that breaks its cap is repeated by --first N --days 1. Prints what the days came to; exit code 1 if one
is over.
"""

import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def scenario(number):
    """One campaign's day as TOML, drawn from its number."""
    draw = random.Random(number)
    hours = draw.choice((4.0, 6.0, 8.0, 10.0))
    agents = draw.choice((3, 5, 8, 12, 20, 35, 60, 100))
    live = draw.uniform(0.06, 0.45)
    half = round(hours / 2, 2)
    sections = [
        f'name = "day {number}"\nhours = {hours}\n',
        f"[agents]\ncount = {agents}\nbreaks_per_hour = {draw.choice((0.0, 0.0, 0.5, 1.0))}\n",
        f"[line]\nlive = {live:.4f}\nmachine = {draw.uniform(0.05, 0.4):.3f}\n"
        f"drift = {{ amplitude = {draw.choice((0.0, 0.15, 0.3))}, period_h = {draw.choice((2.0, 3.0))} }}\n"
        f"ring_release = {draw.choice(('true', 'false'))}\n",
        f"[talk]\nmean_s = {draw.uniform(20, 240):.1f}\ncv = {draw.uniform(0.5, 1.5):.2f}\n",
        f"[wrap]\nmean_s = {draw.uniform(3, 45):.1f}\n",
        f"[cap]\nabandonment = {draw.choice((0.015, 0.02, 0.03, 0.03, 0.03, 0.05))}\n",
    ]
    surprise = draw.choice(("none", "none", "live", "talk", "agents", "trunk"))
    if surprise == "live":
        sections[2] += f"change = [{{ at_h = {half}, live = {draw.uniform(0.06, 0.5):.4f} }}]\n"
    elif surprise == "talk":
        sections[3] += f"change = [{{ at_h = {half}, mean_s = {draw.uniform(20, 240):.1f} }}]\n"
    elif surprise == "agents":
        count = max(1, round(agents * draw.choice((0.5, 0.7, 1.5))))
        sections[1] += f"change = [{{ at_h = {half}, count = {count} }}]\n"
    elif surprise == "trunk":
        sections.append(f"[trunk]\nlines = {agents * 3}\ncps = {max(1, agents // 8)}\n")
    return "\n".join(sections)


def run(bellwether, folder, number):
    file = pathlib.Path(folder) / f"day-{number}.toml"
    file.write_text(scenario(number))
    done = subprocess.run([str(bellwether), "sim", "run", str(file), "--seed", str(number), "--json"],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"day {number}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def cap_of(number):
    line = next(line for line in scenario(number).splitlines() if line.startswith("abandonment"))
    return float(line.split("=")[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bellwether", default=ROOT / "build/release/bellwether", metavar="PROGRAM")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--first", type=int, default=1, help="number of the first day (default: 1)")
    parser.add_argument("--jobs", type=int, default=1, help="runs at once (default: 1)")
    parser.add_argument("--show", action="store_true", help="print each day's scenario")
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.days)
    over, answers, abandoned, shares = [], 0, 0, []
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for number, day in zip(numbers, pool.map(lambda n: run(options.bellwether, folder, n), numbers)):
            answers += day["live_answers"]
            abandoned += day["abandoned"]
            shares.append(day["abandonment"] / cap_of(number))
            if options.show:
                print(scenario(number))
            if day["days_over_cap"]:
                over.append(number)
                print(f"OVER: day {number}: {day['abandoned']} of {day['live_answers']}, cap "
                      f"{cap_of(number)}; repeat: scripts/pacing_year.py --first {number} --days 1 --show")
    shares.sort()
    print(f"{len(numbers)} days, {answers:,} people answered, {abandoned:,} abandoned; of its cap a day used "
          f"{shares[len(shares) // 2]:.0%} in the middle, {shares[-1]:.1%} at most; {len(over)} days over")
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
