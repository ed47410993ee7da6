"""The practice world of the demo: its folder, its files, and the programs that run in it."""

import csv
import hashlib
import json
import pathlib
import shutil
import sqlite3

from processes import Bellwether, Program, free_udp_port, wait_until
import speech

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build" / "release" / "bellwether"
ASSETS = ROOT / "demo"
AGENTS = 6
CLIENT = "harbour-light"
# Campaign by campaign, each with the list of its name.
CAMPAIGNS = ("customers", "panel")
SURVEY_CALLER_ID = "+16175550199"  # of demo/panel.toml: the practice people press keys for it
OPT_OUT_KEY = "*"

# How the practice people behave: lively enough for a minute (`bellwether sim carrier --help`).
CARRIER_OPTIONS = (
    "answer=0.45", "busy=0.15", "no_answer=0.22", "fail=0.18", "ring=1.5", "ring_sd=0.7", "talk=7",
    "talk_sd=2", "machine=0.3", "fax=0.03", "screener=0.05", "sit=0.6", "record=9", "record_sd=2",
    f"keypad_for={SURVEY_CALLER_ID}", f"opt_out_key={OPT_OUT_KEY}", "answers=1-2,1-5,0-40#",
)

CONSENT_REQUEST = "May Harbour Light call you about your bookings, also by machine and with a recorded voice?"

SERVICE_CONFIG = """\
node = "demo"
data_dir = "data"

[api]
socket = "bellwether.sock"

[sip]
bind = "127.0.0.1"
port = {sip_port}

[trunk]
name = "practice"
host = "127.0.0.1"
port = {carrier_port}
username = "bellwether"
password_file = "trunk_password"
lines = 160
calls_per_second = 20.0
allowed_prefixes = ["+120255501", "+131255501", "+141555501", "+161755501"]  # nothing but fiction

[compliance]
caller_country = "US"
owned_numbers = ["+12025550199", "+16175550199"]
# No lawyer has signed these packs yet: a node uses such a pack only if it is told so by name.
accept_drafts = ["us-federal", "research", "house"]

[log]
file = "logs/service.log"
"""


class World:
    """One run: a folder with everything in it, and the three programs."""

    def __init__(self, folder, seed, dial_mode="predictive"):
        self.folder = pathlib.Path(folder).resolve()
        self.seed = seed
        self.dial_mode = dial_mode
        self.logs = self.folder / "logs"
        self.carrier_log = self.logs / "carrier.ndjson"
        self.store = self.folder / "data" / "bellwether.db"
        self.service = Bellwether(BINARY, self.folder / "bellwether.toml", self.folder / "bellwether.sock")
        self.programs = []

    def prepare(self, cache):
        """The folder with campaigns, contact lists and speech. cache keeps speech between runs."""
        for name in ("logs", "data"):
            (self.folder / name).mkdir(parents=True)
        campaigns = self.folder / "campaigns"
        shutil.copytree(ASSETS, campaigns, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        customers = campaigns / "customers.toml"
        text = customers.read_text(encoding="utf-8")
        customers.write_text(text.replace('dial_mode = "predictive"', f'dial_mode = "{self.dial_mode}"'),
                             encoding="utf-8")
        speech.speak(speech.house_prompts(ASSETS / "prompts.csv"), campaigns, cache)
        speech.speak(speech.questionnaire_prompts(ASSETS / "questionnaire"),
                     campaigns / "questionnaire", cache)
        speech.practice_world(self.folder / "voices" / "people", cache)
        speech.speak(speech.AGENTS, self.folder / "voices" / "agents", cache)
        return split_lists(ASSETS / "contacts.csv", self.folder / "lists")

    def write_consents(self, lists):
        """What everybody on these lists agreed to, as `consent import` reads it; returns the file."""
        file = self.folder / "lists" / "consents.csv"
        request = hashlib.sha256(CONSENT_REQUEST.encode()).hexdigest()
        with open(file, "w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink, lineterminator="\n")
            writer.writerow(["phone", "given", "channels", "form", "method", "request_sha256"])
            for name in lists:
                with open(self.folder / "lists" / f"{name}.csv", encoding="utf-8", newline="") as source:
                    for row in csv.DictReader(source):
                        writer.writerow([row["phone"], "2026-01-05", "live autodialed prerecorded", "written",
                                         "web", request])
        return file

    def start(self, name, *words):
        """Starts `bellwether` with these words in the background."""
        program = Program(name, [BINARY, *words], self.logs / f"{name}.out")
        self.programs.append(program)
        return program

    def start_carrier(self):
        """Starts the practice carrier; returns its SIP port."""
        port_file = self.folder / "carrier.port"
        secret = self.folder / "trunk_password"
        secret.touch(mode=0o600)
        secret.write_text("practice-makes-perfect\n", encoding="utf-8")
        options = [word for option in CARRIER_OPTIONS for word in ("--set", option)]
        self.start("carrier", "sim", "carrier", "--seed", self.seed,
                   "--username", "bellwether", "--password-file", secret,
                   "--log", self.carrier_log, "--port-file", port_file,
                   "--audio", self.folder / "voices" / "people", *options)
        wait_until(port_file.exists, 20, "the practice carrier", self.programs)
        return int(port_file.read_text(encoding="utf-8"))

    def start_service(self, carrier_port):
        """Starts the service; returns the SIP port that phones register at."""
        sip_port = free_udp_port()
        self.service_config().write_text(
            SERVICE_CONFIG.format(sip_port=sip_port, carrier_port=carrier_port), encoding="utf-8")
        self.start("service", "--config", self.service_config(), "serve")
        wait_until(self.service.listens, 30, "the service", self.programs)
        return sip_port

    def start_agents(self, registrar_port):
        """Adds the agents, starts their phones and waits until each has registered."""
        credentials = self.folder / "agents.ndjson"
        credentials.touch(mode=0o600)
        with open(credentials, "w", encoding="utf-8") as sink:
            for name in agent_names():
                added = self.service.json("agent", "add", name, "--client", CLIENT)
                sink.write(json.dumps({"user": added["user"], "password": added["password"]}) + "\n")
        ready = self.folder / "agents.ready"
        self.start("agents", "sim", "agents", "-n", AGENTS, "--registrar", f"127.0.0.1:{registrar_port}",
                   "--credentials", credentials, "--seed", self.seed, "--log", self.logs / "agents.ndjson",
                   "--audio", self.folder / "voices" / "agents", "--ready-file", ready)
        wait_until(ready.exists, 30, "the agents' phones", self.programs)

    def rows(self, query):
        """Rows of the store, read by Python's own SQLite."""
        connection = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def service_config(self):
        return self.folder / "bellwether.toml"

    def stop(self):
        """Ends what was started, last one first. Returns (name, status) of each."""
        return [(program.name, program.stop()) for program in reversed(self.programs)]


def agent_names():
    return [f"agent{number}" for number in range(1, AGENTS + 1)]


def split_lists(contacts, folder):
    """Writes one CSV per value of the column `list`; returns {list: rows}."""
    folder.mkdir(parents=True)
    with open(contacts, encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        rows = list(reader)
    columns = [name for name in reader.fieldnames if name != "list"]
    counts = {}
    for name in sorted({row["list"] for row in rows}):
        chosen = [row for row in rows if row["list"] == name]
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as sink:
            writer = csv.DictWriter(sink, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(chosen)
        counts[name] = len(chosen)
    return counts
