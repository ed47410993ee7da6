#!/usr/bin/env python3
"""The judge of the demo is judged: does it find what was tampered with, and accept what is right?"""

import unittest

import paths  # noqa: F401
from books import attempt, busy_attempt, busy_call, call, interview
from compare import compare, compare_calls, figures
from keypad import Question, interpret

KEYPAD = ([Question("used", {"1": "yes", "2": "no"}, 0, 0, "#", 2), Question("trips", {}, 0, 40, "#", 2)], "*")
KEYPADS = {"panel": KEYPAD}


class Agreement(unittest.TestCase):
    def check(self, attempts, calls, *words):
        """Expects one complaint that holds each word; no word: none at all."""
        complaints = compare(attempts, calls, KEYPADS)
        if not words:
            self.assertEqual(complaints, [])
            return
        self.assertEqual(len(complaints), 1, complaints)
        for word in words:
            self.assertIn(word, complaints[0])

    def test_equal_books_agree(self):
        self.check([attempt(1), busy_attempt(2)], [call(1), busy_call(2)])

    def test_a_call_without_attempt_is_found(self):
        self.check([attempt(1)], [call(1), call(2)], "1 attempts", "2 INVITEs")

    def test_an_attempt_without_call_is_found(self):
        self.check([attempt(1), attempt(2)], [call(1)], "2 attempts", "1 INVITEs")

    def test_a_wrong_outcome_is_found(self):
        self.check([attempt(1, outcome="BUSY")], [call(1)], "BUSY")
        self.check([busy_attempt(1, outcome="UNAVAILABLE")], [busy_call(1)], "486", "UNAVAILABLE")

    def test_a_wrong_status_is_found(self):
        self.check([busy_attempt(1, sip_status=600)], [busy_call(1)], "486", "600")

    def test_an_answer_that_one_side_missed_is_found(self):
        self.check([busy_attempt(1)], [call(1)], "carrier says answered")
        self.check([attempt(1)], [busy_call(1)], "carrier says status 486")

    def test_an_invite_before_its_attempt_is_found(self):
        self.check([attempt(1, stored_at=100.5)], [call(1)], "before the attempt was stored")

    def test_an_invite_that_names_another_attempt_is_found(self):
        self.check([attempt(1)], [call(1, attempt="2")], "names attempt 2")

    def test_a_live_attempt_is_found(self):
        complaints = compare([attempt(1, outcome=None)], [call(1)], KEYPADS)
        self.assertTrue(any("alive" in text for text in complaints))

    def test_cancelled_is_no_answer_even_if_the_answer_crossed(self):
        self.check([busy_attempt(1, outcome="NO_ANSWER", sip_status=487)], [busy_call(1, status=487, cancelled=True)])
        self.check([busy_attempt(1, outcome="NO_ANSWER", sip_status=0, answered_after_cancel=True)],
                   [call(1, cancelled=True)])

    def test_an_end_at_a_tone_needs_a_tone(self):
        ended = busy_attempt(1, outcome="INVALID_NUMBER", sip_status=487, hang_up="NETWORK_TONE")
        self.check([ended], [busy_call(1, status=487, cancelled=True, heard="SIT VC")])
        self.check([ended], [busy_call(1, status=487, cancelled=True)], "played none")

    def test_complaints_hold_no_whole_number(self):
        text = " ".join(compare([attempt(1)], [busy_call(1), call(2)], KEYPADS))
        self.assertNotIn("2025550100", text)


class Interviews(unittest.TestCase):
    def complaints(self, row, keys, **changes):
        return compare([row], [call(1, keys=keys, last_key_at=105.0, **changes)], KEYPADS)

    def test_answers_that_the_keys_explain_agree(self):
        self.assertEqual(self.complaints(interview(1), "112#"), [])

    def test_an_invalid_key_first_changes_nothing(self):
        self.assertEqual(self.complaints(interview(1), "0112#"), [])

    def test_a_wrong_value_is_found(self):
        self.assertTrue(self.complaints(interview(1), "212#"))

    def test_a_lost_answer_is_found(self):
        row = interview(1, answers=[("used", "yes")], outcome="INTERVIEW_PARTIAL", interview_end="PARTIAL")
        self.assertTrue(self.complaints(row, "112#"))

    def test_the_answer_on_which_the_person_hung_up_may_be_missing(self):
        row = interview(1, answers=[("used", "yes")], outcome="INTERVIEW_PARTIAL", interview_end="PARTIAL")
        self.assertEqual(self.complaints(row, "112#", ended_at=105.5), [])

    def test_complete_needs_every_answer(self):
        row = interview(1, answers=[("used", "yes")])
        self.assertTrue(any("complete" in text for text in self.complaints(row, "1")))

    def test_an_opt_out_must_be_on_record(self):
        row = interview(1, answers=[("used", "yes")], outcome="OPTED_OUT", interview_end="OPTED_OUT", opted_out=True)
        self.assertEqual(self.complaints(row, "1*"), [])
        row.opted_out = False
        self.assertTrue(self.complaints(row, "1*"))

    def test_answers_without_questionnaire_are_found(self):
        self.assertTrue(self.complaints(attempt(1, answers=[("used", "yes")]), "1"))


class Keypad(unittest.TestCase):
    def test_an_integer_ends_with_its_key(self):
        self.assertEqual(interpret(*KEYPAD, "207#"), ([("used", "no"), ("trips", "7")], False))

    def test_too_many_tries_end_the_interview(self):
        self.assertEqual(interpret(*KEYPAD, "0012#"), ([], False))

    def test_a_number_out_of_range_is_asked_again(self):
        self.assertEqual(interpret(*KEYPAD, "141#40#"), ([("used", "yes"), ("trips", "40")], False))

    def test_the_opt_out_key_works_in_the_middle_of_a_number(self):
        self.assertEqual(interpret(*KEYPAD, "11*"), ([("used", "yes")], True))


class Figures(unittest.TestCase):
    def test_attempts_are_the_sum_of_their_columns(self):
        rows = [attempt(1), attempt(2, outcome="ABANDONED", connected_at=None), busy_attempt(3), interview(4),
                busy_attempt(5, outcome="UNAVAILABLE"), busy_attempt(6, outcome="CANCELLED"),
                busy_attempt(7, outcome="WITHDRAWN")]
        counted = figures(rows, 400)
        self.assertEqual(counted, {"contacts": 400, "attempts": 6, "answered": 3, "machines": 0, "busy": 1,
                                   "no_answer": 1, "failed": 1, "bridged": 1, "abandoned": 1,
                                   "interviews_complete": 1, "interviews_partial": 0, "answers": 2})


class LogAgainstCapture(unittest.TestCase):
    def test_equal_calls_agree(self):
        self.assertEqual(compare_calls([call(1), busy_call(2)], [call(1), busy_call(2)]), [])

    def test_a_call_that_the_log_lacks_is_found(self):
        self.assertIn("only in the capture", compare_calls([call(1)], [call(1), call(2)])[0])

    def test_different_keys_are_found_without_telling_them(self):
        (complaint,) = compare_calls([call(1, keys="12")], [call(1, keys="13")])
        self.assertIn("keys", complaint)
        self.assertNotIn("13", complaint)


if __name__ == "__main__":
    unittest.main()
