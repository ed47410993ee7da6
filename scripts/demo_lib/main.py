#!/usr/bin/env python3
"""Runs two campaigns at once against a practice carrier, and checks the books afterwards.

usage: scripts/demo [--json] [--dial-mode MODE] [--dir DIR] [--seed N] [--binary FILE] [--help]

Installs what is missing, builds the release preset, and calls 400 contacts on numbers reserved for
fiction: one campaign with 6 agents, one keypad survey without. Then a customer calls back, is handed on
to a desk, and is promised a call that is kept. Nothing leaves this machine. Ends with
a report; the exit status is 0 only if the store and the carrier's own log agree call by call and the
journal replays to the same actions.
  --json         the final figures as one JSON object on stdout, everything else on stderr
  --dial-mode MODE  of the campaign with agents: predictive (default), ratio or progressive
  --dir DIR      where data, recordings and logs go; must not exist (default: a new one under /tmp)
  --seed N       how the practice people behave (default 1)
  --binary FILE  this program instead of building one
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time

import office
import report
import world as world_module
from processes import DemoError
from world import CAMPAIGNS, ROOT, World, agent_names

REFERENCE = ROOT / "scripts" / "reference" / "reconcile.py"
CAMPAIGN_SECONDS_MAX = 300  # four times what it takes on two busy cores


def say(text):
    print(f"demo: {text}", file=sys.stderr, flush=True)


def build():
    """Builds build/release/bellwether; the compiler's output goes to stderr."""
    say("building build/release (about five minutes on two cores the first time)")
    for command in (["cmake", "--preset", "release"],
                    ["cmake", "--build", "--preset", "release", "--target", "bellwether"]):
        if subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode != 0:
            raise DemoError(f"`{' '.join(command)}` failed: see above")


def set_up(world):
    """Everything up to the first call. Returns the contacts of each list, and the service's SIP port."""
    contacts = world.prepare(ROOT / "build" / "speech")
    say("starting the practice carrier and the service")
    registrar_port = world.start_service(world.start_carrier())
    for name in CAMPAIGNS:
        world.service.run("list", "import", world.folder / "lists" / f"{name}.csv", "--list", name,
                          "--client", world_module.CLIENT, "--region", "US")
        world.service.run("campaign", "apply", world.folder / "campaigns" / f"{name}.toml")
    consents = world.write_consents(CAMPAIGNS)
    world.service.run("consent", "import", consents, "--client", world_module.CLIENT, "--region", "US")
    say("every call is decided by policy packs that no lawyer has signed yet: the configuration accepts "
        "these drafts by name")
    say(f"{world_module.AGENTS} agents' phones register")
    world.start_agents(registrar_port)
    for name in agent_names():
        world.service.run("agent", "signin", name, "--campaign", "customers", "--ready")
    return contacts, registrar_port


def run_campaigns(world):
    """Starts both campaigns and waits until both have finished."""
    say("two campaigns start: customers with 6 agents, panel without")
    for name in CAMPAIGNS:
        world.service.run("campaign", "start", name)
    wait_finished(world)


def wait_finished(world):
    """Waits until both campaigns have finished. Returns their statistics."""
    began = time.monotonic()
    progress = report.Progress(sys.stderr)
    while True:
        stats = {name: world.service.json("campaign", "stats", name) for name in CAMPAIGNS}
        progress.show(time.monotonic() - began, stats)
        if all(each["state"] == "FINISHED" for each in stats.values()):
            progress.end()
            return stats
        for program in world.programs:
            program.check_alive()
        if time.monotonic() - began > CAMPAIGN_SECONDS_MAX:
            progress.end()
            raise DemoError(f"the campaigns have not finished within {CAMPAIGN_SECONDS_MAX} s: "
                            f"see {world.logs}")
        time.sleep(1)


def stop(world):
    """Ends the programs; each must end well. The campaigns' last figures were taken before."""
    for name in agent_names():
        if office.state_of(world, name) != "SIGNED_OUT":  # the desk has been all along
            world.service.run("agent", "signout", name)
    bad = [f"{name} ended with status {status}" for name, status in world.stop() if status != 0]
    if bad:
        raise DemoError("; ".join(bad) + f": see {world.logs}")


def reconcile(world):
    """The independent comparison of store and carrier log: its report as a dict."""
    done = subprocess.run([sys.executable, str(REFERENCE), "--json", "--store", str(world.store),
                           "--carrier-log", str(world.carrier_log)],
                          capture_output=True, text=True, check=False)
    if not done.stdout:
        raise DemoError(f"the comparison did not run: {done.stderr.strip()}")
    return json.loads(done.stdout)


def replay(world):
    """Runs the journal through the engine again. Returns what `sim replay` says."""
    said = world.service.json("sim", "replay", world.store)
    if not said["identical"]:
        raise DemoError(f"the journal does not replay to the same actions: {said['first_difference']}")
    return said


def run(world):
    """The demo from set-up to the books. Returns (statistics, figures, comparison, replay, what else was seen)."""
    try:
        contacts, sip_port = set_up(world)
        run_campaigns(world)
        seen = office.run(world, sip_port, say)
        stats = wait_finished(world)  # the promised call is an attempt, too
        stop(world)
    finally:
        for program in world.programs:  # ends at once what a failure has left
            program.kill()
    comparison = reconcile(world)
    figures = report.figures(sum(contacts.values()), stats, comparison)
    seen["recording"] = office.recording(world)
    return stats, figures, comparison, replay(world), seen


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--dial-mode", default="predictive",
                        choices=("predictive", "ratio", "progressive"))
    parser.add_argument("--dir")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--binary")
    parser.add_argument("--help", "-h", action="store_true")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse_arguments(arguments)
    if options.help:
        print(__doc__)
        return 0
    folder = pathlib.Path(options.dir or time.strftime("/tmp/bellwether-demo-%Y%m%d-%H%M%S"))
    if folder.exists():
        say(f"{folder} is there already: name another with --dir")
        return 2
    try:
        if options.binary:
            world_module.BINARY = pathlib.Path(options.binary).resolve()
        else:
            build()
        say(f"data, recordings and logs are in {folder}")
        stats, figures, comparison, replayed, seen = run(World(folder, options.seed, options.dial_mode))
    except DemoError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    print(report.text(stats, figures, comparison, replayed, folder, seen), file=sys.stderr if options.json else sys.stdout)
    if options.json:
        print(json.dumps(figures))
    return 0 if figures["reconciled"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
