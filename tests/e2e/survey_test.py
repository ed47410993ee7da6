#!/usr/bin/env python3
"""What a researcher does with a questionnaire on the command line: check, draw, try, import; and what is refused."""

import argparse
import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree

import workbooks
from world import Checks, tone

DONE, VALIDATION, REJECTS, NOT_FOUND, CONFLICT = 0, 3, 4, 5, 7

# The worked example of the questionnaire language (tests/campaigns/form/example.h): expected values by hand.
SURVEY = """\
type,name,label::English (en),relevant,constraint,required,calculation,choice_filter,repeat_count,parameters,tel::keys,tel::disposition
note,hello,Good day.,,,,,,,,,
select_one yn,shop,Did you visit us this week?,,,yes,,,,,yes=1 no=2,partial
note,out,Thank you; we only ask visitors.,${shop} = 'no',,,,,,,,screened
integer,times,How many times?,,. >= 1 and . <= 3,yes,,,,,,
begin_repeat,visit,Visit,,,,,,${times},,,
decimal,spent,How much did you spend on visit number ${no}?,,. <= 500,,,,,,,
calculate,no,,,,,position(..),,,,,
end_repeat,,,,,,,,,,,
calculate,total,,,,,sum(${spent}),,,,,
select_multiple dept,dept,Which departments?,,,,,max >= ${total},,"randomize=true, seed=1",,
select_one yn,dear,Was it expensive?,${total} != 0,,,,,,,yes=1 no=2,
"""
CHOICES = """\
list_name,name,label::English (en),max,tel::fixed,tel::exclusive
yn,yes,Yes,,,
yn,no,No,,,
dept,food,Food,1000,,
dept,toys,Toys,1000,,
dept,gems,Gems,50,,
dept,none,None,1000,last,yes
"""
BACK = {"keys": {"shop": "1", "times": ["2", "1"], "visit[1]/spent": ["20*50", "*2", "30"],
                 "visit[2]/spent": ["*2", "40"], "dept": "13", "dear": "2"}}
BACK_RESULT = {"path": ["hello", "shop", "times", "visit[1]/spent", "dept", "dear"],
               "answers": {"shop": "yes", "times": "1", "visit[1]/spent": "20.5", "visit[1]/no": "1", "total": "20.5",
                           "dept": "toys gems", "dear": "no"}, "outcome": "COMPLETE", "aapor": "1.1"}
HANG_UP = {"keys": {"shop": "1", "times": ["2", "*2"], "visit[1]/spent": "", "visit[2]/spent": "0"},
           "hang_up_at": "dept"}
HANG_UP_RESULT = {"path": ["hello", "shop", "times", "visit[1]/spent", "visit[2]/spent", "dept"],
                  "answers": {"shop": "yes", "times": "2", "visit[1]/no": "1",
                              "visit[2]/spent": "0", "visit[2]/no": "2", "total": "0"},
                  "outcome": "PARTIAL", "aapor": "1.2"}


class Researcher:
    def __init__(self, binary, folder, checks):
        self.binary, self.folder, self.checks = binary, folder, checks

    def run(self, *words, typed="", environment=None):
        done = subprocess.run([str(self.binary), *map(str, words)], input=typed.encode(), capture_output=True,
                              timeout=60, check=False, env=environment, cwd=self.folder)
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def made(self, what, words, status=DONE, typed=""):
        code, out, err = self.run(*words, typed=typed)
        self.checks.equal(code, status, f"{what}: exit status ({err.strip()[:200]})")
        return out

    def refused(self, what, words, *hints, status=VALIDATION, environment=None):
        code, out, err = self.run(*words, environment=environment)
        self.checks.equal(code, status, f"{what}: exit status")
        for hint in hints:
            self.checks.that(hint in out + err, f"{what}: says \"{hint}\" ({(out + err).strip()[:240]})")

    def questionnaire(self, name, survey, choices="", settings=""):
        place = self.folder / name
        place.mkdir()
        for sheet, text in (("survey", survey), ("choices", choices), ("settings", settings)):
            if text:
                (place / f"{sheet}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def file(self, name, content):
        place = self.folder / name
        place.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return place


def takes_interviews(person):
    shop = person.questionnaire("shop", SURVEY, CHOICES)
    for name, answers, expected in (("back", BACK, BACK_RESULT), ("hang_up", HANG_UP, HANG_UP_RESULT)):
        out = person.made(name, ["survey", "run", shop, "--answers", person.file(f"{name}.json", answers), "--json"])
        person.checks.equal(json.loads(out), expected, f"{name}: path, answers and outcome")
    out = person.made("in the terminal", ["survey", "run", shop, "--tty", "--json"],
                      typed="1\n2\n20*50\n*2\n*2\n1\n13\n2\n")
    person.checks.equal(json.loads(out), BACK_RESULT, "in the terminal: the same interview by typing")
    out = person.made("the terminal's words", ["survey", "run", shop, "--tty"], typed="3\n\n2\n")
    for heard in ("Good day.", "Did you visit us this week? For Yes, press 1. For No, press 2.", "   1  Yes",
                  "That is not one of the choices.", "We did not hear your choice.", "Thank you; we only ask visitors.",
                  "SCREENED"):
        person.checks.that(heard in out, f"the terminal's words: {heard}")
    out = person.made("end of input", ["survey", "run", shop, "--tty", "--json"], typed="1\n")
    person.checks.equal(json.loads(out)["outcome"], "PARTIAL", "end of input hangs up")
    out = person.made("opting out", ["survey", "run", shop, "--tty", "--json"], typed="*9\n2\n*9\n\n")
    person.checks.equal(json.loads(out)["aapor"], "2.112", "opting out, after going on once")
    return shop


def shows_words(person):
    survey = ("type,name,label::English (en),label::Nederlands (nl),audio::English (en)\n"
              "note,hello,Good day ${contact.name}.,Dag ${contact.name}.,\n"
              "text,why,Why?,Waarom?,why.wav\n")
    place = person.questionnaire("words", survey)
    tone(place / "why.wav", 500, 2)
    out = person.made("Dutch", ["survey", "run", place, "--tty", "--language", "nl", "--contact", "name=Anna de Wit"],
                      typed="om het weer\n")
    person.checks.that("Dag Anna de Wit" in out and "Waarom?" in out and "om het weer" in out, "Dutch: what is heard")
    out = person.made("recorded", ["survey", "run", place, "--tty"], typed="because\n")
    person.checks.that("[why.wav] Why?" in out, "a recording is shown by its name and its words")
    person.refused("no such language", ["survey", "run", place, "--tty", "--language", "fr"], "en, nl")
    person.refused("no such contact", ["survey", "run", place, "--tty", "--contact", "Anna"], "COLUMN=VALUE")
    person.refused("neither file nor terminal", ["survey", "run", place], "--tty")


def hangs_up_by_ctrl_c(person, shop):
    """The line is hung up at the question that is open when the signal comes."""
    with subprocess.Popen([str(person.binary), "survey", "run", str(shop), "--tty"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        heard = b""
        while b"shop> " not in heard:
            piece = os.read(child.stdout.fileno(), 4096)
            if not piece:
                break
            heard += piece
        child.send_signal(signal.SIGINT)
        rest = child.stdout.read().decode()
        code = child.wait(timeout=30)
    person.checks.equal(code, DONE, "Ctrl-C: exit status")
    person.checks.that("REFUSED" in rest and "2.12" in rest, "Ctrl-C: is a break-off")


def checks_questionnaires(person, shop):
    report = json.loads(person.made("lint", ["survey", "lint", shop, "--json"]))
    person.checks.that(report["ok"] and not report["errors"], "lint: the example is clean")
    person.checks.equal(report["missing_prompts"], {"en": []}, "lint: nothing to translate")
    # Three visits are the most: hello, shop, times, 3 x spent, dept, dear.
    person.checks.equal(report["longest_path"], 8, "lint: the longest path")
    survey = ("type,name,label::English (en),label::Nederlands (nl),audio::English (en),relevant\n"
              "note,hello,Good day.,,hello.wav,\n"
              "integer,age,How old?,Hoe oud?,,${agge} > 1\n")
    bad = person.questionnaire("bad", survey)
    report = json.loads(person.made("lint of faults", ["survey", "lint", bad, "--json"], status=VALIDATION))
    person.checks.equal([(e["sheet"], e["row"], e["column"]) for e in report["errors"]], [("survey", 3, "relevant")],
                        "lint of faults: the place")
    silent = person.questionnaire("silent", survey.replace("${agge} > 1", ""))
    report = json.loads(person.made("lint without a recording", ["survey", "lint", silent, "--json"], status=VALIDATION))
    person.checks.equal([(e["row"], "hello.wav" in e["what"]) for e in report["errors"]], [(2, True)],
                        "lint without a recording: names it")
    tone(silent / "hello.wav", 500, 30)
    report = json.loads(person.made("lint with it", ["survey", "lint", silent, "--json"]))
    # 30 s of sound, "How old?" at 14 characters a second and 3 s to answer: 33.6 s.
    person.checks.equal(report["expected_minutes"], 0.56, "lint with it: the recording's length counts")
    person.checks.equal(report["missing_prompts"]["nl"], [{"sheet": "survey", "row": 2, "name": "hello"}],
                        "lint with it: what is not translated")
    drawing = person.folder / "flow.svg"
    report = json.loads(person.made("preview", ["survey", "preview", shop, "--out", drawing, "--json"]))
    root = xml.etree.ElementTree.parse(drawing).getroot()
    person.checks.that(root.tag.endswith("svg"), "preview: an SVG")
    person.checks.equal(report["items"], 8, "preview: eight items")


def reads_workbooks(person):
    sheets = [("Survey", list(csv.reader(SURVEY.splitlines()))), ("choices", list(csv.reader(CHOICES.splitlines()))),
              ("notes", [["whatever"]])]
    book = person.folder / "shop.xlsx"
    workbooks.write(book, sheets)
    out = person.made(".xlsx", ["survey", "run", book, "--answers", person.folder / "back.json", "--json"])
    person.checks.equal(json.loads(out), BACK_RESULT, ".xlsx: the same interview")
    broken = [row[:] for row in sheets[0][1]]
    broken.insert(3, [])
    broken[5][4] = ". >="
    workbooks.write(person.folder / "broken.xlsx", [("survey", broken), sheets[1]])
    person.refused(".xlsx with a fault", ["survey", "lint", person.folder / "broken.xlsx"],
                   "broken.xlsx, sheet survey:6: column constraint")
    workbooks.write(person.folder / "none.xlsx", [("Sheet1", [["type"]])])
    person.refused(".xlsx without sheets", ["survey", "lint", person.folder / "none.xlsx"], "has no sheet 'survey'")
    workbooks.write(person.folder / "bomb.xlsx", sheets, padding=200_000_000)
    person.refused("a zip bomb", ["survey", "lint", person.folder / "bomb.xlsx"], "unpacks to 2", "more than")
    person.file("text.xlsx", "type,name\n")
    person.refused("text as .xlsx", ["survey", "lint", person.folder / "text.xlsx"], "is no .xlsx workbook")
    bare = person.folder / "bare"
    bare.mkdir()
    person.refused("without xlsx2csv", ["survey", "lint", book], "install the package xlsx2csv",
                   environment={"PATH": str(bare)})
    one = "".join(f"{name}\n" + "".join("," + line + "\n" for line in text.splitlines())
                  for name, text in (("survey", SURVEY), ("choices", CHOICES)))
    out = person.made("one CSV", ["survey", "run", person.file("one.csv", one), "--answers",
                                  person.folder / "back.json", "--json"])
    person.checks.equal(json.loads(out), BACK_RESULT, "one CSV: the same interview")
    # The sheet's header stands in row 2 of the file, the row of `times` in row 6.
    person.refused("one CSV with a fault", ["survey", "lint", person.file("bad.csv", one.replace(". >= 1", ". >="))],
                   "bad.csv, sheet survey:6: column constraint")
    campaign = person.folder / "c.toml"
    campaign.write_text('name = "c"\nclient = "t"\nlist = "l"\npurpose = "survey"\ndial_mode = "unattended"\n'
                        'caller_id = "+16175550199"\nquestionnaire = "broken.xlsx"\n', encoding="utf-8")
    person.refused("a campaign's .xlsx", ["campaign", "check", campaign], "broken.xlsx, sheet survey:6")


def refuses_hostile_files(person, shop):
    def lint(name, *hints, survey="", choices="", status=VALIDATION):
        person.refused(name, ["survey", "lint", person.questionnaire(name, survey, choices)], *hints, status=status)

    head = "type,name,label,relevant,constraint,repeat_count,calculation\n"
    lint("cycle", "survey.csv:2", "column relevant", survey=head + "integer,a,A,${b} > 1,,,\ninteger,b,B,${a} > 1,,,\n")
    many = "list_name,name,label\n" + "".join(f"l,c{i},Choice {i}\n" for i in range(10_000))
    lint("many choices", "survey.csv:2: column type", "10000 choices", survey=head + "select_one l,a,A,,,,\n", choices=many)
    lint("many filtered choices", "10000 choices", choices=many.replace("label\n", "label,part\n").replace("Choice ", "Choice,"), status=DONE,
         survey="type,name,label,choice_filter\ninteger,n,N,\nselect_one l,a,A,part = ${n}\n")
    deep = "".join(f"begin_group,g{i},G,,,,\n" for i in range(3000))
    lint("deep groups", "survey.csv:", survey=head + deep + "note,n,N,,,,\n")
    lint("deep brackets", "survey.csv:2: column relevant", survey=head + "note,n,N," + "(" * 5000 + "1" + ")" * 5000 + ",,,\n")
    lint("huge numbers", survey=head + f"begin_repeat,r,R,,,1{'0' * 400},\ninteger,n,N,,. < {'9' * 400},,\nend_repeat,,,,,,\n",
         status=DONE)
    lint("not UTF-8", "survey.csv:3: column label", survey=head.encode() + b"note,n,N,,,,\nnote,m,\xff,,,,\n")
    person.refused("no folder", ["survey", "lint", person.folder / "nowhere"], "nowhere is not there", status=NOT_FOUND)
    for name, text, hints in (("no JSON", '{"keys":\n 1x}', ("no JSON.json:2: column 3",)),
                              ("unknown key", {"kyes": {}}, ("/kyes", "'keys'")),
                              ("unknown item", {"keys": {"shopp": "1"}}, ("/keys/shopp", "'shop'")),
                              ("wrong type", {"keys": {"shop": [1]}}, ("/keys/shop/0",)),
                              ("no object", [], ("not an object",)),
                              ("a circle", {"keys": {"shop": "1", "times": "*2"}}, ("1,000 items",))):
        person.refused(name, ["survey", "run", shop, "--answers", person.file(f"{name}.json", text)], *hints)


LIMESURVEY = """\
class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tmandatory\tother\tdefault
S\t\tlanguage\t\ten
SL\t\tsurveyls_title\t\tShop visit\t\ten
G\t0\tVisit\t1\t\t\ten
Q\tL\tvisit\t1\tDid you visit the shop this week?\tDo not read out\ten\tY\tN
A\t0\tY\t\tYes\t\ten
A\t0\tN\t\tNo\t\ten
Q\tN\ttimes\tvisit.NAOK == "Y"\tHow many times?\t\ten\tN\tN
"""
QUEXML = """\
<questionnaire id="1"><title>Shop visit</title><section>
<question><text>Did you visit the shop?</text><response varName="visit"><fixed>
<category><label>Yes</label><value>1</value></category>
<category><label>No</label><value>2</value><skipTo>end</skipTo></category></fixed></response></question>
<question><text>How often?</text><response varName="times"><free><format>integer</format></free></response></question>
<question><text>Anything else?</text><response varName="end"><free><format>text</format></free></response></question>
</section></questionnaire>
"""


def imports(person):
    for name, text, no, path in (("limesurvey", LIMESURVEY, "2", ["visit"]), ("quexml", QUEXML, "2", ["visit", "end"])):
        out = person.folder / name
        file = person.file(f"{name}.txt", text)
        report = json.loads(person.made(name, ["survey", "import", file, "--out", out, "--json"]))
        person.checks.equal(report["lost"], [], f"{name}: nothing is lost")
        person.made(f"{name}: lint", ["survey", "lint", out])
        answers = person.file(f"{name}_answers.json", {"keys": {"visit": no}})
        result = json.loads(person.made(f"{name}: run", ["survey", "run", out, "--answers", answers, "--json"]))
        person.checks.equal(result["path"], path, f"{name}: the path of a no")
        person.refused(f"{name} again", ["survey", "import", file, "--out", out], "there already", status=CONFLICT)
    lossy = person.file("lossy.txt", LIMESURVEY + "Q\tR\torder\t1\tOrder them\t\ten\n")
    person.refused("a lossy import", ["survey", "import", lossy, "--out", person.folder / "lossy"],
                   "lossy.txt:9: the question 'order' has the type R", status=REJECTS)
    bomb = '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><questionnaire>&b;</questionnaire>'
    person.refused("entities", ["survey", "import", person.file("bomb.xml", bomb), "--out", person.folder / "x"],
                   "line 1", "entities")
    person.refused("a wrong format", ["survey", "import", lossy, "--out", person.folder / "x", "--format", "quexml"],
                   "no well-formed XML")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    options = parser.parse_args()
    options.binary, options.folder = options.binary.resolve(), options.folder.resolve()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    checks = Checks()
    person = Researcher(options.binary, options.folder, checks)
    shop = takes_interviews(person)
    shows_words(person)
    hangs_up_by_ctrl_c(person, shop)
    checks_questionnaires(person, shop)
    reads_workbooks(person)
    refuses_hostile_files(person, shop)
    imports(person)
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
