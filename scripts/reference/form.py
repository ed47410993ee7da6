#!/usr/bin/env python3
"""The questionnaire language by definition: an evaluator independent of campaigns/form.

Written from the rules of the questionnaire language (docs/guide/questionnaire.md), sharing nothing with the C++: each
value is found by asking for it, nothing is sorted or kept between commits.

  form.py run                     reads a case (JSON, one per line) on stdin, prints its result
  form.py compare --program P [--count N] [--seed S] [--expressions N]
                                  makes random questionnaires and answers, takes each by itself and by the program P
                                  (the same JSON lines), and prints the first case on which they differ

A case: {"survey": CSV, "choices": CSV, "settings": CSV, "language": "en", "contact": {}, "keys": {},
"hang_up_at": null, "now": "2026-11-22T18:30:00+01:00", "seed": 1}. A result: {"path": [], "answers": {}, "outcome": "", "aapor": ""}, or
{"error": ""}.
"""
import argparse
import csv
import decimal
import io
import json
import math
import re
import subprocess
import sys

from form_cases import Maker
from form_expressions import Scope, parse
from form_values import moment, num, number_text, row_seed, shuffle, text_seed, truth, txt

# --- the form ---

def read_csv(text):
    rows = list(csv.reader(io.StringIO(text))) if text else [[]]
    header = [h.strip() for h in rows[0]]
    return [dict(zip(header, [c.strip() for c in row])) for row in rows[1:] if any(c.strip() for c in row)]


class Form:
    def __init__(self, case):
        self.rows, self.lists, self.tree = {}, {}, {"children": [], "kind": "root", "repeats": []}
        stack = [self.tree]
        for cells in read_csv(case["survey"]):
            words = cells["type"].split()
            if words[0].startswith("end"):
                stack.pop()
                continue
            kind = {"begin_group": "group", "begin_repeat": "repeat"}.get(words[0], words[0])
            row = {"kind": kind, "list": words[1] if len(words) > 1 else None, "cells": cells, "name": cells["name"],
                   "children": [], "parent": stack[-1]}
            around = stack[-1]
            row["repeats"] = around["repeats"] + ([around["name"]] if around["kind"] == "repeat" else [])
            for column in ("relevant", "constraint", "tel::soft_constraint", "calculation", "choice_filter", "repeat_count",
                           "default"):
                text = cells.get(column, "")
                row[column] = parse(text) if text else None
            required = cells.get("required", "")
            row["required"] = required == "yes" if required in ("", "yes", "no") else parse(required)
            row["parameters"] = dict(p.split("=") for p in re.split(r"[,; ]+", cells.get("parameters", "")) if p)
            self.rows[row["name"]] = row
            stack[-1]["children"].append(row)
            if kind in ("group", "repeat"):
                stack.append(row)
        for choice in read_csv(case.get("choices", "")):
            self.lists.setdefault(choice["list_name"], []).append(choice)


# Where an expression stands that is no row's.
OUTSIDE = {"name": "", "repeats": [], "kind": "calculate", "list": None, "cells": {}, "children": []}
MUMBLED = "hm"  # said in less than the half second that counts as an answer
QUESTIONS = ("select_one", "select_multiple", "integer", "decimal", "range", "date", "time", "text", "audio")
COMMANDS = {"*": "repeat", "*2": "back", "*3": "language", "*7": "dk", "*8": "refused", "*9": "optout"}


class Done(Exception):
    pass


class Interview(Form):
    """ctx is a dict {repeat: index} of the instances around."""

    def __init__(self, case):
        super().__init__(case)
        self.case, self.seed, self.language = case, case.get("seed", 1), "en"
        self.marks, self.kept, self.memo = {}, {}, {}
        self.presented, self.count, self.silent = {}, 0, 0
        self.end = None
        self.closed = set()  # groups that a full cell has closed
        for row in self.rows.values():
            if row["kind"] in QUESTIONS and row["default"] is not None and row["default"][0] == "call":
                v = Scope(self, row, {}).eval(row["default"])
                self.kept[row["name"]] = "" if isinstance(v, float) and not math.isfinite(v) else txt(v)
        self.memo = {}
        self.keep_once()

    # what a row is

    def key(self, row, ctx):
        return "".join(f"{r}[{ctx[r]}]/" for r in row["repeats"]) + row["name"]

    def near(self, row, ctx):
        return {r: ctx[r] for r in row["repeats"]}

    def cached(self, what, row, ctx, make):
        k = what, self.key(row, ctx)
        if k not in self.memo:
            self.memo[k] = make()
        return self.memo[k]

    def exists(self, row, ctx):
        """Do the instances of ctx exist?"""
        return all(1 <= ctx[r] <= self.instances(self.rows[r], ctx) for r in row["repeats"])

    def relevant(self, row, ctx):
        def find():
            parent = row["parent"]
            if parent["kind"] != "root" and not self.relevant(parent, ctx):
                return False
            if row["name"] in self.closed:
                return False
            if row["relevant"] is not None and not truth(Scope(self, row, self.near(row, ctx)).eval(row["relevant"])):
                return False
            return not (row["list"] and not self.available(row, ctx))
        return self.cached("relevant", row, self.near(row, ctx), find)

    def instances(self, row, ctx):
        def find():
            if not self.relevant(row, ctx):
                return 0
            if row["repeat_count"] is not None:
                x = num(Scope(self, row, self.near(row, ctx)).eval(row["repeat_count"]))
                return 0 if x != x or x < 1 else int(min(x, 50))
            n = 0
            while n < 50 and self.marks.get(f"{self.key(row, ctx)}[{n + 1}]", ("", ""))[1] == "yes":
                n += 1
            return n
        return self.cached("instances", row, self.near(row, ctx), find)

    def value(self, row, ctx):
        def find():
            if not self.relevant(row, ctx):
                return ""
            if row["kind"] == "calculate":
                v = Scope(self, row, self.near(row, ctx)).eval(row["calculation"])
                return "" if isinstance(v, float) and not math.isfinite(v) else txt(v)
            if row["kind"] == "note":
                return ""
            mark = self.marks.get(self.key(row, ctx))
            if mark:
                return mark[1]
            return self.kept.get(row["name"], row["cells"].get("default", "") if row["default"] else "")
        return self.cached("value", row, self.near(row, ctx), find)

    def available(self, row, ctx):
        def find():
            choices = self.lists[row["list"]]
            if row["choice_filter"] is None:
                return choices
            near = self.near(row, ctx)
            return [c for c in choices if truth(Scope(self, row, near, choice=c).eval(row["choice_filter"]))]
        return self.cached("available", row, self.near(row, ctx), find)

    def order_seed(self, row, ctx):
        seed = row["parameters"].get("seed")
        if seed is None:
            return row_seed(self.seed, row["name"])
        if seed.startswith("${"):
            return text_seed(self.value_near(ctx, seed[2:-1]))
        return float(math.trunc(float(seed)))

    def offered(self, row, ctx):
        choices = self.available(row, ctx)
        if row["parameters"].get("randomize") != "true":
            return choices
        fixed = {w: [c for c in choices if c.get("tel::fixed", "") == w] for w in ("first", "last", "")}
        return fixed["first"] + shuffle(fixed[""], self.order_seed(row, self.near(row, ctx))) + fixed["last"]

    # what expressions ask

    def value_near(self, ctx, name):
        row = self.rows[name]
        return self.value(row, ctx) if self.exists(row, ctx) else ""

    def expand(self, repeats, ctx):
        if not repeats:
            yield dict(ctx)
            return
        row = self.rows[repeats[0]]
        for i in range(1, self.instances(row, ctx) + 1):
            yield from self.expand(repeats[1:], {**ctx, repeats[0]: i})

    def around(self, row, ctx, target):
        common = {}
        for r in target["repeats"]:
            if r not in row["repeats"]:
                break
            common[r] = ctx[r]
        return common, [r for r in target["repeats"] if r not in common]

    def reference_set(self, row, ctx, name):
        target = self.rows[name]
        common, rest = self.around(row, ctx, target)
        if not rest:
            yield self.value_near(ctx, name)
            return
        for inner in self.expand(rest, common):
            if self.relevant(target, inner):
                yield self.value(target, inner)

    def instances_near(self, row, ctx, name):
        target = self.rows[name]
        common, rest = self.around(row, ctx, target)
        return [1 for inner in self.expand(rest, common) for _ in range(self.instances(target, inner))]

    def indexed(self, ctx, name, named):
        target, inner = self.rows[name], {}
        for r in target["repeats"]:
            i = named.get(r, float(ctx.get(r, 0)))
            i = math.trunc(i) if math.isfinite(i) else 0
            if not 1 <= i <= self.instances(self.rows[r], inner):
                return ""
            inner[r] = i
        return self.value(target, inner)

    def position(self, row, ctx, levels):
        at = row
        for _ in range(levels):
            at = at["parent"]
        return ctx[at["name"]]

    def missing(self, ctx, name):
        row = self.rows[name]
        mark = self.marks.get(self.key(row, ctx)) if self.exists(row, ctx) and self.relevant(row, ctx) else None
        if mark is None:
            return "not_asked"
        if mark[0] == "answered":
            for choice in self.lists.get(row["list"], []):
                if choice["name"] == mark[1]:
                    return choice.get("tel::missing", "")
            return ""
        return "" if mark[0] in ("played", "recorded") else mark[0]

    def choice_column(self, row, choice, column):
        return choice.get("label" if column == "label" else column, "")

    def choice_label(self, name, value):
        return next((c["label"] for c in self.lists[self.rows[name]["list"]] if c["name"] == value), "")

    # the way through

    def items(self, children=None, ctx=None, around=None):
        """(key, row, ctx, index of an instance question or None) in the order of presentation."""
        if children is None:
            children, ctx = self.tree["children"], {}
        if around is not None and around["parameters"].get("randomize") == "true":
            children = shuffle(children, self.order_seed(around, ctx))
        for row in children:
            if not self.relevant(row, ctx):
                continue
            if row["kind"] == "group":
                yield from self.items(row["children"], ctx, row)
            elif row["kind"] == "repeat":
                n = self.instances(row, ctx)
                asks = row["repeat_count"] is None
                for i in range(1, n + 1):
                    if asks:
                        yield f"{self.key(row, ctx)}[{i}]", row, ctx, i
                    yield from self.items(row["children"], {**ctx, row["name"]: i})
                if asks and n < 50:
                    yield f"{self.key(row, ctx)}[{n + 1}]", row, ctx, n + 1
            elif row["kind"] != "calculate":
                yield self.key(row, ctx), row, ctx, None

    def where(self, key):
        parts = key.split("/")
        ctx = {}
        for part in parts[:-1]:
            name, index = part[:-1].split("[")
            ctx[name] = int(index)
        return self.rows[parts[-1].split("[")[0]], ctx

    def allows(self, row, ctx, value):
        if row["constraint"] is None or value == "":
            return True
        return truth(Scope(self, row, ctx, own=value).eval(row["constraint"]))

    def is_usual(self, row, ctx, value):
        rule = row["tel::soft_constraint"]
        return rule is None or value == "" or truth(Scope(self, row, ctx, own=value).eval(rule))

    def stays(self, key, how, value):
        row, ctx = self.where(key)
        if not self.exists(row, ctx) or not self.relevant(row, ctx):
            return False
        if row["kind"] == "repeat":
            return row["repeat_count"] is None and int(key[:-1].rsplit("[", 1)[1]) <= self.instances(row, ctx) + 1
        if how != "answered":
            return True
        if row["list"] and row["choice_filter"] is not None:
            left = {c["name"] for c in self.available(row, ctx)}
            if not set(value.split()) <= left:
                return False
        return self.allows(row, ctx, value)

    def commit(self, key, how, value):
        self.marks[key] = how, value
        self.overtake()

    def overtake(self):
        while True:
            self.memo = {}
            gone = [k for k, (h, v) in self.marks.items() if not self.stays(k, h, v)]
            if not gone:
                break
            for k in gone:
                del self.marks[k]
        self.keep_once()

    def keep_once(self):
        for row in self.rows.values():
            if row["kind"] == "calculate" and "once(" in row["cells"]["calculation"]:
                for ctx in self.expand(row["repeats"], {}):
                    v = self.value(row, ctx)
                    if v:
                        self.kept.setdefault(self.key(row, ctx), v)
        self.memo = {}

    def required(self, row, ctx):
        r = row["required"]
        return r if isinstance(r, bool) else truth(Scope(self, row, ctx).eval(r))

    # entries

    def read(self, row, ctx, keys):
        """("value", v), ("empty",) or ("no_match",)."""
        kind = row["kind"]
        if kind in ("text", "audio"):
            text = "" if keys == "#" else keys.strip()
            return self.check(row, ctx, text) if text else ("empty",)
        if keys.endswith("#"):
            keys = keys[:-1]
        if keys == "":
            return ("empty",)
        value = None
        if row["list"]:
            value = self.read_choices(row, ctx, keys)
        elif kind == "integer" and keys.isdigit():
            value = str(int(keys))
        elif kind in ("decimal", "range"):
            value = self.read_number(row, keys)
        elif kind == "date" and re.fullmatch(r"\d{8}", keys):
            text = f"{keys[4:]}-{keys[2:4]}-{keys[:2]}"
            value = text if moment(text) else None
        elif kind == "time" and re.fullmatch(r"\d{4}", keys) and int(keys[:2]) < 24 and int(keys[2:]) < 60:
            value = keys[:2] + ":" + keys[2:]
        return ("no_match",) if value is None else self.check(row, ctx, value)

    def check(self, row, ctx, value):
        return ("value", value) if self.allows(row, ctx, value) else ("no_match",)

    @staticmethod
    def read_number(row, keys):
        if not re.fullmatch(r"\d+(\*\d+)?", keys):
            return None
        exact = decimal.Decimal(keys.replace("*", "."))
        text = number_text(float(exact))
        if row["kind"] == "range":
            p = row["parameters"]
            start, end, step = (decimal.Decimal(p.get(k, d)) for k, d in (("start", 1), ("end", 10), ("step", 1)))
            if not start <= exact <= end or (exact - start) % step != 0:
                return None
        return text

    def read_choices(self, row, ctx, keys):
        offered = self.offered(row, ctx)
        map_ = dict(pair.split("=") for pair in row["cells"].get("tel::keys", "").split())
        by_key = {}
        for i, choice in enumerate(offered, 1):
            key = map_.get(choice["name"], "") if map_ else (str(i) if len(offered) < 10 else f"{i:02}")
            by_key[key] = choice
        width = 1 if map_ or len(offered) < 10 else 2
        if row["kind"] == "select_one":
            return by_key[keys]["name"] if keys in by_key else None
        if len(keys) % width:
            return None
        chunks = [keys[i:i + width] for i in range(0, len(keys), width)]
        if any(chunk not in by_key for chunk in chunks):
            return None
        names = {by_key[chunk]["name"] for chunk in chunks}
        chosen = [c for c in self.lists[row["list"]] if c["name"] in names]
        if len(chosen) > 1 and any(c.get("tel::exclusive", "") == "yes" for c in chosen):
            return None
        return " ".join(c["name"] for c in chosen)

    # the conversation

    def run(self):
        try:
            while True:
                self.before_next_item()
                item = next((i for i in self.items() if i[0] not in self.marks), None)
                if item is None:
                    self.finish("COMPLETE", "1.1")
                self.ask(item)
        except Done:
            return self.result()

    def before_next_item(self):
        """For what decides between two items (survey_judge.py)."""

    def finish(self, outcome, aapor, at=None):
        self.end = outcome, aapor, at
        raise Done

    def finish_early(self, at):
        partial = [r["name"] for r in self.rows.values() if r["cells"].get("tel::disposition", "") == "partial"]
        if partial:
            reached = any(self.where(k)[0]["name"] in partial for k in self.marks)
        else:
            asked = [i for i in self.items() if i[1]["kind"] in QUESTIONS]
            given = [i for i in asked if self.marks.get(i[0], ("", ""))[1]]
            need = [i for i in asked if self.required(i[1], i[2])]
            reached = bool(given) and 2 * sum(1 for i in need if i in given) >= len(need)
        self.finish("PARTIAL" if reached else "REFUSED", "1.2" if reached else "2.12", at)

    def entry(self, key):
        keys = self.case["keys"].get(key)
        if keys is None or isinstance(keys, str):
            return keys
        n = self.presented.get(key, 0)
        self.presented[key] = n + 1
        return keys[n] if n < len(keys) else None

    def ask(self, item):
        """Presents one item until it is settled or left by a command."""
        key, row, ctx, instance = item
        again, tries, repeats, pressed = key in self.marks, 0, 0, False
        retries = int(row["cells"].get("tel::retries", "") or 2)
        unusual = None  # the entry that was asked about last
        while True:
            self.count += 1
            if self.count > 1000:
                raise OverflowError
            if self.case.get("hang_up_at") == key:
                self.finish_early(key)
            keys = self.entry(key) or ""
            if "recorded" in self.case and row["kind"] in ("text", "audio"):  # {item: id}; nothing is typed
                if keys not in ("", MUMBLED):
                    return self.settle(key, "recorded", self.case["recorded"].get(key, "recording"))
                keys = ""
            if keys:
                pressed, self.silent = True, 0
            command = COMMANDS.get(keys)
            failure = None
            if command == "repeat":
                repeats += 1
                if repeats <= 5:
                    continue
                failure = "no_input"
            elif command == "back":
                before = self.before(item)
                if before[0] == key:
                    continue
                return self.ask(before)
            elif command == "language":
                continue
            elif command == "optout":
                self.finish("REFUSED", "2.112", key)
            elif row["kind"] == "note":
                if command:
                    continue
                return self.played(key, row)
            elif command and instance is None:
                return self.settle(key, command, "")
            elif keys.startswith("*") and not (row["kind"] in ("text", "audio") and len(keys) > 2):
                failure = "no_match"
            elif keys == "":
                failure = "no_input"
            elif instance is not None:
                if keys in ("1", "2"):
                    return self.settle(key, "answered", "yes" if keys == "1" else "no")
                failure = "no_match"
            else:
                what = self.read(row, ctx, keys)
                if what[0] == "value":
                    if tries < retries and what[1] != unusual and not self.is_usual(row, ctx, what[1]):
                        tries, unusual = tries + 1, what[1]
                        continue
                    return self.settle(key, "answered", what[1])
                if what[0] == "empty" and not self.required(row, ctx):
                    return self.settle(key, "none", "")
                failure = "no_match"
            if row["kind"] == "note":
                return self.played(key, row)
            tries += 1
            if tries <= retries:
                continue
            self.silent = 0 if pressed else self.silent + 1
            if self.silent >= 2:
                self.finish_early(key)
            if unusual is not None:
                return self.settle(key, "answered", unusual)
            if again:
                return None
            if instance is None and self.required(row, ctx):
                self.finish_early(key)
            return self.commit(key, failure, "")

    def played(self, key, row):
        self.commit(key, "played", "")
        end = {"screened": ("SCREENED", "4.70"), "complete": ("COMPLETE", "1.1"),
               "refused": ("REFUSED", "2.112")}.get(row["cells"].get("tel::disposition", ""))
        if end:
            self.finish(*end)

    def settle(self, key, how, value):
        self.silent = 0
        self.commit(key, how, value)

    def before(self, item):
        found = item
        for other in self.items():
            if other[0] == item[0]:
                break
            if other[0] in self.marks and other[1]["kind"] != "note":
                found = other
        return found

    def result(self):
        outcome, aapor, at = self.end
        path = [k for k, _, _, instance in self.items() if instance is None and (k in self.marks or k == at)]
        answers = {}
        for key, (_, _) in self.marks.items():
            row, ctx = self.where(key)
            value = self.value(row, ctx) if row["kind"] in QUESTIONS else ""
            if value:
                answers[key] = value
                assert self.allows(row, ctx, value), "a stored answer breaks its constraint"
        for row in self.rows.values():
            if row["kind"] == "calculate":
                for ctx in self.expand(row["repeats"], {}):
                    if self.value(row, ctx):
                        answers[self.key(row, ctx)] = self.value(row, ctx)
        return {"path": path, "answers": answers, "outcome": outcome, "aapor": aapor}


def evaluate(case):
    try:
        return Interview(case).run()
    except OverflowError:
        return {"error": "endless"}


def compare_with(program, count, expressions, seed):
    cases = [Maker(f"{seed}/{i}").case() for i in range(count)]
    cases += [Maker(f"{seed}/e{i}").expressions() for i in range(expressions)]
    text = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    answer = subprocess.run([program], input=text.encode(), stdout=subprocess.PIPE, check=True)
    lines = answer.stdout.decode().splitlines()
    if len(lines) != len(cases):
        print(f"{len(cases)} cases, but {len(lines)} results")
        return 1
    outcomes = {}
    wrong = 0
    for number, (case, line) in enumerate(zip(cases, lines)):
        theirs, mine = json.loads(line), evaluate(case)
        kind = mine.get("outcome", "endless")
        outcomes[kind] = outcomes.get(kind, 0) + 1
        if theirs != mine:
            wrong += 1
            if wrong == 1:
                print(case["survey"])
                print(json.dumps({k: v for k, v in case.items() if k not in ("survey", "choices")}, ensure_ascii=False))
                print(f"case {number} of seed {seed}\nreference: {json.dumps(mine, ensure_ascii=False)}\n"
                      f"program:   {json.dumps(theirs, ensure_ascii=False)}")
                for key in sorted(set(mine.get("answers", {})) | set(theirs.get("answers", {}))):
                    a, b = mine.get("answers", {}).get(key), theirs.get("answers", {}).get(key)
                    if a != b:
                        print(f"  {key}: reference {a!r}, program {b!r}")
    print(f"{len(cases)} cases, {wrong} differ; outcomes {outcomes}")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["run", "compare"])
    parser.add_argument("--program")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--expressions", type=int, default=100)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    sys.setrecursionlimit(20000)
    if options.what == "compare":
        return compare_with(options.program, options.count, options.expressions, options.seed)
    for line in sys.stdin:
        print(json.dumps(evaluate(json.loads(line)), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
