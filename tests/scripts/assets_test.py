#!/usr/bin/env python3
"""The demo's files are what their makers make, and the small tools do what they say."""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from paths import ROOT
import build_times
import keypad
import make_contacts
import speech
import world


class Contacts(unittest.TestCase):
    def setUp(self):
        with open(ROOT / "demo" / "contacts.csv", encoding="utf-8", newline="") as source:
            self.header, *self.rows = csv.reader(source)

    def test_the_committed_file_is_what_the_script_makes(self):
        made = subprocess.run([sys.executable, make_contacts.__file__], capture_output=True, check=True)
        self.assertEqual(made.stdout, (ROOT / "demo" / "contacts.csv").read_bytes())

    def test_400_people_on_400_numbers_reserved_for_fiction(self):
        digits = {re.sub(r"\D", "", row[self.header.index("phone")])[-10:] for row in self.rows}
        self.assertEqual(len(self.rows), 400)
        self.assertEqual(len(digits), 400)
        for number in digits:
            self.assertRegex(number, r"^[2-9]\d\d55501\d\d$")

    def test_both_lists_come_out_of_the_split(self):
        with tempfile.TemporaryDirectory() as folder:
            counts = world.split_lists(ROOT / "demo" / "contacts.csv", pathlib.Path(folder) / "lists")
            self.assertEqual(counts, {"customers": 80, "panel": 320})
            self.assertEqual(sorted(counts), sorted(world.CAMPAIGNS))
            text = (pathlib.Path(folder) / "lists" / "panel.csv").read_text(encoding="utf-8")
            self.assertEqual(len(text.splitlines()), 321)
            self.assertNotIn("list", text.splitlines()[0])


class Questionnaire(unittest.TestCase):
    def test_the_practice_people_answer_every_question(self):
        questions, opt_out_key = keypad.read_questionnaire(ROOT / "demo" / "questionnaire")
        (ranges,) = [option for option in world.CARRIER_OPTIONS if option.startswith("answers=")]
        self.assertEqual(len(ranges.split(",")), len(questions))
        self.assertEqual(opt_out_key, world.OPT_OUT_KEY)

    def test_every_prompt_has_words(self):
        prompts = speech.questionnaire_prompts(ROOT / "demo" / "questionnaire") + speech.house_prompts(
            ROOT / "demo" / "prompts.csv")
        self.assertEqual(len({file for file, _, _ in prompts}), len(prompts))
        self.assertTrue(all(text for _, _, text in prompts))


class BuildTimes(unittest.TestCase):
    def test_the_slowest_comes_first_and_the_last_build_counts(self):
        log = "# ninja log v5\n0\t9000\t1\ta.o\tx\n0\t2000\t2\tb.o\ty\n0\t1000\t3\ta.o\tx\n"
        self.assertEqual(build_times.slowest(log, 5), [(2.0, "b.o"), (1.0, "a.o")])


if __name__ == "__main__":
    unittest.main()
