#!/usr/bin/env python3
"""Answer detection held against the carrier's truth, on calls whose figures are plain to see."""

import unittest

import paths  # noqa: F401
import books
import detection


def pair(party, verdict, heard="", answered=True):
    changes = {} if answered else {"answered_at": None}
    return books.attempt(verdict=verdict), books.call(party=party, heard=heard, **changes)


class Detection(unittest.TestCase):
    def test_counts_errors_on_both_sides(self):
        figures = detection.detection([pair("PERSON", "HUMAN"), pair("PERSON", "MACHINE"), pair("PERSON", ""),
                                       pair("MACHINE", "MACHINE"), pair("MACHINE", "HUMAN"), pair("FAX", "FAX")])
        self.assertEqual((figures["people"], figures["people_taken_for_machines"]), (3, 1))
        self.assertEqual((figures["machines"], figures["machines_found"]), (2, 1))
        self.assertEqual(figures["verdicts"]["FAX"], {"FAX": 1})

    def test_tones_are_of_calls_that_were_not_answered(self):
        figures = detection.detection([pair("", "SIT", "SIT VC", answered=False),
                                       pair("", "", "SIT RO", answered=False)])
        self.assertEqual((figures["tones"], figures["tones_found"], figures["people"]), (2, 1, 0))


if __name__ == "__main__":
    unittest.main()
