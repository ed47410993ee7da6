#!/usr/bin/env python3
"""The demo's last words: sums, and no agreement without agreement."""

import io
import unittest

import paths  # noqa: F401
import report

CUSTOMERS = {**dict.fromkeys(report.KEYS, 1), "contacts": 100, "left": 40, "alive": 6, "attempts": 5}
PANEL = {**dict.fromkeys(report.KEYS, 2), "contacts": 300, "left": 0, "alive": 0, "attempts": 10}
SEEN = {"inbound": 1, "recording": {"seconds": 3.2, "file": "/tmp/x/1.wav"}}
STATS = {"customers": CUSTOMERS, "panel": PANEL}


def comparison(**changes):
    counted = {key: CUSTOMERS[key] + PANEL[key] for key in report.KEYS}
    return {"figures": {**counted, **changes}, "complaints": [], "reconciled": True,
            "detection": {"people": 9, "people_taken_for_machines": 1, "machines": 5, "machines_found": 4,
                          "tones": 3, "tones_found": 2},
            "carrier": {"invites": 15, "answered": 3, "cancelled": 3, "keys": 9}}


class Report(unittest.TestCase):
    def test_figures_are_sums_in_the_promised_order(self):
        figures = report.figures(400, STATS, comparison())
        self.assertEqual(list(figures), [*report.KEYS, "reconciled"])
        self.assertEqual((figures["attempts"], figures["busy"], figures["reconciled"]), (15, 3, True))

    def test_a_figure_that_the_rows_do_not_give_is_no_agreement(self):
        other = comparison(answers=4)
        figures = report.figures(400, STATS, other)
        self.assertFalse(figures["reconciled"])
        text = report.text(STATS, figures, other, {"actions": 7}, "/tmp/x", SEEN)
        self.assertIn("answers: the service says 3, its rows give 4", text)
        self.assertIn("do not agree", text)

    def test_the_detectors_errors_stand_beside_what_it_found(self):
        text = report.text(STATS, report.figures(400, STATS, comparison()), comparison(), {"actions": 7}, "/tmp/x", SEEN)
        self.assertIn("4 of 5 machines found, 1 of 9 people taken for machines, 2 of 3 network tones", text)

    def test_a_complaint_is_no_agreement(self):
        other = {**comparison(), "complaints": ["attempt 1 differs"], "reconciled": False}
        figures = report.figures(400, STATS, other)
        self.assertFalse(figures["reconciled"])
        self.assertIn("attempt 1 differs", report.text(STATS, figures, other, {"actions": 7}, "/tmp/x", SEEN))

    def test_progress_is_for_terminals_only(self):
        stream = io.StringIO()
        report.Progress(stream).show(3, STATS)
        self.assertEqual(stream.getvalue(), "")
        stream.isatty = lambda: True
        report.Progress(stream).show(3, STATS)
        self.assertIn("customers 60/100 done, 6 on the line, 1 answered", stream.getvalue())


if __name__ == "__main__":
    unittest.main()
