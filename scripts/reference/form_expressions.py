"""Expressions of the questionnaire language: parsed by a table of levels, evaluated tree by tree. Part of form.py."""
import decimal
import math
import re

from form_values import INF, NAN, date_text, draws, moment, num, row_seed, text_number, truth, txt

TOKEN = re.compile(r"""\s*(?:(?P<num>\d+(?:\.\d+)?|\.\d+)|(?P<str>'[^']*'|"[^"]*")"""
                   r"""|\$\{\s*(?P<ref>[^}]*?)\s*\}"""
                   r"""|(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)|(?P<op>\.\.(?:/\.\.)*|!=|<=|>=|[-+*=<>(),.]))""")
LEVELS = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "div", "mod"]]


def parse(source):
    tokens, at = [], 0
    source = source.rstrip()
    while at < len(source):
        m = TOKEN.match(source, at)
        if not m:
            raise ValueError("cannot read " + source[at:])
        tokens.append((m.lastgroup, m[m.lastgroup]))
        at = m.end()
    tokens.append(("end", ""))
    pos = 0

    def level(n):
        nonlocal pos
        if n == len(LEVELS):
            return unary()
        left = level(n + 1)
        while tokens[pos][1] in LEVELS[n] and tokens[pos][0] in ("op", "name"):
            op = tokens[pos][1]
            pos += 1
            left = ("bin", op, left, level(n + 1))
        return left

    def unary():
        nonlocal pos
        if tokens[pos] == ("op", "-"):
            pos += 1
            return ("neg", unary())
        kind, text = tokens[pos]
        pos += 1
        if kind == "num":
            return ("lit", float(text))
        if kind == "str":
            return ("lit", text[1:-1])
        if kind == "ref":
            return ("ref", text)
        if kind == "name":
            if tokens[pos] != ("op", "("):
                return ("col", text)
            pos += 1
            args = []
            while tokens[pos] != ("op", ")"):
                args.append(level(0))
                if tokens[pos] == ("op", ","):
                    pos += 1
            pos += 1
            return ("call", text, args)
        if text == ".":
            return ("own",)
        if text.startswith(".."):
            return ("up", text.count(".."))
        if text == "(":
            inner = level(0)
            pos += 1
            return inner
        raise ValueError("unexpected " + text)

    tree = level(0)
    if tokens[pos][0] != "end":
        raise ValueError("left over: " + str(tokens[pos:]))
    return tree


def half_up(x, places):
    if not math.isfinite(x) or x == 0:
        return x
    places = max(-400, min(400, int(places)))
    with decimal.localcontext() as context:
        context.prec = 1500
        unit = decimal.Decimal(1).scaleb(-places)
        mode = decimal.ROUND_HALF_UP if x > 0 else decimal.ROUND_HALF_DOWN
        return float(decimal.Decimal(repr(x)).quantize(unit, rounding=mode))


def compare(op, a, b):
    if op in ("=", "!="):
        if isinstance(a, bool) or isinstance(b, bool):
            same = truth(a) == truth(b)
        elif isinstance(a, float) or isinstance(b, float):
            same = num(a) == num(b)
        else:
            same = a == b
        return same if op == "=" else not same
    x, y = num(a), num(b)
    return {"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}[op]


def arithmetic(op, x, y):
    if op == "+":
        return x + y
    if op == "-":
        return x - y
    if op == "*":
        return x * y
    if op == "div":
        if y == 0:
            return NAN if x == 0 or x != x else math.copysign(INF, x) * math.copysign(1, y)
        return x / y
    try:
        return math.fmod(x, y)
    except ValueError:
        return NAN


def power(x, y):
    try:
        return math.pow(x, y)
    except OverflowError:
        return INF
    except ValueError:
        return NAN if x != 0 else INF


class Scope:
    """Where an expression stands: an interview, a row, the instances around it."""

    def __init__(self, interview, row, ctx, own=None, choice=None):
        self.iv, self.row, self.ctx, self.own, self.choice = interview, row, ctx, own, choice

    def values(self, trees):
        for tree in trees:
            if tree[0] == "ref" and not tree[1].startswith(("contact.", "tel.")):
                yield from self.iv.reference_set(self.row, self.ctx, tree[1])
            else:
                yield self.eval(tree)

    def members(self, trees):
        return map(txt, self.values(trees))

    def eval(self, t):
        kind = t[0]
        if kind == "lit":
            return t[1]
        if kind == "own":
            return self.own
        if kind == "neg":
            return -num(self.eval(t[1]))
        if kind == "col":
            return self.iv.choice_column(self.row, self.choice, t[1])
        if kind == "ref":
            if t[1].startswith("contact."):
                return self.iv.case.get("contact", {}).get(t[1][8:], "")
            if t[1] == "tel.language":
                return self.iv.language
            return self.iv.value_near(self.ctx, t[1])
        if kind == "bin":
            op = t[1]
            if op == "and":
                return truth(self.eval(t[2])) and truth(self.eval(t[3]))
            if op == "or":
                return truth(self.eval(t[2])) or truth(self.eval(t[3]))
            a, b = self.eval(t[2]), self.eval(t[3])
            if op in ("+", "-", "*", "div", "mod"):
                return arithmetic(op, num(a), num(b))
            return compare(op, a, b)
        return self.call(t[1], t[2])

    def call(self, f, a):
        def s(i):
            return txt(self.eval(a[i]))

        def n(i):
            return num(self.eval(a[i]))

        if f == "if":
            return self.eval(a[1] if truth(self.eval(a[0])) else a[2])
        if f == "coalesce":
            first = self.eval(a[0])
            return first if txt(first) not in ("", "NaN") else self.eval(a[1])
        if f == "once":
            return self.iv.kept.get(self.iv.key(self.row, self.ctx), "") or self.eval(a[0])
        if f == "selected":
            return s(1).strip() in s(0).split()
        if f == "selected-at":
            words, i = s(0).split(), n(1)
            i = math.trunc(i) if math.isfinite(i) else -1
            return words[i] if 0 <= i < len(words) else ""
        if f == "count-selected":
            return float(len(s(0).split()))
        if f == "int":
            x = n(0)
            return float(math.trunc(x)) if math.isfinite(x) else x
        if f == "round":
            places = n(1) if len(a) > 1 else 0.0
            if places != places:
                return NAN
            return half_up(n(0), max(-400.0, min(400.0, places)))
        if f == "number":
            return n(0)
        if f == "string":
            return s(0)
        if f == "boolean":
            return truth(self.eval(a[0]))
        if f == "boolean-from-string":
            return s(0) in ("1", "true")
        if f == "abs":
            return abs(n(0))
        if f == "pow":
            return power(n(0), n(1))
        if f == "sqrt":
            x = n(0)
            return math.sqrt(x) if x >= 0 else NAN
        if f in ("sum", "min", "max"):
            xs = [x for x in map(num, self.values(a)) if x == x]
            if f == "sum":
                total = 0.0
                for x in xs:
                    total += x
                return total
            return (min(xs) if f == "min" else max(xs)) if xs else NAN
        if f == "count":
            if self.iv.rows[a[0][1]]["kind"] == "repeat":
                return float(len(self.iv.instances_near(self.row, self.ctx, a[0][1])))
            return float(len(list(self.members(a))))
        if f == "count-non-empty":
            return float(sum(1 for m in self.members(a) if m))
        if f == "concat":
            return "".join(self.members(a))
        if f == "join":
            return s(0).join(self.members(a[1:]))
        if f == "contains":
            return s(1) in s(0)
        if f == "starts-with":
            return s(0).startswith(s(1))
        if f == "ends-with":
            return s(0).endswith(s(1))
        if f == "substring-before":
            return s(0).partition(s(1))[0] if s(1) and s(1) in s(0) else ""
        if f == "substring-after":
            return (s(0).partition(s(1))[2] if s(1) in s(0) else "") if s(1) else s(0)
        if f == "translate":
            source, target = s(1), s(2)
            out = ""
            for c in s(0):
                i = source.find(c)
                out += c if i < 0 else target[i:i + 1]
            return out
        if f == "normalize-space":
            return " ".join(s(0).split())
        if f == "substr":
            text = s(0)
            return text[place(n(1), len(text)):place(n(2), len(text)) if len(a) > 2 else len(text)]
        if f == "string-length":
            return float(len(s(0)))
        if f == "regex":
            return re.fullmatch(s(1), s(0)) is not None
        if f == "today":
            return self.iv.case["now"][:10]
        if f == "now":
            return self.iv.case["now"]
        if f in ("date", "format-date", "format-date-time"):
            return self.date_call(f, self.eval(a[0]), s(1) if len(a) > 1 else "")
        if f == "decimal-date-time":
            return n(0)
        if f == "decimal-time":
            found = moment("1970-01-01T" + s(0).strip()) or moment(s(0).strip())
            return NAN if found is None else found[1] / 86400
        if f == "jr:choice-name":
            return self.iv.choice_label(a[1][1][2:-1], s(0).strip())
        if f == "not":
            return not truth(self.eval(a[0]))
        if f in ("true", "false"):
            return f == "true"
        if f == "random":
            return next(draws(row_seed(self.iv.seed, self.iv.key(self.row, self.ctx))))
        if f == "missing":
            return self.iv.missing(self.ctx, a[0][1])
        if f == "position":
            return float(self.iv.position(self.row, self.ctx, a[0][1]))
        if f == "indexed-repeat":
            named = {a[i][1]: n(i + 1) for i in range(1, len(a), 2)}
            return self.iv.indexed(self.ctx, a[0][1], named)
        raise ValueError("function " + f)

    def date_call(self, f, v, pattern):
        found = moment(v.strip()) if isinstance(v, str) else None
        if found is None:
            days = num(v)
            if not math.isfinite(days) or not -719528 <= math.floor(days) <= 2932896:
                return ""
            found = math.floor(days), (days - math.floor(days)) * 86400
        y, m, d = date_text(found[0])
        if f == "date":
            return f"{y:04}-{m:02}-{d:02}"
        second = found[1]
        parts = {"Y": f"{y:04}", "y": f"{y % 100:02}", "m": f"{m:02}", "n": str(m), "d": f"{d:02}", "e": str(d),
                 "b": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[m - 1],
                 "a": "Thu Fri Sat Sun Mon Tue Wed".split()[found[0] % 7]}
        if f == "format-date-time":
            whole = int(second)
            parts.update({"H": f"{whole // 3600:02}", "h": str(whole // 3600), "M": f"{whole // 60 % 60:02}",
                          "S": f"{whole % 60:02}", "3": f"{int((second - whole) * 1000):03}"})
        return re.sub(r"%(.)", lambda g: parts.get(g[1], g[0]), pattern)


def place(x, length):
    if x != x:
        return 0
    if math.isinf(x):
        return length if x > 0 else 0
    x = math.trunc(x)
    return max(0, min(length, x + length if x < 0 else x))
