#!/usr/bin/env python3
"""What users and peers get wrong: each ends in an error that names the place, or in a counted outcome."""

import json
import pathlib
import socket
import subprocess
import sys

from world import Checks, World, arguments, free_udp_port, tone

USAGE, VALIDATION, REJECTS, NOT_FOUND, REFUSED, CONFLICT, UNREACHABLE = 2, 3, 4, 5, 6, 7, 8


def run(world, *words):
    """(exit status, stdout, stderr) of a command, whatever it says."""
    done = subprocess.run(world.service.command(*words), capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def refused(checks, world, what, status, words, *hints):
    code, out, err = run(world, *words)
    checks.equal(code, status, f"{what}: exit status")
    for hint in hints:
        checks.that(hint in err, f"{what}: says \"{hint}\" ({err.strip()[:200]})")
    checks.that("Traceback" not in err and "terminate called" not in err, f"{what}: no crash")
    checks.equal(out, "", f"{what}: nothing on stdout")


def files(checks, world):
    folder = world.folder
    (folder / "broken.csv").write_text('phone,name\n+12025550101,"Ann\n+12025550102,Bob\n', encoding="utf-8")
    code, out, _ = run(world, "list", "import", folder / "broken.csv", "--list", "broken", "--client", "test",
                       "--rejects", folder / "broken_rejects.csv", "--json")
    report = json.loads(out)
    checks.equal(code, REJECTS, "CSV with an open quote: done with rejects")
    checks.equal(report["read"], sum(report[k] for k in ("accepted", "duplicate", "rejected", "suppressed")),
                 "CSV with an open quote: counts add up")
    rejects = (folder / "broken_rejects.csv").read_text(encoding="utf-8")
    checks.that("quot" in rejects, f"CSV with an open quote: the reject says so ({rejects.splitlines()[1:2]})")
    (folder / "nophone.csv").write_text("name\nAnn\n", encoding="utf-8")
    refused(checks, world, "CSV without a phone column", VALIDATION,
            ["list", "import", folder / "nophone.csv", "--list", "broken", "--client", "test"], "phone")
    refused(checks, world, "no such file", NOT_FOUND,
            ["list", "import", folder / "none.csv", "--list", "broken", "--client", "test"], "none.csv")

    (folder / "mixed.csv").write_text(
        "phone\n+12025550101\n(202) 555-0101\n12\n+442079460000\n+12025550103\n\"2025550104\"\n", encoding="utf-8")
    code, out, _ = run(world, "list", "import", folder / "mixed.csv", "--list", "mixed", "--client", "test",
                       "--region", "US", "--rejects", folder / "rejects.csv", "--json")
    report = json.loads(out)
    checks.equal(code, REJECTS, "dirty CSV: done with rejects")
    checks.equal([report[k] for k in ("read", "accepted", "duplicate", "rejected", "suppressed")], [6, 3, 1, 2, 0],
                 "dirty CSV: counts add up")
    rejects = (folder / "rejects.csv").read_text(encoding="utf-8").splitlines()
    checks.equal(len(rejects), 3, "dirty CSV: a line per reject and the heading")

    tone(folder / "good.wav", 500, 0.2)
    (folder / "bad.wav").write_bytes(b"RIFF\x10\x00\x00\x00WAVEfmt garbage")
    campaign = ('name = "c"\nclient = "test"\nlist = "mixed"\npurpose = "survey"\ndial_mode = "progressive"\nlines = 5\n'
                'calls_per_second = 1.0\ncaller_id = "+12025550199"\nring_limit = "20s"\nsafe_harbour = "{wav}"\n{more}'
                '[hours]\nzone = "{zone}"\nwindows = [{{days = "Mon-Sun", from = "00:00", to = "24:00"}}]\n'
                '[retry]\nattempts = 1\nunknown_cooloff = "1m"\n')

    def write(name, **words):
        values = {"wav": "good.wav", "more": "", "zone": "UTC"} | words
        (folder / name).write_text(campaign.format(**values), encoding="utf-8")
        return ["campaign", "apply", folder / name]

    refused(checks, world, "malformed WAV", VALIDATION, write("c1.toml", wav="bad.wav"), "bad.wav")
    refused(checks, world, "missing WAV", VALIDATION, write("c2.toml", wav="none.wav"), "none.wav", "c2.toml:")
    refused(checks, world, "unknown key", VALIDATION, write("c3.toml", more="ringlimit = 3\n"), "ringlimit",
            "ring_limit", "c3.toml:")
    refused(checks, world, "unknown zone", VALIDATION, write("c4.toml", zone="Europe/Amsterdm"), "Europe/Amsterdam")
    (folder / "c5.toml").write_text('name = "c\n', encoding="utf-8")
    refused(checks, world, "malformed TOML", VALIDATION, ["campaign", "apply", folder / "c5.toml"], "c5.toml:1")
    refused(checks, world, "unknown campaign", NOT_FOUND, ["campaign", "stats", "nobody"], "nobody")
    refused(checks, world, "unknown command", USAGE, ["campaign", "explode"])
    (folder / "bellwether2.toml").write_text('[trunk]\nhots = "127.0.0.1"\n', encoding="utf-8")
    done = subprocess.run([world.binary, "--config", folder / "bellwether2.toml", "serve"], capture_output=True,
                          text=True, timeout=20, check=False)
    checks.equal(done.returncode, VALIDATION, "unknown key in bellwether.toml")
    checks.that("bellwether2.toml:2" in done.stderr and "host" in done.stderr, "it names line and nearest key")


def services(checks, world):
    serve = world.serve()
    done = subprocess.run(world.service.command("serve"), capture_output=True, text=True, timeout=20, check=False)
    checks.equal(done.returncode, CONFLICT, "a second serve on one store")
    checks.that("already" in done.stderr, f"it says why ({done.stderr.strip()[:160]})")
    world.import_numbers("panel", ["+12025550150"])
    checks.that(world.service.json("status")["campaigns"] is not None, "the first one goes on")
    refused(checks, world, "signing in an unknown agent", NOT_FOUND,
            ["agent", "signin", "nobody", "--campaign", "none"])
    checks.equal(serve.stop(20), 0, "serve ends with 0 on SIGTERM")
    refused(checks, world, "start without a service", UNREACHABLE, ["campaign", "start", "x"], "serve")

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", world.sip_port))
        done = subprocess.run(world.service.command("serve"), capture_output=True, text=True, timeout=20, check=False)
        checks.equal(done.returncode, UNREACHABLE, "SIP port in use")
        checks.that(str(world.sip_port) in done.stderr, "it names the port")


def corrupt_store(checks, world):
    store = world.folder / "data" / "bellwether.db"
    with open(store, "r+b") as file:
        file.write(b"not a database at all")
    for companion in ("-wal", "-shm"):
        pathlib.Path(str(store) + companion).unlink(missing_ok=True)
    code, _, err = run(world, "campaign", "list")
    checks.that(code not in (0, -6, -11), f"a corrupt store is refused (status {code})")
    checks.that("bellwether.db" in err, f"it names the file ({err.strip()[:200]})")


def main():
    options = arguments()
    checks = Checks()
    with World(options, free_udp_port()) as world:
        files(checks, world)
        services(checks, world)
        corrupt_store(checks, world)
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
