"""One service in a folder of its own, with lists, campaigns and sounds made on the spot, for one test."""

import argparse
import json
import math
import pathlib
import random
import shutil
import sqlite3
import struct
import sys
import wave

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "demo_lib"))

from processes import Bellwether, DemoError, Program, free_udp_port, wait_until  # noqa: E402

CALLER_ID = "+16175550199"
SAMPLE_RATE = 8000

CONFIG = """\
node = "test"
data_dir = "data"
[api]
socket = "s"
[sip]
bind = "127.0.0.1"
port = {sip_port}
[trunk]
host = "127.0.0.1"
port = {carrier_port}
username = "bellwether"
password_file = "secret"
lines = 50
calls_per_second = 50.0
allowed_prefixes = ["+1202555"]
[compliance]
practice_prefixes = ["+1202555"]
owned_numbers = ["{caller_id}"]
[media]
port_min = {media_min}
port_max = {media_max}
silence_timeout = "{silence}"
[log]
level = "debug"
file = "service.log"
"""

CAMPAIGN = """\
name = "{name}"
client = "test"
list = "{list}"
purpose = "survey"
dial_mode = "{mode}"
lines = 10
calls_per_second = 20.0
caller_id = "{caller_id}"
ring_limit = "{ring_limit}"
{more}
[hours]
zone = "UTC"
windows = [{{days = "Mon-Sun", from = "00:00", to = "24:00"}}]
[retry]
attempts = {attempts}
no_answer = "1m"
busy = "1m"
unknown_cooloff = "10m"
"""


def arguments():
    """The options every test takes; the folder is emptied."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    return options


def tone(path, hertz, seconds, level=8000):
    """An 8 kHz mono WAV with one sine; 0 Hz is silence."""
    count = int(seconds * SAMPLE_RATE)
    samples = [int(level * math.sin(2 * math.pi * hertz * i / SAMPLE_RATE)) for i in range(count)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(struct.pack(f"<{count}h", *samples))


def power_at(samples, hertz, rate=SAMPLE_RATE):
    """Share of the signal's power at one frequency (Goertzel), 0..1; 0 for silence."""
    total = sum(s * s for s in samples)
    if not samples or total == 0:
        return 0.0
    w = 2 * math.pi * hertz / rate
    coefficient, s1, s2 = 2 * math.cos(w), 0.0, 0.0
    for sample in samples:
        s1, s2 = sample + coefficient * s1 - s2, s1
    power = s1 * s1 + s2 * s2 - coefficient * s1 * s2
    return 2 * power / (len(samples) * total)


def share_of_windows(samples, hertz, window, rate=SAMPLE_RATE):
    """power_at() of each whole window."""
    return [power_at(samples[i:i + window], hertz, rate) for i in range(0, len(samples) - window + 1, window)]


def loudest_share(samples, hertz, window=1600, rate=SAMPLE_RATE):
    """The best power_at() over windows of 0.2 s."""
    return max(share_of_windows(samples, hertz, window, rate), default=0.0)


class World:
    """A service under test. Use as a context: ends what it started."""

    def __init__(self, options, carrier_port, silence="20s", password="practice"):
        self.folder = options.folder
        self.binary = options.binary
        self.sip_port = free_udp_port()
        media_min = random.randrange(20000, 50000, 200)
        (self.folder / "bellwether.toml").write_text(
            CONFIG.format(sip_port=self.sip_port, carrier_port=carrier_port, silence=silence,
                          caller_id=CALLER_ID, media_min=media_min, media_max=media_min + 199), encoding="utf-8")
        secret = self.folder / "secret"
        secret.touch(mode=0o600)
        secret.write_text(password + "\n", encoding="utf-8")
        self.service = Bellwether(self.binary, self.folder / "bellwether.toml", self.folder / "s")
        self.programs = []
        tone(self.folder / "sorry.wav", 600, 1.0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in reversed(self.programs):
            program.stop(10)

    def start(self, name, *command):
        program = Program(name, command, self.folder / f"{name}.out")
        self.programs.append(program)
        return program

    def serve(self):
        program = self.start("serve", self.binary, "--config", self.folder / "bellwether.toml", "serve")
        wait_until(self.service.listens, 20, "the service", [program])
        return program

    def import_numbers(self, list_name, numbers):
        path = self.folder / f"{list_name}.csv"
        path.write_text("phone\n" + "".join(f"{n}\n" for n in numbers), encoding="utf-8")
        return self.service.json("list", "import", path, "--list", list_name, "--client", "test",
                                 "--region", "US")

    def campaign(self, name, mode, more="", ring_limit="20s", attempts=1):
        """Writes, applies and returns the path of a campaign of the list of the same name."""
        path = self.folder / f"{name}.toml"
        path.write_text(CAMPAIGN.format(name=name, list=name, mode=mode, more=more, caller_id=CALLER_ID,
                                        ring_limit=ring_limit, attempts=attempts),
                        encoding="utf-8")
        self.service.run("campaign", "apply", path)
        return path

    def stats(self, name):
        return self.service.json("campaign", "stats", name)

    def wait_finished(self, name, seconds, alive=()):
        wait_until(lambda: self.stats(name)["state"] == "FINISHED", seconds, f"campaign {name} to finish",
                   alive)
        return self.stats(name)

    def rows(self, query, *values):
        """Rows of the store, read by Python's own SQLite."""
        connection = sqlite3.connect(f"file:{self.folder / 'data' / 'bellwether.db'}?mode=ro", uri=True)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def outcomes(self):
        return sorted(row[0] for row in self.rows("SELECT outcome FROM attempts"))


class Checks:
    """Collects what is wrong, so that one run tells everything."""

    def __init__(self):
        self.wrong = []

    def that(self, holds, what):
        print(("ok    " if holds else "WRONG ") + what, flush=True)
        if not holds:
            self.wrong.append(what)

    def equal(self, got, expected, what):
        self.that(got == expected, f"{what}: {json.dumps(got)}" +
                  ("" if got == expected else f", expected {json.dumps(expected)}"))

    def exit_status(self):
        return 1 if self.wrong else 0
