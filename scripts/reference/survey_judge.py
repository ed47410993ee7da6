"""Judges what a survey trial (scripts/survey_trial) left in its store, by form.py and quota.py alone.

Of each interview: the items that were settled, their values and the end are what the questionnaire and the keys of the
person come to when nobody is cut short; every value satisfies its constraint; nobody heard a question again that was
acknowledged as stored, and no acknowledged answer is missing. Of each cell: no more complete interviews than wanted, each
counted in the cells that its answers belong to, each place free when it was taken. What a full cell skips is closed at
the answer that settles its group, and counts nowhere. What was spoken is stored under the id of a recording that this
person made of this question.
"""
import dataclasses
import json
import re
import sqlite3

from form import OUTSIDE, QUESTIONS, Interview
from form_expressions import Scope, parse
from form_values import truth
from quota import Field

COUNTED = ["interviews", "complete", "partial", "refused", "screened", "quota_full", "resumed", "answers", "cells",
           "full cells", "skipped", "recordings", "left out"]
NOW = "2026-01-05T00:00:00+00:00"
MASK = 2**64 - 1


@dataclasses.dataclass
class Verdict:
    complaints: list
    counts: dict


def seed_of(campaign, contact):
    """SplitMix64 of campaign and contact: what is shuffled is shuffled the same at each attempt."""
    mixed = (campaign * 0x9e3779b97f4a7c15 + contact) & MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9) & MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94d049bb133111eb) & MASK
    return 1 + (mixed ^ (mixed >> 31)) % 0x7ffffffe


class Closing(Interview):
    """An interview of which full cells close groups of questions."""

    def __init__(self, case):
        super().__init__(case)
        self.closings = list(case["closings"])
        self.order = {}  # of the first presentations

    def ask(self, item):
        self.order.setdefault(item[0])
        return super().ask(item)

    def before_next_item(self):
        """case["closings"]: {"rows": those the cells of its group ask about, "cell": who is in the full one, "closes"}."""
        while True:
            following = next((i[1]["name"] for i in self.items() if i[0] not in self.marks), None)
            due = next((c for c in self.closings if all(self.is_passed(row, following) for row in c["rows"])
                        and self.is_in(c["cell"])), None)
            if due is None:
                return
            self.closings.remove(due)
            self.closed.add(due["closes"])
            self.overtake()

    def is_passed(self, name, following):
        """Of a question outside of repeats: does it need no more asking?"""
        if self.relevant(self.rows[name], {}):
            return name in self.marks
        order = list(self.rows)
        return following is None or order.index(following) > order.index(name)

    def is_in(self, cell):
        return truth(Scope(self, OUTSIDE, {}).eval(parse(cell)))


class Judge:
    def __init__(self, folder, trial):
        self.trial = trial
        self.db = sqlite3.connect(f"file:{folder / 'store.db'}?mode=ro", uri=True)
        self.complaints = []
        self.counts = dict.fromkeys(COUNTED, 0)
        self.expressions = [parse(cell["expression"]) for cell in trial["cells"]]
        heard = folder / "heard.ndjson"
        self.heard = [json.loads(line) for line in heard.read_text().splitlines()] if heard.exists() else []
        self.recorded = {(h["person"], h["item"], h["recording"]) for h in self.heard if h["what"] == "recorded"}
        self.skipped = self.skips()
        self.early = {(h["person"], h["item"]) for h in self.heard if h["what"] == "closed_early"}

    def complain(self, person, text):
        self.complaints.append(f"person {person}: {text}")

    def run(self):
        rows = self.db.execute("SELECT id, campaign_id, contact_id, ending, aapor, cause, ended_at FROM interviews "
                               "ORDER BY ended_at, id").fetchall()
        complete = []
        for row in rows:
            interview = dict(zip(("id", "campaign", "contact", "ending", "aapor", "cause", "ended"), row))
            if interview["ending"] is None:
                continue
            interview["person"] = interview["contact"] - 1
            self.judge_interview(interview)
            if interview["ending"] == "COMPLETE":
                complete.append(interview)
        if self.db.execute("SELECT count(*) FROM (SELECT 1 FROM interviews GROUP BY contact_id HAVING count(*) > 1)"
                           ).fetchone() != (0,):
            self.complaints.append("somebody has two interviews")
        self.judge_heard()
        self.judge_cells(complete)
        if self.db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            self.complaints.append("the store is damaged")
        return Verdict(self.complaints, self.counts)

    def skips(self):
        """{person: the full cells that closed a group for him}."""
        by_name = {cell["name"]: cell for cell in self.trial["cells"]}
        found = {}
        for contact, cell in self.db.execute("SELECT i.contact_id, q.cell FROM interview_quotas q JOIN interviews i "
                                             "ON i.id = q.interview_id WHERE q.standing = 'SKIPPED'"):
            found.setdefault(contact - 1, []).append(by_name[cell])
        return found

    def closing(self, cell):
        mine = [other["expression"] for other in self.trial["cells"] if other["group"] == cell["group"]]
        rows = {name for text in mine for name in re.findall(r"\$\{(\w+)\}", text)}  # no columns: they have a point
        return {"rows": sorted(rows), "cell": cell["expression"], "closes": cell["on_full"].split(":")[1]}

    def case(self, interview, marks):
        person = self.trial["people"][interview["person"]]
        return {"survey": self.trial["survey"], "choices": self.trial["choices"], "settings": "", "language": "en",
                "contact": person["contact"], "keys": person["keys"], "hang_up_at": None, "now": NOW,
                "seed": seed_of(interview["campaign"], interview["contact"]),
                "recorded": {key: value for key, (how, value) in marks.items() if how == "recorded"},
                "closings": [self.closing(cell) for cell in self.skipped.get(interview["person"], [])]}

    def stored(self, interview):
        """{item: (how, value)}, and the values that stay (once(), defaults)."""
        rows = self.db.execute("SELECT question, how, value, kept FROM answers WHERE interview_id = ?",
                               (interview["id"],)).fetchall()
        marks = {q: (how.lower(), value) for q, how, value, kept in rows if not kept}
        return marks, {q: value for q, _, value, kept in rows if kept}

    def judge_interview(self, interview):
        person, ending = interview["person"], interview["ending"]
        self.counts["interviews"] += 1
        self.counts[ending.lower()] += 1
        marks, kept = self.stored(interview)
        self.counts["answers"] += sum(1 for how, _ in marks.values() if how == "answered")
        (attempts,) = self.db.execute("SELECT count(DISTINCT attempt_id) FROM answer_changes WHERE interview_id = ?",
                                      (interview["id"],)).fetchone()
        self.counts["resumed"] += attempts > 1
        interview["expected"] = expected = Closing(self.case(interview, marks))
        result = expected.run()
        interview["seen"] = self.seen(interview, marks, kept)
        self.judge_recordings(person, marks)
        # He pressed more keys than the question takes, or the cell may have filled between his calls.
        skipped_late = person in self.skipped and attempts > 1
        if skipped_late or any(who == person for who, _ in self.early):
            self.counts["left out"] += 1
            return
        for key, mark in marks.items():
            if expected.marks.get(key) != mark:
                self.complain(person, f"{key} is {mark}, expected {expected.marks.get(key)}")
        if interview["cause"] in ("QUOTA", "HUNG_UP"):
            return
        # What was played last is put on the disk with the next answer, if one comes.
        missing = {key for key, (how, _) in expected.marks.items() if how != "played"} - set(marks)
        if missing:
            self.complain(person, f"missing: {missing}")
        if (ending, interview["aapor"]) != (result["outcome"], result["aapor"]):
            self.complain(person, f"ended {ending} {interview['aapor']}, expected {result['outcome']}")
        self.judge_path(person, [item for item in expected.order if item in result["path"]])

    def judge_recordings(self, person, marks):
        self.counts["skipped"] += len(self.skipped.get(person, []))
        for key, (how, value) in marks.items():
            self.counts["recordings"] += how == "recorded"
            if how == "recorded" and (person, key, value) not in self.recorded:
                self.complain(person, f"{key} is the recording {value}, which he never made")

    def seen(self, interview, marks, kept):
        """The reference's interview with the stored answers, which are asked for and whose constraints hold."""
        seen = Closing(self.case(interview, marks))
        seen.closed = {closing["closes"] for closing in seen.closings}
        seen.marks, seen.memo = dict(marks), {}
        seen.kept.update(kept)
        for key, (how, value) in marks.items():
            row, ctx = seen.where(key)
            if not seen.stays(key, "", value):
                self.complain(interview["person"], f"{key} is stored, and not asked for any more")
            if how == "answered" and row["kind"] in QUESTIONS and not seen.allows(row, ctx, value):
                self.complain(interview["person"], f"{key} = {value} breaks its constraint")
        return seen

    def judge_path(self, person, path):
        """What he heard, over all his calls, in the order in which it came up: what a full cell skips may
        make an earlier question relevant."""
        first = list(dict.fromkeys(h["item"] for h in self.heard
                                   if h["what"] == "presented" and h["person"] == person and h["item"] in path))
        if first != path:
            self.complain(person, f"heard {first}, expected {path}")

    def judge_heard(self):
        stored = set()
        for h in self.heard:
            at = (h["person"], h["item"])
            if h["person"] in self.skipped:  # what a skip clears is gone, and may be asked for again
                continue
            if h["what"] == "stored":
                stored.add(at)
            elif h["what"] == "presented" and at in stored:
                self.complain(h["person"], f"{h['item']} was asked again")
        kept = set(self.db.execute("SELECT i.contact_id - 1, a.question FROM answers a "
                                   "JOIN interviews i ON i.id = a.interview_id"))
        for person, item in stored - kept:
            self.complain(person, f"the answer to {item} is lost")

    def matching(self, interview):
        """The cells that the stored answers belong to."""
        return [i for i, expression in enumerate(self.expressions)
                if truth(Scope(interview["seen"], OUTSIDE, {}).eval(expression))]

    def judge_cells(self, complete):
        cells = self.trial["cells"]
        marks = {}
        for interview, cell, standing in self.db.execute("SELECT interview_id, cell, standing FROM interview_quotas"):
            marks.setdefault(interview, []).append((cell, standing))
        counts = [0] * len(cells)
        for interview in complete:
            mine = self.matching(interview)
            counted = {name for name, standing in marks.get(interview["id"], []) if standing == "COUNTED"}
            for i, cell in enumerate(cells):
                counts[i] += cell["name"] in counted
                if cell["group"] in self.closed_groups(interview):
                    if cell["name"] in counted and cell["on_full"] != "count":
                        self.complain(interview["person"], f"counts in {cell['name']}, and was skipped in its group")
                elif cell["name"] in counted and i not in mine:
                    self.complain(interview["person"], f"counts in {cell['name']}, where he does not belong")
            for group in {cell["group"] for cell in cells} - self.closed_groups(interview):
                self.judge_places(interview, group, [i for i in mine if cells[i]["group"] == group], counted)
        self.counts["cells"] += len(cells)
        # Soft cells may be overshot by what is in flight.
        field = Field([{**cell, "on_full": "count" if cell["mode"] == "soft" else cell["on_full"], "soft": False,
                        "pick": "all", "priority": 0} for cell in cells])
        for interview in complete:
            self.take_place(field, interview, marks)
        for i, cell in enumerate(cells):
            bounded = cell["on_full"] != "count"
            room = max(0, cell["target"] - cell["start"])
            self.counts["full cells"] += bounded and counts[i] >= room
            if bounded and cell["mode"] == "hard" and counts[i] > room:
                self.complaints.append(f"cell {cell['name']}: {counts[i]} interviews, {room} wanted")

    def closed_groups(self, interview):
        return {cell["group"] for cell in self.skipped.get(interview["person"], [])}

    def judge_places(self, interview, group, mine, counted):
        """Of the cells that he belongs to he counts in all, or in one where the group picks."""
        cells = self.trial["cells"]
        bounded = [cells[i]["name"] for i in mine if cells[i]["on_full"] != "count"]
        counters = [cells[i]["name"] for i in mine if cells[i]["on_full"] == "count"]
        picks = next(cell["pick"] for cell in cells if cell["group"] == group) != "all"
        taken = [name for name in bounded if name in counted]
        right = len(taken) == min(1, len(bounded)) if picks else taken == bounded
        if not right or not set(counters) <= counted:
            self.complain(interview["person"], f"counts in {counted}, belongs to {bounded + counters}")

    def take_place(self, field, interview, marks):
        """In the order of their ends each place must have been free."""
        names = [cell["name"] for cell in self.trial["cells"]]
        counted = [names.index(n) for n, standing in marks.get(interview["id"], []) if standing == "COUNTED"]
        by_group = [[i for i in counted if self.trial["cells"][i]["group"] == group] for group in field.groups]
        if field.reserve(interview["id"], 1, by_group) is not True:
            self.complain(interview["person"], "took a place that was not free")
        field.complete(interview["id"])


def judge(folder, trial):
    return Judge(folder, trial).run()
