"""Random questionnaires with quotas, and people who answer them (scripts/survey_trial): each seed makes the same ones."""
import random

from form import MUMBLED, Form, evaluate
from form_cases import Maker

REDRAWN = 25  # keys, so that most people come to the end
WORDS = ["", "0", "3", "-2.5", "abc", "2024-02-29", "true", "a b", "1e3"]


class TrialMaker:
    """One trial: {"survey", "choices", "settings", "quotas", "cells": [], "people": [{"keys", "contact", "hang_up_at"}]}."""

    def __init__(self, seed):
        self.seed = seed

    def trial(self, people):
        for version in range(1000):
            maker = SteadyMaker(f"{self.seed}/{version}")
            case = maker.case()
            if "now()" not in case["survey"] and "today()" not in case["survey"]:  # a later attempt has another day
                break
        r = random.Random(f"people/{self.seed}")
        cells = Cells(r, maker.rows, people, groups_of(case)).make()
        hold = r.choice(["", "", "120"])
        return {"survey": case["survey"], "choices": case["choices"], "cells": cells, "quotas": sheet(cells),
                "settings": f"form_id,tel::quota_hold_s\ntrial,{hold}\n",
                "people": [self.person(maker, case, r) for _ in range(people)]}

    @staticmethod
    def person(maker, case, r):
        maker.r, maker.keys = r, {}
        for asked in maker.asked:
            maker.answer_again(*asked)
        keys = {**maker.keys, **maker.repeats, "last": "1"}
        kinds = {name: (kind, cells) for name, kind, _, cells in maker.asked}
        contact = {f"c{i}": r.choice(WORDS) for i in range(5)}
        for _ in range(REDRAWN if r.random() < 0.9 else 0):
            result = evaluate({**case, "contact": contact, "keys": keys, "hang_up_at": None, "recorded": {}})
            ended_at = result["path"][-1].split("/")[-1] if result["path"] else ""
            if result["outcome"] in ("COMPLETE", "SCREENED") or ended_at not in kinds:
                break
            keys[result["path"][-1]] = maker.entry(*kinds[ended_at])
        hang_up_at = r.choice(list(keys)) if r.random() < 0.3 else None
        return {"keys": keys, "contact": contact, "hang_up_at": hang_up_at}


class SteadyMaker(Maker):
    """Everybody presses the same keys whenever he hears a question, and always some: such an
    interview can be cut at any moment and comes to the same end. What is asked for as text is spoken."""

    def __init__(self, seed):
        super().__init__(seed)
        self.steady = True
        self.asked = []

    def answers(self, name, kind, repeats, cells):
        self.asked.append((name, kind, list(repeats), dict(cells)))

    def entry(self, kind, cells):
        if kind == "text":
            return self.r.choice(["hello", "a b", "Ж", "no", MUMBLED])
        return super().entry(kind, cells)

    def case(self):
        made = super().case()
        self.repeats = dict(self.keys)  # whether there is another instance
        return made

    def answer_again(self, name, kind, repeats, cells):
        keys = [""]
        for repeat in repeats:
            keys = [f"{k}{repeat}[{i}]/" for k in keys for i in (1, 2, 3)]
        for key in keys:
            if kind not in ("note", "calculate"):
                self.keys[key + name] = self.entry(kind, cells)


class Cells:
    """Random quotas over the columns of the list and the questions outside of repeats."""

    def __init__(self, r, rows, people, groups):
        self.r, self.people, self.groups = r, people, groups
        self.single = [row for row in rows if row["asked"] and not row["repeats"]]
        self.cells = []

    def conditions(self):
        """Expressions that share people out among the cells of a group."""
        r = self.r
        if not self.single or r.random() < 0.35:
            column = "${contact.c%d}" % r.randrange(5)
            return r.choice([[f"{column} = 'abc'", f"{column} != 'abc'"], [f"{column} > 0", f"not({column} > 0)"],
                             [f"contains({column}, '2')", f"{column} = ''", "true()"]])
        ref = "${%s}" % r.choice(self.single)["name"]
        other = "${%s}" % r.choice(self.single)["name"]
        return r.choice([[f"{ref} = 'a'", f"{ref} != 'a'"], [f"{ref} < 5", f"{ref} >= 5", f"{ref} = ''"],
                         [f"{ref} = '' and {other} = ''", f"{ref} != '' or {other} != ''"],
                         [f"selected({ref}, 'b')", f"missing({ref}) != ''"]])

    def make(self):
        r = self.r
        for group in range(r.randrange(1, 4)):
            pick = r.choice(["all", "all", "first", "least_full"])
            for i, expression in enumerate(self.conditions()):
                on_full = r.choice(["end", "end", "screen", "count", "skip", "skip"])
                if on_full == "skip":
                    on_full = f"skip:{r.choice(self.groups)}" if self.groups else "end"
                self.cells.append({
                    "name": f"cell{group}_{i}", "group": f"group{group}", "expression": expression, "pick": pick,
                    "target": r.randrange(1, max(2, self.people // 2)), "start": r.choice([0, 0, 0, 1]),
                    "on_full": on_full, "mode": r.choice(["hard", "hard", "hard", "soft"])})
        return self.cells


def groups_of(case):
    """Names of the groups of questions outside of repeats."""
    return [row["name"] for row in Form(case).rows.values() if row["kind"] == "group" and not row["repeats"]]


def sheet(cells):
    columns = ["name", "group", "expression", "target", "start", "pick", "on_full", "mode"]
    lines = [",".join(columns)]
    for cell in cells:
        bare = [str(cell[c]) for c in columns]
        lines.append(",".join('"' + text.replace('"', '""') + '"' if "," in text else text for text in bare))
    return "\n".join(lines) + "\n"
