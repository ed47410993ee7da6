"""Random questionnaires and answer files for form.py: each seed makes the same ones."""
import csv
import io
import random
import re

class Maker:
    KINDS = ["select_one", "select_multiple", "integer", "decimal", "range", "date", "time", "text", "note",
             "calculate", "select_one", "integer"]

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines, self.rows, self.keys = [], [], {}
        self.names = 0
        # Each answer the same at every presentation and none a command: such an interview can be cut and gone on with.
        self.steady = self.r.random() < 0.3
        self.columns = ["type", "name", "label", "relevant", "constraint", "required", "calculation", "choice_filter",
                        "repeat_count", "parameters", "default", "tel::keys", "tel::retries", "tel::disposition",
                        "tel::soft_constraint"]

    def name(self, prefix):
        self.names += 1
        return f"{prefix}{self.names}"

    def add(self, **cells):
        self.lines.append([cells.get(c.replace("tel::", "tel_"), "") for c in self.columns])

    # expressions: refs are the rows one may refer to with one value, sets those with many

    def visible(self, repeats, blocks):
        """Earlier rows that a row here may refer to: (single, many)."""
        one, many = [], []
        for row in self.rows:
            if any(g in blocks and blocks[g] != b for g, b in row["blocks"].items()):
                continue
            inside = row["repeats"] == repeats[:len(row["repeats"])]
            (one if inside else many).append(row)
        return one, many

    def leaf(self, one):
        r = self.r
        pick = r.random()
        if one and pick < 0.5:
            return "${%s}" % r.choice(one)["name"]
        if pick < 0.6:
            return "${contact.c%d}" % r.randrange(5)
        if pick < 0.8:
            return r.choice(["0", "1", "2", "3", "10", "2.5", ".5", "100", "7"])
        return r.choice(["''", "'a'", "'b c'", "'3'", "'x y z'", "\"2026-03-01\"", "'yes'", "'12:30'", "'-4'"])

    def expression(self, one, many, repeats, depth=3):
        r = self.r

        def e():
            return self.expression(one, many, repeats, depth - 1)
        pick = r.random()
        if depth <= 0 or pick < 0.12:
            return self.leaf(one)
        if pick < 0.45:
            op = r.choice(["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"])
            text = f"{e()} {op} {e()}"
            return f"({text})" if r.random() < 0.6 else text
        if pick < 0.5:
            return "-" + self.leaf(one)
        if many and pick < 0.6:
            ref = "${%s}" % r.choice(many)["name"]
            return r.choice([f"sum({ref})", f"min({ref})", f"max({ref}, {e()})", f"count({ref})",
                             f"count-non-empty({ref})", f"join('|', {ref})"])
        if repeats and pick < 0.63:
            return "position(..)" if self.direct else "1"
        call = r.choice(CALLS)
        return re.sub("@", lambda _: e(), call)

    def formula(self, repeats, blocks, depth=3):
        one, many = self.visible(repeats, blocks)
        return self.expression(one, many, repeats, depth)

    def condition(self, repeats, blocks):
        one, many = self.visible(repeats, blocks)
        simple = [row for row in one if row["kind"] not in ("note",)]
        if simple and self.r.random() < 0.7:
            row = self.r.choice(simple)
            ref = "${%s}" % row["name"]
            return self.r.choice([f"{ref} != ''", f"{ref} = 'a'", f"selected({ref}, 'b')", f"{ref} > 2", f"{ref} < 5 or {ref} = ''",
                                  f"not({ref} = 'c')", f"missing({ref}) = 'dk'" if row["asked"] else f"{ref} = 1"])
        return self.formula(repeats, blocks, 2)

    def some(self, p, make):
        return make() if self.r.random() < p else ""

    def parameters(self, repeats, blocks, p):
        if self.r.random() >= p:
            return ""
        one, _ = self.visible(repeats, blocks)
        return "randomize=true" + self.r.choice(["", " seed=%d" % self.r.randrange(-9, 99999), " seed=${%s}" % self.r.choice(one)["name"] if one else ""])

    def question(self, repeats, blocks, direct):
        r = self.r
        self.direct = direct
        kind = r.choice(self.KINDS)
        name = self.name({"note": "n", "calculate": "c"}.get(kind, "q"))
        cells = {"type": kind, "name": name, "label": name, "relevant": self.some(0.35, lambda: self.condition(repeats, blocks))}
        if kind == "calculate":
            cells["calculation"] = self.formula(repeats, blocks)
            if r.random() < 0.1:
                cells["calculation"] = f"once({cells['calculation']})"
        elif kind == "note":
            cells["tel_disposition"] = self.some(0.08, lambda: r.choice(["screened", "complete", "refused", "partial"]))
        else:
            self.fill_question(cells, kind, repeats, blocks)
        self.add(**cells)
        self.rows.append({"name": name, "kind": kind, "repeats": list(repeats), "blocks": dict(blocks),
                          "asked": kind not in ("note", "calculate")})
        self.answers(name, kind, repeats, cells)

    def fill_question(self, cells, kind, repeats, blocks):
        r = self.r
        cells["required"] = r.choice(["", "", "yes", "no", self.condition(repeats, blocks)])
        cells["tel_retries"] = r.choice(["", "", "0", "1"])
        cells["tel_disposition"] = self.some(0.06, lambda: "partial")
        if kind.startswith("select"):
            list_ = r.choice(["abc", "long", "abc"])
            cells["type"] = f"{kind} {list_}"
            cells["choice_filter"] = self.some(0.25, lambda: r.choice(["w < ", "w >= "]) + self.formula(repeats, blocks, 1))
            cells["parameters"] = self.parameters(repeats, blocks, 0.4)
            if list_ == "abc" and r.random() < 0.2:
                cells["tel_keys"] = "a=1 b=2 c=3 d=4"
        elif kind == "range":
            cells["parameters"] = r.choice(["", "start=0 end=10", "start=2;end=20;step=3", "start=0, end=2, step=0.5"])
        elif kind in ("integer", "decimal"):
            cells["constraint"] = r.choice(["", ". <= 50", ". >= 1 and . < 20", f". != {self.formula(repeats, blocks, 1)}"])
            cells["default"] = self.some(0.1, lambda: r.choice(["5", "int(random() * 10)", "${contact.c1}"]) if False else "5")
            cells["tel_soft_constraint"] = r.choice(["", "", ". < 20", f". <= {self.formula(repeats, blocks, 1)}"])
        elif kind == "text":
            cells["constraint"] = self.some(0.3, lambda: "regex(., '[a-z ]+') or string-length(.) > 3")

    def entry(self, kind, cells):
        r = self.r
        noise = 1 if self.steady else r.random()
        if noise < 0.07:
            return r.choice(["", "#", "*", "*2", "*2", "*7", "*8", "*5", "99", "*3"])
        if noise < 0.08:
            return "*9"
        if kind == "select_one":
            return r.choice("1234") if "long" not in cells["type"] else r.choice(["01", "02", "11", "3", "05"])
        if kind == "select_multiple":
            if "long" in cells["type"]:
                return r.choice(["0102", "11", "030405#", "010", "12"])
            return "".join(r.choice("1234") for _ in range(r.randrange(1, 3))) + r.choice(["", "#"])
        if kind == "integer":
            return str(r.choice([0, 1, 2, 3, 7, 15, 40, 60, 100])) + r.choice(["", "#"])
        if kind == "decimal":
            return r.choice(["0*5", "2", "12*50", "007", "3*", "*5", "20*25#"])
        if kind == "range":
            return r.choice(["0", "1", "2", "5", "8", "10", "1*5", "20"])
        if kind == "date":
            return r.choice(["01032026", "31022026", "29022024", "2026"])
        if kind == "time":
            return r.choice(["0930", "2359", "2400", "930"])
        if kind == "text":
            return r.choice(["hello", "a b", "x1", "Ж", " padded "])
        return r.choice(["1", "2", "1", "9"])

    def answers(self, name, kind, repeats, cells):
        keys = [""]
        for repeat in repeats:
            keys = [f"{k}{repeat}[{i}]/" for k in keys for i in (1, 2, 3)]
        for key in keys:
            if kind in ("note", "calculate"):
                if kind == "note" and not self.steady and self.r.random() < 0.03:
                    self.keys[key + name] = self.r.choice(["*2", "1", "*", "*9"])
            elif self.r.random() < 0.93:
                n = 0 if self.steady else self.r.choice([0, 0, 1, 2, 3, 4])
                entries = [self.entry(kind, cells) for _ in range(max(1, n))]
                self.keys[key + name] = entries[0] if n == 0 else entries

    def block(self, repeats, blocks, depth, direct):
        r = self.r
        pick = r.random()
        if depth > 0 and pick < 0.16:
            name = self.name("g")
            self.direct = direct
            shuffled = self.parameters(repeats, blocks, 0.4)
            self.add(type="begin_group", name=name, label=name, parameters=shuffled,
                     relevant=self.some(0.4, lambda: self.condition(repeats, blocks)))
            for i in range(r.randrange(1, 4)):
                self.block(repeats, {**blocks, name: i} if shuffled else blocks, depth - 1, False)
            self.add(type="end_group")
        elif depth > 0 and len(repeats) < 2 and pick < 0.28:
            self.repeat(repeats, blocks, depth, direct)
        else:
            self.question(repeats, blocks, direct)

    def repeat(self, repeats, blocks, depth, direct):
        name = self.name("r")
        self.direct = direct
        count = self.r.choice(["2", "3", self.formula(repeats, blocks, 1) + " mod 4", ""])
        self.add(type="begin_repeat", name=name, label=name, repeat_count=count,
                 relevant=self.some(0.3, lambda: self.condition(repeats, blocks)))
        if count == "":
            keys = [""]
            for r in repeats:
                keys = [f"{k}{r}[{i}]/" for k in keys for i in (1, 2, 3)]
            for key in keys:
                for i in (1, 2, 3, 4):
                    self.keys[f"{key}{name}[{i}]"] = self.r.choice(["1", "1", "2"]) if i < 3 else "2"
        for _ in range(self.r.randrange(1, 4)):
            self.block(repeats + [name], blocks, depth - 1, True)
        self.add(type="end_repeat")

    def case(self):
        r = self.r
        for _ in range(r.randrange(2, 14)):
            self.block([], {}, 3, False)
        self.add(type="integer", name="last", label="last")
        self.keys["last"] = "1"
        return self.finish()

    def finish(self):
        r = self.r
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.lines)
        choices = "list_name,name,label,w,tel::fixed,tel::exclusive,tel::missing\n"
        choices += "abc,a,Ay,1,,,\nabc,b,Bee,3,first,,\nabc,c,Cee,5,,yes,\nabc,d,Dee,,last,,dk\n"
        choices += "".join(f"long,l{i},L{i},{i % 7},,,\n" for i in range(12))
        words = ["", "0", "3", "-2.5", "abc", "2024-02-29", "true", "a b", "1e3"]
        return {"survey": out.getvalue(), "choices": choices, "settings": "", "language": "en",
                "contact": {f"c{i}": r.choice(words) for i in range(5)}, "keys": self.keys,
                "hang_up_at": None if self.steady else r.choice([None, None, None, r.choice(list(self.keys))]),
                "now": "2026-11-22T18:30:00+01:00", "seed": r.randrange(1, 2147483647)}

    def expressions(self):
        """A form that asks little and calculates much."""
        for kind in ("integer", "decimal", "text", "date", "select_multiple"):
            self.question_of(kind)
        self.direct = False
        self.add(type="begin_repeat", name="r", label="r", repeat_count="3")
        self.add(type="decimal", name="s", label="s")
        self.rows.append({"name": "s", "kind": "decimal", "repeats": ["r"], "blocks": {}, "asked": True})
        self.answers("s", "decimal", ["r"], {"type": "decimal"})
        self.add(type="end_repeat")
        for _ in range(25):
            name = self.name("c")
            self.add(type="calculate", name=name, calculation=self.formula([], {}, 4))
        self.add(type="integer", name="last", label="last")
        return {**self.finish(), "hang_up_at": None}

    def question_of(self, kind):
        name = self.name("q")
        cells = {"type": kind + (" abc" if kind.startswith("select") else ""), "name": name, "label": name}
        self.add(**cells)
        self.rows.append({"name": name, "kind": kind, "repeats": [], "blocks": {}, "asked": True})
        self.answers(name, kind, [], cells)


CALLS = ["if(@, @, @)", "coalesce(@, @)", "selected(@, @)", "selected-at(@, @)", "count-selected(@)", "int(@)", "round(@)",
         "round(@, 1)", "round(@, -1)", "number(@)", "string(@)", "boolean(@)", "boolean-from-string(@)", "abs(@)",
         "pow(@, 2)", "sqrt(@)", "min(@, @)", "max(@, @, @)", "concat(@, @)", "join(',', @, @)", "contains(@, @)",
         "starts-with(@, @)", "ends-with(@, @)", "substring-before(@, 'b')", "substring-after(@, ' ')",
         "translate(@, 'abc', 'xy')", "normalize-space(@)", "substr(@, 1)", "substr(@, -2, @)", "string-length(@)",
         "regex(@, '[a-z]+')", "date(@)", "format-date(@, '%Y/%n/%e %a %b')", "format-date-time(@, '%H:%M:%S.%3 %h')",
         "decimal-date-time(@)", "decimal-time(@)", "not(@)", "true()", "false()", "today()", "now()", "random()",
         "sum(@, @)"]
