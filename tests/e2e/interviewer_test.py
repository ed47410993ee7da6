#!/usr/bin/env python3
"""Interviews by an interviewer over the API: answers, going back, what is not accepted, notes and probes, a part by keypad
and back, an appointment that goes on where it stood, a refusal for good, and a person who hangs up.

The person's voice is a tone of his own (Python carrier), and so is the agent's (baresip), so that it is heard that the
agent is away while keys are pressed.
"""

import csv
import sys
import time

from agent_leg_test import write_phone
from interviewer import Interviewer, Plan, Refused
from python_carrier import Carrier
from world import Checks, World, arguments, free_udp_port, loudest_share, share_of_windows, tone, wait_until

PERSON_HZ, AGENT_HZ = 1000, 700
CLEAR, ABSENT = 0.6, 0.05
WHOLE, LATER, NEVER, GONE = (f"+1202555010{n}" for n in range(1, 5))

SURVEY = """\
type,name,label::English (en),label::Nederlands (nl),hint::English (en),guidance_hint::English (en),constraint,constraint_message::English (en),constraint_message::Nederlands (nl),required,tel::disposition
note,hello,Good day.,Goedendag.,Say your name.,,,,,,
select_one yn,used,Did you use the ferry?,Hebt u de veerboot gebruikt?,,In the last month?,,,,yes,partial
integer,trips,How many trips?,Hoeveel reizen?,,,. <= 9,Nine at most.,Hooguit negen.,yes,
select_one band,income,"What is your income, one to three?","Wat is uw inkomen, een tot drie?",,,,,,yes,
text,why,Why so?,Waarom?,,,,,,,
note,thanks,Thank you. Goodbye.,Dank u wel.,,,,,,,
"""
CHOICES = """\
list_name,name,label::English (en),label::Nederlands (nl),tel::key
yn,yes,Yes,Ja,1
yn,no,No,Nee,2
band,low,Low,Laag,1
band,middle,Middle,Midden,2
band,high,High,Hoog,3
"""
MORE = """\
questionnaire = "ferry"
safe_harbour = "sorry.wav"
wrap_up = "1s"
"""


class Office:
    """One interviewer with his phone, and the people he is put through to, in the order of the list."""

    def __init__(self, world, carrier, checks):
        self.world, self.carrier, self.checks = world, carrier, checks
        self.page = Interviewer(world.folder / "s", "ann")

    def set_up(self):
        folder = self.world.folder / "ferry"
        folder.mkdir()
        (folder / "survey.csv").write_text(SURVEY, encoding="utf-8")
        (folder / "choices.csv").write_text(CHOICES, encoding="utf-8")
        self.world.import_numbers("talk", [WHOLE, LATER, NEVER, GONE])
        self.world.campaign("talk", "progressive", MORE, attempts=3)
        added = self.world.service.json("agent", "add", "ann", "--client", "test")
        phone = write_phone(self.world.folder, free_udp_port(), self.world.sip_port, added["user"], added["password"])
        tone(phone / "microphone.wav", AGENT_HZ, 240.0)
        self.world.start("baresip", "baresip", "-4", "-f", phone)
        wait_until(lambda: "ann" in self.world.service.json("status")["telephony"]["registered"], 20, "the phone",
                   self.world.programs)
        self.world.service.run("agent", "signin", "ann", "--campaign", "talk", "--ready")
        self.world.service.run("campaign", "start", "talk")

    def put_through(self, numbers):
        """Whoever of these is next, and his page."""
        view = self.page.wait(40)
        self.checks.that(view is not None, f"somebody is put through: {numbers}")
        asked = self.world.rows("SELECT digits FROM numbers n JOIN contacts c ON c.number_id = n.id WHERE c.id = ?",
                                int(view["contact"]))[0][0]
        self.checks.that(f"+{asked}" in numbers, "and it is somebody whose turn it is")
        return f"+{asked}", view

    def line(self):
        return list(self.carrier.calls.values())[-1]

    def heard_since(self, begin):
        return self.line().heard[begin:]

    def lead(self, number, what):
        found = self.world.service.json("lead", "find", number)["leads"][0]["id"]
        return self.world.service.json("lead", what, found)

    def answers(self, interview):
        return dict(self.world.rows("SELECT question, value FROM answers WHERE interview_id = ? AND value <> '' "
                                    "AND question NOT LIKE 'tel.%'",
                                    int(interview)))

    def refused(self, status, what, **body):
        try:
            self.page.act(what, **body)
        except Refused as refused:
            self.checks.equal(refused.status, status, f"{what} {body}: refused")
            return refused.detail
        self.checks.that(False, f"{what} {body}: is refused")
        return ""


def takes_a_whole_interview(office):
    checks, page = office.checks, office.page
    _, view = office.put_through([WHOLE])
    checks.equal((view["mode"], view["item"]["key"], view["item"]["hint"]), ("interviewer", "hello", "Say your name."),
                 "the first item")
    office.refused(409, "answer", item="used", text="1")
    page.act("answer", item="hello", text="")
    view = page.view()
    checks.equal([c["label"] for c in view["item"]["choices"]], ["Yes", "No"], "choices to read out")
    checks.equal((view["item"]["probe"], view["settled"], view["open"]), ("In the last month?", 0, 4), "what is left")
    page.act("note", item="used", probe=True)
    page.act("answer", item="used", text="2")
    page.act("order", order="back")
    view = page.view()
    checks.equal((view["item"]["key"], view["item"]["value"]), ("used", "no"), "back, with what was said")
    page.act("answer", item="used", text="yes")
    checks.equal(office.refused(422, "answer", item="trips", text="12"), "Nine at most.", "the constraint's words")
    checks.equal(page.view().get("rejected"), "Nine at most.", "and on the page")
    page.act("order", order="language")
    checks.equal(page.view()["item"]["text"], "Hoeveel reizen?", "in another language")
    checks.equal(office.refused(422, "answer", item="trips", text="12"), "Hooguit negen.", "its words, too")
    page.act("answer", item="trips", text="4")
    page.act("note", item="income", note="Zoe\u0308 laughs")
    office.checks.that(page.view().get("rejected") is None, "nothing is refused any more")
    time.sleep(1.0)
    by_keypad_and_back(office)
    page.act("answer", item="why", text="cafe\u0301 on board")
    page.act("answer", item="thanks", text="")
    wait_until(lambda: "end" in (page.view() or {"end": 1}), 5, "the end")
    view = page.view()
    checks.equal((view["end"]["outcome"], view["end"]["aapor"]), ("COMPLETE", "1.1"), "complete, and he is still there")
    page.hang_up()
    checks.equal(office.answers(view["interview"]),
                 {"used": "yes", "trips": "4", "income": "middle", "why": "caf\u00e9 on board"}, "the answers on record")


def by_keypad_and_back(office):
    """The person hears prompts and not the agent, and presses 2; then the agent has him back."""
    checks, page, line = office.checks, office.page, office.line()
    checks.that(loudest_share(line.heard[-8000:], AGENT_HZ) > CLEAR, "the person hears the agent")
    page.act("order", order="keypad")
    time.sleep(0.4)
    begin = len(line.heard)
    checks.equal(page.view()["mode"], "keypad", "by keypad")
    time.sleep(1.2)
    away = office.heard_since(begin)
    checks.that(len(away) > 4000 and max(share_of_windows(away, AGENT_HZ, 1600)) < ABSENT, "the agent is not heard now")
    line.press("2")
    wait_until(lambda: page.view()["item"]["key"] == "why", 10, "the answer by key")
    page.act("order", order="return")
    checks.equal(page.view()["mode"], "interviewer", "the agent asks again")
    time.sleep(0.4)
    begin = len(line.heard)
    time.sleep(1.0)
    checks.that(loudest_share(office.heard_since(begin), AGENT_HZ) > CLEAR, "and is heard")


def keeps_an_appointment(office):
    """He has no time, is called again, and is asked nothing twice."""
    keys = {"hello": "", "used": "1", "trips": "3#", "income": "1", "why": "so"}
    first = office.page.conduct(office.put_through([LATER])[1], Plan(keys, appointments={"trips": "+3s"}))
    office.checks.equal((first.path, first.left), (["hello", "used", "trips"], "APPOINTMENT"), "an appointment at trips")
    return first, keys


def meets_it(office, view, first, keys):
    second = office.page.conduct(view, Plan(keys))
    office.checks.equal(second.interview, first.interview, "one interview over two calls")
    office.checks.that("used" not in second.path and "trips" in second.path, f"which goes on: {second.path}")
    office.checks.equal(second.end and second.end["outcome"], "COMPLETE", "to its end")
    office.checks.equal(office.answers(first.interview), {"used": "yes", "trips": "3", "income": "low", "why": "so"},
                        "with all answers")


def takes_a_refusal(office, view):
    body = {"who": "household", "when": "introduction", "strength": "hard", "reason": "no surveys", "note": "the son",
            "do_not_call": True}
    report = office.page.conduct(view, Plan({}, refusals={"used": body}))
    office.checks.equal(report.left, "REFUSAL", "refused at the second item")
    office.checks.equal(report.end and (report.end["outcome"], report.end["aapor"]), ("REFUSED", "2.111"), "its code")
    checked = office.world.service.json("dnc", "check", NEVER, "--client", "test", accept=(0, 6))
    office.checks.that(checked["listed"], "his number is on do-not-call")
    refusals = office.lead(NEVER, "history")["refusals"]
    office.checks.equal([{k: r[k] for k in body} for r in refusals],
                        [{**body, "who": "HOUSEHOLD", "when": "INTRODUCTION", "strength": "HARD"}], "in his history")
    office.checks.equal(len(office.lead(NEVER, "why")["refusals"]), 1, "and in why")


def is_left(office, view):
    """The person hangs up in the middle."""
    page = office.page
    page.act("answer", item="hello", text="")
    page.act("answer", item="used", text="2")
    office.carrier.hang_up(office.line())
    wait_until(lambda: page.view() is None, 10, "the call to be over")
    office.checks.equal(office.answers(view["interview"]), {"used": "no"}, "what he said is kept")
    partial = "SELECT 1 FROM interviews WHERE id = ? AND ending = 'PARTIAL'"
    wait_until(lambda: office.world.rows(partial, int(view["interview"])), 5, "a partial interview")
    try:
        page.act("answer", item="trips", text="1")
        office.checks.that(False, "nobody is there to answer")
    except Refused as refused:
        office.checks.that(refused.status in (404, 409), f"nobody is there to answer: {refused}")


def is_exported(office):
    out = office.world.folder / "out"
    office.world.service.run("survey", "export", "--campaign", "talk", "--format", "paradata", "--out", out)
    with open(next(out.glob("*_notes.csv")), encoding="utf-8", newline="") as rows:
        notes = [(row["item"], row["kind"], row["note"]) for row in csv.DictReader(rows)]
    office.checks.equal(notes, [("used", "PROBE", ""), ("income", "NOTE", "Zo\u00eb laughs")], "notes as paradata")
    with open(next(out.glob("*_refusals.csv")), encoding="utf-8", newline="") as rows:
        refusals = [(row["who"], row["strength"], row["do_not_call"]) for row in csv.DictReader(rows)]
    office.checks.equal(refusals, [("HOUSEHOLD", "HARD", "1")], "refusals as paradata")
    notes = office.lead(WHOLE, "history")["notes"]
    office.checks.equal([n["note"] for n in notes], ["", "Zo\u00eb laughs"], "notes in the lead's history")


def main():
    options = arguments()
    checks = Checks()
    with Carrier(hertz=PERSON_HZ, seconds=120.0, sends_bye=False) as carrier, World(options, carrier.port) as world:
        office = Office(world, carrier, checks)
        world.serve()
        office.set_up()
        takes_a_whole_interview(office)
        promised = keeps_an_appointment(office)
        # The appointment comes before the others, or between them.
        left = {NEVER: takes_a_refusal, GONE: is_left, LATER: lambda office, view: meets_it(office, view, *promised)}
        while left:
            number, view = office.put_through(left)
            left.pop(number)(office, view)
        is_exported(office)
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
