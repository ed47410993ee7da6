"""The household poll of examples/ by interviewers without screens, and what must come of it by their own book."""

import csv
import random
import threading
import unicodedata

from interviewer import Interviewer, Plan, Refused

NOTE = "Zoe\u0308 asks who pays"  # typed in parts
WHOLE = ("sex", "age", "tenure", "people", "ferry_tax")  # questions of everybody who is an adult


def plan_of(contact):
    """What this contact says, the same at each call: most people answer all, a few do otherwise."""
    rng = random.Random(int(contact))
    mood = rng.choices(["answers", "too young", "refuses", "has no time", "hangs up"], [12, 1, 2, 2, 1])[0]
    people = rng.randint(1, 4)
    age = str(rng.randint(18, 90))
    keys = {"hello": "", "adult": "2" if mood == "too young" else "1", "no_adult": "", "sex": rng.choice("12"),
            "age": ["7", age, age] if rng.random() < 0.3 else age + "#",  # the first is below 18: not accepted
            "tenure": rng.choice("12"), "rent_month": rng.choice(["950#", "1200*50#", "*7", ""]),
            "people": f"{people}#", "ferry_tax": rng.choice("123"), "thanks": ""}
    for n in range(1, people):
        keys[f"child[{n}]/minor"] = rng.choice("12")
    plan = Plan(keys)
    if rng.random() < 0.3:
        plan.notes = {"age": NOTE}
        plan.probes = ("sex",)
    if mood == "refuses":
        plan.refusals = {rng.choice(["adult", "tenure"]): {
            "who": "respondent", "when": "interview", "strength": rng.choice(["soft", "hard"]), "reason": "no time"}}
    if mood == "has no time":
        plan.appointments = {"people": "+2s"}
    if mood == "hangs up":
        plan.hang_up_at = "age"
    return plan


class Interviewers:
    """Each agent asks whoever he is put through to, on a thread of his own. Use as a context."""

    def __init__(self, socket_path, names):
        self.reports, self.faults, self.met = [], [], set()
        self.lock, self.stop = threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(Interviewer(socket_path, name),)) for name in names]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(60)

    def work(self, interviewer):
        try:
            while not self.stop.is_set():
                view = interviewer.wait(1, self.stop)
                if view is None:
                    continue
                plan = plan_of(view["contact"])
                with self.lock:
                    if view["contact"] in self.met:
                        plan.appointments = {}
                    self.met.add(view["contact"])
                report = interviewer.conduct(view, plan)
                with self.lock:
                    self.reports.append((report, plan))
        except (Refused, TimeoutError, OSError) as error:
            self.faults.append(str(error))

    def book(self):
        """By interview: what was given in all its calls, how often it was called, and how it ended."""
        book = {}
        for report, plan in self.reports:
            entry = book.setdefault(report.interview, {"given": {}, "reports": [], "plan": plan, "contact": report.contact})
            entry["given"].update(report.given)
            entry["reports"].append(report)
            entry["end"] = report.end["outcome"] if report.end else None
        return book


def complete(book):
    return {interview: entry for interview, entry in book.items() if entry["end"] == "COMPLETE"}


def cells_of(given, region):
    """The cells that quotas.csv has for these answers, by hand."""
    age_group = "young" if int(given["age"]) < 45 else "old"
    cells = [f"{age_group}_{'men' if given['sex'] == 'm' else 'women'}", region]
    return cells + (["tenants"] if given["tenure"] == "tenant" and "rent_month" in given else [])


def check_quotas(book, cells, checks):
    over = [cell["cell"] for cell in cells if cell["completed"] + cell["in_flight"] > cell["target"]]
    checks.equal(over, [], "household-poll: no cell is over its target")
    done = complete(book)
    of_sex_and_age = [cell for cell in cells if cell["group"] == "sex_age"]
    mine = {cell["cell"]: 0 for cell in of_sex_and_age}
    for entry in done.values():
        mine[cells_of(entry["given"], "")[0]] += 1
    checks.equal({cell["cell"]: cell["completed"] for cell in of_sex_and_age}, mine,
                 "household-poll: cells of sex and age, by the interviewers' book")
    checks.that(6 <= len(done) <= 12, f"household-poll: {len(done)} of at most 12 complete")


def check_answers(book, example, checks):
    """What is stored of each complete interview is what was typed."""
    wrong = {}
    for interview, entry in complete(book).items():
        stored = dict(example.rows("SELECT question, value FROM answers WHERE interview_id = ? AND how = 'ANSWERED'",
                                   int(interview)))
        typed = {key: text.removesuffix(".50") + ".5" if text.endswith(".50") else text
                 for key, text in entry["given"].items()}
        if stored != typed:
            wrong[interview] = [stored, typed]
    checks.equal(wrong, {}, "household-poll: stored answers are those that were typed")
    ends = dict(example.rows("SELECT id, ending FROM interviews"))
    differs = {i: [ends[int(i)], e["end"]] for i, e in book.items() if e["end"] and ends[int(i)] != e["end"]}
    checks.equal(differs, {}, "household-poll: each ended as its interviewer saw it")
    appointments = [e for e in book.values() if any(r.left == "APPOINTMENT" for r in e["reports"])]
    again = [e for e in appointments if len(e["reports"]) > 1]
    repeated = [r.path for e in again for r in e["reports"][1:] if "sex" in r.path]
    checks.equal(repeated, [], "household-poll: who is called again is asked nothing twice")


def check_data(book, data, checks):
    done = complete(book)
    checks.equal(sorted(row["interview_id"] for row in data), sorted(done), "household-poll: a row for each")
    codes = {"m": "1", "f": "2", "owner": "1", "tenant": "2", "yes": "1", "neither": "2", "no": "3", "dk": "-8"}
    wrong = []
    for row in data:
        given = done.get(row["interview_id"], {}).get("given", {})
        wrong += [(row["interview_id"], key, row[key], given.get(key)) for key in WHOLE
                  if row[key] != codes.get(given.get(key), given.get(key))]
    checks.equal(wrong, [], "household-poll: the data are what was typed")


def read(folder, ending):
    with open(next(folder.glob("*" + ending)), encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def check_paradata(book, folder, checks):
    reports = [(report, entry["plan"]) for entry in book.values() for report in entry["reports"]]
    refusals = [r for r, _ in reports if r.left == "REFUSAL"]
    checks.equal(len(read(folder, "_refusals.csv")), len(refusals), "household-poll: refusals on record")
    notes = read(folder, "_notes.csv")
    mine = sum(key in r.path for r, plan in reports for key in plan.notes)
    checks.equal([row["note"] for row in notes if row["kind"] == "NOTE"], [unicodedata.normalize("NFC", NOTE)] * mine,
                 "household-poll: notes on record, in one form")
    probes = sum(key in r.path for r, plan in reports for key in plan.probes)
    checks.equal(sum(row["kind"] == "PROBE" for row in notes), probes, "household-poll: probes on record")
    rejected = [detail for r, _ in reports for _, detail in r.rejected]
    checks.that(bool(rejected) and all(rejected), f"household-poll: {len(rejected)} entries were not accepted, with a word")
