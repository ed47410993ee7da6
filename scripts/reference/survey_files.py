#!/usr/bin/env python3
"""Judges a survey's data files by readers of their own: CSV, Triple-S 2.0, DDI-Codebook 2.5, SPSS syntax.

From the sheets of a questionnaire and stored interviews it works out what every cell must be
(research/surveys.md 5.3), lets a program write all formats, reads each back and compares every value. Triple-S
and DDI are also checked against their structural rules (5.4, 5.5). SPSS syntax is run by PSPP.
"""

import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

MISSING = {"DK": -8, "REFUSED": -9}
DDI = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def fail(text):
    sys.exit("survey_files: " + text)


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def dicts_of(path):
    head, *rows = rows_of(path)
    return [dict(zip(head, row, strict=True)) for row in rows]


def choice_codes(choices):
    """{list: {choice name: code}} by the order of preference of 5.3."""
    lists = {}
    for row in choices:
        lists.setdefault(row["list_name"], []).append(row)
    codes = {}
    for name, rows in lists.items():
        plain = [r for r in rows if not r["tel::missing"]]
        if all(r["tel::code"] for r in plain):
            own = {r["name"]: int(r["tel::code"]) for r in plain}
        elif all(re.fullmatch("0|[1-9][0-9]*", r["name"]) for r in plain):
            own = {r["name"]: int(r["name"]) for r in plain}
        else:
            own = {r["name"]: place for place, r in enumerate(plain, 1)}
        own.update({r["name"]: -9 if r["tel::missing"] == "refused" else -8 for r in rows if r["tel::missing"]})
        codes[name] = own
    return codes


# Words that SPSS keeps for itself (IBM SPSS Statistics, Command Syntax Reference, variable names).
RESERVED = "all and by eq ge gt le lt ne not or to with".split()
LETTERS_MAX = 32


class Names:
    """Variable names: at most 32 ASCII letters, unique whatever the case, none of SPSS's own words."""

    def __init__(self, taken):
        self.taken = set(taken)

    def take(self, wanted, suffix=""):
        wanted = re.sub("[^A-Za-z0-9_]", "_", wanted)
        wanted = wanted if wanted[0].isalpha() else "v" + wanted
        for turn in range(1, 1000):
            end = (f"_{turn}" if turn > 1 else "") + suffix
            name = wanted[:LETTERS_MAX - len(end)] + end
            if name.lower() not in self.taken | set(RESERVED):
                self.taken.add(name.lower())
                return name
        raise AssertionError(wanted)


class Expected:
    """What the data must be: names in order, and per interview {name: text, number, list or None}."""

    def __init__(self, example):
        self.survey = dicts_of(example / "survey.csv")
        self.codes = choice_codes(dicts_of(example / "choices.csv"))
        self.interviews = json.loads((example / "interviews.json").read_text(encoding="utf-8"))
        instances = max(len({k for k, _, _ in one["answers"] if k.endswith("/spent")}) for one in self.interviews)
        self.kinds = dict.fromkeys(["case_id", "interview_id", "outcome", "aapor", "mode", "language", "started",
                                    "ended"], "text")
        self.kinds.update(attempts="number", weight_base="number", weight="number")
        self.names, self.parts = Names(self.kinds), {}
        self.keys, self.lists, inside = {}, {}, []
        for row in self.survey:
            kind, _, choices = row["type"].partition(" ")
            if kind == "begin_repeat":
                inside = [(row["name"], [])]
            elif kind == "end_repeat":
                (repeat, members), inside = inside[0], []
                for number in range(1, instances + 1):
                    for member, member_kind, member_list in members:
                        self.add(f"{repeat}{number}_{member}", f"{repeat}[{number}]/{member}", member_kind, member_list)
            elif kind != "note" and inside:
                inside[0][1].append((row["name"], kind, choices))
            elif kind != "note":
                self.add(row["name"], row["name"], kind, choices)
        self.rows = [self.row_of(one) for one in self.interviews]
        for name, kind in self.kinds.items():
            if kind == "number":
                self.free_codes(name)

    def free_codes(self, name):
        """-8 may be a temperature: then don't know is -98, and so on."""
        stored = [dict((key, value) for key, value, _ in one["answers"]).get(self.keys.get(name))
                  for one in self.interviews]
        numbers = [float(text) for text in stored if text]
        shift = next(s for s in (0, 90, 990) if not any(-9 - s <= number <= -7 - s for number in numbers))
        for row, text in zip(self.rows, stored):
            if text == "":
                row[name] -= shift

    def add(self, wanted, key, kind, choices):
        name = self.names.take(wanted)
        self.kinds[name] = {"select_one": "single", "select_multiple": "multiple", "date": "date", "time": "time",
                            "text": "text", "audio": "text"}.get(kind, "number")
        if any(isinstance(one.get("calculated", {}).get(key), str) for one in self.interviews):
            self.kinds[name] = "text"
        self.keys[name] = key
        self.lists[name] = self.codes.get(choices, {})
        if kind == "select_multiple":
            self.parts[name] = {code: self.names.take(name, f"_{code}") for code in self.lists[name].values() if code >= 0}

    def row_of(self, one):
        row = {name: one[name] for name in list(self.kinds)[:11]}
        answers = {key: (value, how) for key, value, how in one["answers"]}
        for name, key in self.keys.items():
            value, how = answers.get(key, (None, None))
            if key in one.get("calculated", {}):
                row[name] = one["calculated"][key]
            elif key == "total":  # the sum of what was spent
                value = sum(float(v) for k, (v, _) in answers.items() if k.endswith("/spent"))
                row[name] = value
            elif value is None:
                row[name] = None
            elif value == "" and self.kinds[name] in ("date", "time", "text"):
                row[name] = None
            elif value == "" and how == "NONE" and self.kinds[name] == "multiple":
                row[name] = []
            elif value == "":
                row[name] = MISSING.get(how, -7)
            elif self.kinds[name] == "single":
                row[name] = self.lists[name][value]
            elif self.kinds[name] == "multiple":
                row[name] = [self.lists[name][word] for word in value.split()]
            else:
                row[name] = float(value) if self.kinds[name] == "number" else value
        return row

    def flat(self, row):
        """{column: text or number or None}, a multiple as 0 and 1."""
        flat = {}
        for name, kind in self.kinds.items():
            if kind != "multiple":
                flat[name] = row[name]
                continue
            for code, part in self.parts[name].items():
                value = row[name]
                flat[part] = int(code in value) if isinstance(value, list) else value
        return flat


def same(found, expected):
    if expected is None:
        return found == ""
    if isinstance(expected, (int, float)):
        return found != "" and abs(float(found) - expected) < 1e-8
    return found == expected


def one_line(value):
    return re.sub(r"[\x00-\x1f]", " ", value) if isinstance(value, str) else value


def check_flat(path, expected, change):
    found = dicts_of(path)
    if len(found) != len(expected.rows):
        fail(f"{path}: {len(found)} rows")
    for row, wanted in zip(found, expected.rows):
        flat = expected.flat(wanted)
        if list(row) != list(flat):
            fail(f"{path}: columns {list(row)}, expected {list(flat)}")
        for name, value in flat.items():
            if not same(row[name], change(name, value)):
                fail(f"{path}: {name} is {row[name]!r}, expected {value!r}")


def check_csv(folder, name, expected):
    def harmless(column, value):
        is_open = isinstance(value, str) and column in expected.keys
        return "'" + value if is_open and value[0] in "=+-@\t\r\n" else value

    check_flat(folder / f"{name}.csv", expected, harmless)
    book = dicts_of(folder / f"{name}_codebook.csv")
    columns = list(expected.flat(expected.rows[0]))
    if list(dict.fromkeys(row["variable"] for row in book)) != columns:
        fail("codebook: not the variables of the data")
    for row in book:
        if columns[int(row["position"]) - 1] != row["variable"]:
            fail(f"codebook: {row['variable']} is not at {row['position']}")
    for column, key in expected.keys.items():
        if expected.kinds[column] != "single":
            continue
        found = {row["choice_name"]: int(row["code"]) for row in book if row["variable"] == column and row["choice_name"]}
        if found != expected.lists[column]:
            fail(f"codebook: {column} has {found}")


def triple_s_value(variable, text):
    """One field as its type says; checks it against `values`."""
    kind = variable.get("type")
    if text == "":
        return None
    values = variable.find("values")
    codes = [value.get("code") for value in values.findall("value")] if values is not None else []
    limits = values.find("range") if values is not None else None
    if kind == "single":
        if text not in codes:
            fail(f"triple-s: {variable.findtext('name')}: {text} is no value")
        return int(text)
    if kind == "multiple":
        if len(text) != max(int(code) for code in codes) or set(text) - {"0", "1"}:
            fail(f"triple-s: {variable.findtext('name')}: bits {text}")
        chosen = [place for place, bit in enumerate(text, 1) if bit == "1"]
        if any(str(place) not in codes for place in chosen):
            fail(f"triple-s: {variable.findtext('name')}: a bit without a value")
        return chosen
    if kind == "quantity":
        inside = float(limits.get("from")) <= float(text) <= float(limits.get("to"))
        if not inside and text not in codes:
            fail(f"triple-s: {variable.findtext('name')}: {text} outside its range")
        if len(text.partition(".")[2]) != len(limits.get("from").partition(".")[2]):
            fail(f"triple-s: {variable.findtext('name')}: decimals of {text}")
        return float(text)
    if kind in ("date", "time"):
        if not limits.get("from") <= text <= limits.get("to") or len(text) != (8 if kind == "date" else 6):
            fail(f"triple-s: {variable.findtext('name')}: {text}")
        return f"{text[:4]}-{text[4:6]}-{text[6:]}" if kind == "date" else f"{text[:2]}:{text[2:4]}"
    if len(text) > int(variable.findtext("size")):
        fail(f"triple-s: {variable.findtext('name')}: longer than its size")
    return text


def check_triple_s(folder, name, expected):
    root = ET.parse(folder / f"{name}.sss").getroot()
    if root.tag != "sss" or root.get("version") != "2.0":
        fail("triple-s: root")
    record = root.find("survey/record")
    if not re.fullmatch("[A-Z]", record.get("ident")) or record.get("format") != "csv":
        fail("triple-s: record")
    variables = record.findall("variable")
    idents = [int(v.get("ident")) for v in variables]
    names = [v.findtext("name") for v in variables]
    starts = [int(v.find("position").get("start")) for v in variables]
    uses = [v.get("use") for v in variables if v.get("use")]
    if len(set(idents)) != len(idents) or min(idents) < 1 or len({n.lower() for n in names}) != len(names):
        fail("triple-s: idents or names are not unique")
    if starts != list(range(1, len(starts) + 1)) or sorted(uses) != ["serial", "weight"]:
        fail(f"triple-s: positions {starts}, uses {uses}")
    for variable in variables:
        order = [child.tag for child in variable]
        ladder = ["name", "label", "position", "filter", "spread", "size", "values"]
        if [ladder.index(tag) for tag in order] != sorted(ladder.index(tag) for tag in order):
            fail(f"triple-s: order {order}")
        for value in variable.iter("value"):
            if variable.get("type") != "quantity" and not re.fullmatch("[1-9][0-9]*", value.get("code")):
                fail(f"triple-s: code {value.get('code')}")
        limits = variable.find("values/range")
        if limits is not None and len(limits.get("from").partition(".")[2]) != len(limits.get("to").partition(".")[2]):
            fail("triple-s: decimals of a range")
        for text in variable.iter("text"):
            if text.get(LANG) not in root.get("languages").split():
                fail("triple-s: a language that is not listed")
    back = {(row["variable"], float(row["code"])): int(row["export_code"])
            for row in dicts_of(folder / f"{name}_codes.csv")}
    skip = int(record.get("skip"))
    data = rows_of(folder / record.get("href"))[skip:]
    for fields, wanted in zip(data, expected.rows, strict=True):
        if len(fields) != len(variables):
            fail("triple-s: fields of a row")
        for variable, field, (column, value) in zip(variables, fields, wanted.items(), strict=True):
            found = triple_s_value(variable, field)
            if isinstance(found, list):
                found = [back[column, code] for code in found]
                found = found[0] if found and found[0] < 0 else found
                value = sorted(value) if isinstance(value, list) else value
            elif isinstance(found, (int, float)):
                found = back.get((column, float(found)), found)
            if found != one_line(value):
                fail(f"triple-s: {column} is {found!r}, expected {value!r}")


def check_ddi(folder, name, expected):
    root = ET.parse(folder / f"{name}.xml").getroot()
    if root.tag != DDI + "codeBook" or not root.findtext(f"{DDI}stdyDscr/{DDI}citation/{DDI}titlStmt/{DDI}titl"):
        fail("ddi: root or title")
    if [child.tag for child in root] != [DDI + part for part in ("stdyDscr", "fileDscr", "dataDscr")]:
        fail("ddi: order of the parts")
    ids = [node.get("ID") for node in root.iter() if node.get("ID")]
    if len(set(ids)) != len(ids) or any(not re.fullmatch(r"[A-Za-z_][\w.-]*", i) for i in ids):
        fail("ddi: IDs")
    data = root.find(DDI + "dataDscr")
    tags = [child.tag for child in data]
    if tags != sorted(tags, key=lambda tag: tag != DDI + "varGrp"):
        fail("ddi: varGrp stands before var")
    for node in root.iter():
        for reference in ("files", "var"):
            for one in (node.get(reference) or "").split():
                if one not in ids:
                    fail(f"ddi: {reference} names {one}")
    ladder = [DDI + tag for tag in ("labl", "qstn", "valrng", "invalrng", "universe", "catgry", "varFormat")]
    for var in data.findall(DDI + "var"):
        places = [ladder.index(child.tag) for child in var]
        if places != sorted(places):
            fail(f"ddi: order within {var.get('name')}")
        missing = {c.findtext(DDI + "catValu") for c in var.findall(DDI + "catgry") if c.get("missing") == "Y"}
        if missing != {item.get("VALUE") for item in var.iter(DDI + "item")}:
            fail(f"ddi: invalid values of {var.get('name')}")
    if [var.get("name") for var in data.findall(DDI + "var")] != list(expected.flat(expected.rows[0])):
        fail("ddi: variables")
    if root.findtext(f".//{DDI}caseQnty") != str(len(expected.rows)):
        fail("ddi: number of cases")
    check_flat(folder / root.findtext(f".//{DDI}fileName"), expected, lambda _, value: one_line(value))


def check_spss(folder, name, expected):
    check_flat(folder / f"{name}.csv", expected, lambda _, value: one_line(value))
    syntax = (folder / f"{name}.sps").read_text(encoding="utf-8")
    if any(len(line.encode()) > 256 for line in syntax.splitlines()):
        fail("spss: a line is too long")
    run = folder / "run.sps"
    run.write_text(syntax + "SAVE OUTFILE='out.sav'.\n", encoding="utf-8")
    done = subprocess.run(["pspp", "--batch", "-o", "out.txt", run.name], cwd=folder, capture_output=True, text=True)
    complaints = done.stdout + done.stderr + (folder / "out.txt").read_text(encoding="utf-8")
    if done.returncode != 0 or re.search(r"(error|warning):", complaints):
        fail("spss: PSPP says\n" + complaints)
    subprocess.run(["pspp-convert", "out.sav", "back.csv"], cwd=folder, check=True)
    labels = re.search("(?s)VARIABLE LABELS(.*?)\\.\n(VALUE LABELS|MISSING)", syntax)[1]
    for parts in expected.parts.values():  # a set of answers is read by its parts' labels
        words = [re.search(rf"\n  {part}\n((?:.* \+\n)*.*)", labels)[1] for part in parts.values()]
        if len(set(words)) != len(words):
            fail(f"spss: {list(parts.values())[:2]}… have the same label")
    found = dicts_of(folder / "back.csv")
    for row, wanted in zip(found, expected.rows, strict=True):
        for (column, text), value in zip(row.items(), expected.flat(wanted).values(), strict=True):
            text = text.strip()
            if expected.kinds.get(column) == "time":
                text = text[:5]
            if expected.kinds.get(column) == "date" and text.count("/") == 2:  # as pspp-convert writes it
                month, day, year = text.split("/")
                text = f"{year}-{month}-{day}"
            value = one_line(value)
            is_absent = text == "." and expected.kinds.get(column) != "text"
            if not same("" if is_absent else text, value.strip() if isinstance(value, str) else value):
                fail(f"spss: {column} is {text!r}, expected {value!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="PROGRAM EXAMPLE FOLDER writes all formats below FOLDER")
    parser.add_argument("--example", type=pathlib.Path, required=True, help="sheets and interviews.json")
    given = parser.parse_args()
    expected = Expected(given.example)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([given.program, given.example, folder], check=True)
        name = next((folder / "triple-s").glob("*.sss")).stem
        check_csv(folder / "csv", name, expected)
        check_triple_s(folder / "triple-s", name, expected)
        check_ddi(folder / "ddi", name, expected)
        check_spss(folder / "spss", name, expected)
    print(f"survey_files: {len(expected.rows)} interviews agree in CSV, Triple-S, DDI and SPSS")


if __name__ == "__main__":
    main()
