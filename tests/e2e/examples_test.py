#!/usr/bin/env python3
"""Every campaign of examples/ as it stands there, only its hours and speed changed, dials its own contacts at the practice
carrier: interviews are complete by their own rules, quotas hold, the data come out, and agents get their calls.
Interviewers without screens ask the household poll over the API, and keep a book of their own."""

import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys

import poll
from world import ROOT, Checks, World, arguments, wait_until

CALLER_IDS = ("+12025550199", "+12025550198")
ALWAYS = 'windows = [{days = "Mon-Sun", from = "00:00", to = "24:00"}]'
# By example: what its people press, question by question, and the list's language.
PEOPLE = {
    "satisfaction": "1-1,4-5,0-40#",
    "household-poll": "1-1",
    "payment-reminder": "1-1",
    "sales": "1-1",
}
AGENTS = {"household-poll": 4, "sales": 2}
# Nobody hangs up on an interviewer, unless the interviewer has said good-bye.
TALK = {"household-poll": "120"}


def start_carrier(world, name):
    port_file = world.folder / "carrier.port"
    options = ("answer=1", "busy=0", "no_answer=0", "fail=0", "ring=0.3", "ring_sd=0.1",
               f"talk={TALK.get(name, '2')}", "talk_sd=0.5",
               "patience=30", "stay_max=300", "key_delay=0.3", "key_delay_sd=0.1", "keys_invalid=0", "keys_silent=0",
               "keys_hang_up=0", "keys_opt_out=0",
               f"answers={PEOPLE[name]}", f"keypad_for={','.join(CALLER_IDS) if name not in AGENTS else '+1999'}")
    words = [word for option in options for word in ("--set", option)]
    world.start("carrier", world.binary, "sim", "carrier", "--seed", "7", "--log", world.folder / "carrier.ndjson",
                "--port-file", port_file, *words)
    wait_until(port_file.exists, 20, "the practice carrier", world.programs)
    return int(port_file.read_text())


def speak(folder):
    """The recordings of prompts.csv, as the example's README tells to make them."""
    sheet = folder / "prompts.csv"
    if not sheet.exists():
        return
    (folder / "prompts").mkdir()
    with open(sheet, encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            subprocess.run(["espeak-ng", "-v", "en-us", "-w", folder / "prompts" / f"{row['file']}.wav", row["text"]],
                           check=True)


def hurried(text):
    """The campaign at any hour, at once, and without the pauses of real agents."""
    text = re.sub(r"windows = \[.*\]", ALWAYS, text)
    text = re.sub(r"calls_per_second = .*", "calls_per_second = 10", text)
    text = re.sub(r"(?m)^lines = .*", "lines = 30", text)
    text = re.sub(r"attempts = .*", "attempts = 1", text)
    return re.sub(r"wrap_up = .*", 'wrap_up = "1s"', text)


def sign_agents_in(world):
    """They are ready for the example's calls. Returns their names."""
    count = AGENTS[world.name]
    credentials = world.folder / "agents.ndjson"
    credentials.touch(mode=0o600)
    names = [f"agent{n}" for n in range(count)]
    with open(credentials, "w", encoding="utf-8") as sink:
        for name in names:
            added = world.service.json("agent", "add", name, "--client", world.client)
            sink.write(json.dumps({"user": added["user"], "password": added["password"]}) + "\n")
    ready = world.folder / "agents.ready"
    world.start("agents", world.binary, "sim", "agents", "-n", str(count), "--registrar",
                f"127.0.0.1:{world.sip_port}", "--credentials", credentials, "--log", world.folder / "agents.out",
                "--ready-file", ready)
    wait_until(ready.exists, 30, "the agents' phones", world.programs)
    for name in names:
        world.service.run("agent", "signin", name, "--campaign", world.campaign_name)
        world.service.run("agent", "ready", name)
    return names


class Example(World):
    """An example of the repository in a service of its own."""

    def __init__(self, options, name):
        self.name = name
        super().__init__(options, 5060)
        self.here = self.folder / name
        shutil.copytree(ROOT / "examples" / name, self.here)
        speak(self.here)
        self.file = self.here / "campaign.toml"
        text = self.file.read_text(encoding="utf-8")
        self.file.write_text(hurried(text), encoding="utf-8")
        self.campaign_name, self.client, self.list = (
            re.search(rf'^{key} = "(.*)"', text, re.MULTILINE)[1] for key in ("name", "client", "list"))

    def run(self):
        carrier_port = start_carrier(self, self.name)
        config = self.folder / "bellwether.toml"
        text = config.read_text(encoding="utf-8").replace("port = 5060\n", f"port = {carrier_port}\n")
        owned = ", ".join(f'"{number}"' for number in CALLER_IDS)
        config.write_text(re.sub(r"owned_numbers = .*", f"owned_numbers = [{owned}]", text), encoding="utf-8")
        self.serve()
        self.service.run("list", "import", self.here / "contacts.csv", "--list", self.list, "--client", self.client,
                         "--region", "US")
        self.service.run("campaign", "apply", self.file)
        agents = sign_agents_in(self) if self.name in AGENTS else []
        self.service.run("campaign", "start", self.campaign_name)
        if self.name != "household-poll":
            return self.wait_finished(self.campaign_name, 240, self.programs)
        with poll.Interviewers(self.folder / "s", agents) as self.interviewers:
            return self.wait_finished(self.campaign_name, 240, self.programs)

    def data(self):
        out = self.folder / "data-out"
        self.service.run("survey", "export", "--campaign", self.campaign_name, "--out", out)
        table = next(path for path in sorted(out.glob("*.csv")) if "codebook" not in path.name)
        with open(table, encoding="utf-8", newline="") as rows:
            return list(csv.DictReader(rows))


def scripted(example, checks):
    """The answer file beside the questionnaire gives a complete interview, and lint has nothing against it."""
    file = example.here / "answers.json"
    result = example.service.json("survey", "run", example.here, "--answers", file)
    checks.equal((result["outcome"], result["aapor"]), ("COMPLETE", "1.1"), f"{example.name}: its answer file")
    lint = example.service.json("survey", "lint", example.here)
    checks.equal((lint["errors"], lint["warnings"]), ([], []), f"{example.name}: lint")


def surveyed(example, contacts, checks):
    outcomes = example.outcomes()
    complete = outcomes.count("INTERVIEW_COMPLETE")
    checks.equal(len(outcomes), contacts, f"{example.name}: everybody was called")
    checks.equal(complete, contacts, f"{example.name}: and interviewed: {sorted(set(outcomes))}")
    checks.equal(len(example.data()), complete, f"{example.name}: a row for each")


def polled(example, checks):
    quota = example.service.json("survey", "quota", "--campaign", example.campaign_name)
    book = example.interviewers.book()
    checks.equal(example.interviewers.faults, [], "household-poll: no interviewer was at a loss")
    poll.check_quotas(book, quota["cells"], checks)
    poll.check_answers(book, example, checks)
    poll.check_data(book, example.data(), checks)
    weighted = example.service.json("survey", "export", "--campaign", example.campaign_name, "--weights",
                                    example.here / "margins.csv", "--out", example.folder / "weighted")
    checks.equal([step["step"] for step in weighted["weighting"]], ["base", "raked"],
                 "household-poll: margins.csv weights it")
    out = example.folder / "paradata"
    example.service.run("survey", "export", "--campaign", example.campaign_name, "--format", "paradata", "--out", out)
    poll.check_paradata(book, out, checks)


def sold(example, contacts, checks):
    connected = example.outcomes().count("CONNECTED")
    checks.that(connected > contacts // 2, f"sales: {connected} of {contacts} spoke with an agent")


def reminded(example, contacts, checks):
    """Each contact pressed 1: the proof names his answer and a record of the evidence log of the same call."""
    report = example.service.json("report", "delivery", "--campaign", example.campaign_name, "--client", example.client)
    proofs = [(row["delivery"], row["answer"]) for row in report["contacts"]]
    checks.equal(proofs, [("ACKNOWLEDGED", "heard=will_pay")] * contacts, "payment-reminder: acknowledged by the key 1")
    checks.equal(sum(row["contacts"] for row in report["sums"][:-1]), report["sums"][-1]["contacts"],
                 "payment-reminder: the sums add up")
    *parts, whole = report["attempt_sums"]
    checks.equal([sum(row[key] for row in parts) for key in ("attempts", "acknowledged", "reached_agent")],
                 [whole["attempts"], contacts, 0], "payment-reminder: attempts by outcome add up, each acknowledged once")
    checks.equal(whole["attempts"], sum(row["attempts"] for row in report["contacts"]), "payment-reminder: to all attempts")
    for row in report["contacts"]:
        proof = example.service.json("audit", "prove", str(row["evidence"]))
        record = json.loads(proof["record"])
        checks.equal((record["kind"], record["attempt"], record["trunk"]), ("CALL", row["attempt"], row["trunk"]),
                     "payment-reminder: its record proves the call")


def main():
    options = arguments()
    checks = Checks()
    top = options.folder
    for name in PEOPLE:
        options.folder = top / name.replace("-", "")[:8]
        options.folder.mkdir()
        with Example(options, name) as example:
            example.run()
            with open(pathlib.Path(example.here) / "contacts.csv", encoding="utf-8", newline="") as rows:
                contacts = len(list(csv.DictReader(rows)))
            if name == "sales":
                sold(example, contacts, checks)
                continue
            scripted(example, checks)
            if name == "household-poll":
                polled(example, checks)
            else:
                surveyed(example, contacts, checks)
            if name == "payment-reminder":
                reminded(example, contacts, checks)
    return checks.exit_status()


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    sys.exit(main())
