#!/usr/bin/env python3
"""A keypad interview answered by SIPp with RFC 4733 packets captured from real phones (package sip-tester).

The scenario presses 1 (a choice) and 2, 4 (a number ended by silence; in the order of their capture, for it is one stream). Another person hangs up after the first
answer: his interview stays partial, his answer stays stored. A third presses the opt-out key.
"""

import os
import pathlib
import shutil
import sys

from world import CALLER_ID, Checks, World, arguments, free_udp_port, tone

SCENARIOS = pathlib.Path(__file__).parent / "scenarios"
PCAP = "/usr/share/sip-tester/dtmf_2833_{}.pcap"
SKIPPED = 77
# What he sends himself stands in the dialog the other way round than what he received.
KEEPS_DIALOG = """<recv request="ACK">
    <action>
      <ereg regexp=".*" search_in="hdr" header="From:" assign_to="peer"/>
      <ereg regexp=".*" search_in="hdr" header="To:" assign_to="self"/>
    </action>
  </recv>"""


def write_questionnaire(folder):
    questions = folder / "questions"
    questions.mkdir()
    for name in ("hello", "used", "trips", "thanks", "sorry"):
        tone(questions / f"{name}.wav", 500, 0.3)
    (questions / "survey.csv").write_text(
        "type,name,label,audio,constraint,tel::timeout_s,tel::retries\n"
        "note,hello,Good day.,hello.wav,,,\n"
        "select_one yn,used,Did you travel? 1 yes 2 no,used.wav,,6,1\n"
        "integer,trips,How often?,trips.wav,. >= 0 and . <= 400,2,1\n"
        "note,thanks,Thank you.,thanks.wav,,,\n", encoding="utf-8")
    (questions / "choices.csv").write_text("list_name,name,label,tel::keys\nyn,yes,Yes,1\nyn,no,No,2\n",
                                           encoding="utf-8")
    (questions / "settings.csv").write_text("form_title,form_id,tel::opt_out_key\nTravel,travel,*\n",
                                            encoding="utf-8")


def scenario(folder, name, actions):
    """The scenario of a person who does these things after the answer; (pause_ms, key or "bye")."""
    text = (SCENARIOS / "presses_keys.xml").read_text(encoding="utf-8")
    head, rest = text.split('  <pause milliseconds="1200"/>')
    tail = rest[rest.index('  <recv request="BYE"/>'):]
    middle = ""
    for pause, what in actions:
        middle += f'  <pause milliseconds="{pause}"/>\n'
        if what == "bye":
            middle += """  <send retrans="500">
    <![CDATA[
      BYE [next_url] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From:[$self]
      To:[$peer]
      Call-ID: [call_id]
      CSeq: 2 BYE
      Max-Forwards: 70
      Content-Length: 0


    ]]>
  </send>
  <recv response="200"/>
"""
            tail = "</scenario>\n"
            head = head.replace('<recv request="ACK"/>', KEEPS_DIALOG)
            head = head.replace('<recv request="INVITE" crlf="true"/>', '<recv request="INVITE" rrs="true"/>')
        else:
            middle += f'  <nop><action><exec play_pcap_audio="{PCAP.format(what)}"/></action></nop>\n'
    path = folder / f"{name}.xml"
    path.write_text(head + middle + tail, encoding="utf-8")
    return path


def interview(options, checks, name, actions):
    """One call of one contact in a world of its own; returns (stats, answers, the world's outcomes)."""
    options.folder = options.folder.parent / f"keypad_{name}"
    port = free_udp_port()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir()
    with World(options, port) as world:
        path = scenario(world.folder, name, actions)
        media = free_udp_port() & ~1
        sipp = world.start("sipp", "timeout", "60", "sipp", "-sf", path, "-i", "127.0.0.1", "-mi", "127.0.0.1",
                           "-p", port, "-mp", media, "-m", "1", "-nostdin")
        serve = world.serve()
        write_questionnaire(world.folder)
        world.import_numbers("ask", ["+12025550177"])
        world.campaign("ask", "unattended", 'questionnaire = "questions"')
        world.service.run("campaign", "start", "ask")
        stats = world.wait_finished("ask", 40, [serve])
        answers = world.rows("SELECT question, value FROM answers WHERE how = 'ANSWERED' ORDER BY at")
        checks.equal(stats["answered"], 1, f"{name}: answered")
        listed = world.service.json("dnc", "check", "+12025550177", "--client", "test", accept=(0, 6))
        sipp.stop(5)
        return stats, [list(row) for row in answers], world.outcomes(), listed, world.service.run(
            "survey", "export", "--campaign", "ask", "--format", "csv")


def main():
    options = arguments()
    if os.geteuid() != 0:
        print("SIPp sends captured packets as root only")
        return SKIPPED
    checks = Checks()

    stats, answers, outcomes, listed, export = interview(
        options, checks, "complete", [(1200, "1"), (1600, "2"), (900, "4")])
    checks.equal(answers, [["used", "yes"], ["trips", "24"]], "answers of the complete interview")
    checks.equal(outcomes, ["INTERVIEW_COMPLETE"], "its outcome")
    checks.equal(stats["interviews_complete"], 1, "complete interviews")
    checks.equal(listed["listed"], False, "not on do-not-call")
    checks.that("24" in export and "yes" in export, "the export holds the answers")

    stats, answers, outcomes, _, _ = interview(options, checks, "partial", [(1200, "2"), (900, "bye")])
    checks.equal(answers, [["used", "no"]], "answers of the one who hung up")
    checks.equal(outcomes, ["INTERVIEW_PARTIAL"], "his outcome")
    checks.equal(stats["interviews_partial"], 1, "partial interviews")

    stats, answers, outcomes, listed, _ = interview(options, checks, "opts_out", [(1200, "star")])
    checks.equal(answers, [], "answers of the one who opted out")
    checks.equal(outcomes, ["OPTED_OUT"], "his outcome")
    checks.equal(listed["listed"], True, "he is on do-not-call")
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
