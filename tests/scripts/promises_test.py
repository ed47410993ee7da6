#!/usr/bin/env python3
"""Does the judge of the crash test see each broken promise?"""

import unittest

import paths  # noqa: F401
from books import NUMBER, attempt, busy_attempt, busy_call, call, interview
from keypad import Question
from promises import check

KEYPADS = {"panel": ([Question("used", {"1": "yes", "2": "no"}, 0, 0, "#", 2),
                      Question("trips", {}, 0, 40, "#", 2)], "*")}
LIVES = [(0.0, 150.0), (151.0, 1000.0)]


def broken(attempts, calls, cooloff=20.0, suppressed_at=None):
    return check(attempts, calls, LIVES, KEYPADS, cooloff, suppressed_at or {})


class Promises(unittest.TestCase):
    def test_kept_promises_leave_no_complaint(self):
        self.assertEqual(broken([attempt(1), interview(2)], [call(1), call(2, keys="112#")]), [])

    def test_r1_overlapping_calls_to_one_number(self):
        rows = [attempt(2), attempt(3, stored_at=205.0)]
        calls = [call(2), call(3, invited_at=206.0, answered_at=207.0)]
        self.assertTrue(any(text.startswith("R1") for text in broken(rows, calls)))

    def test_a_crash_ends_the_calls_of_its_life(self):
        rows = [attempt(1, outcome="UNKNOWN"), attempt(2, campaign="other", stored_at=172.0)]
        calls = [call(1, ended_at=None), call(2, invited_at=173.0)]
        self.assertEqual(broken(rows, calls), [])

    def test_r2_an_invite_without_stored_attempt(self):
        self.assertTrue(any(text.startswith("R2") for text in broken([], [call(1)])))
        late = [attempt(1, stored_at=101.0)]
        self.assertTrue(any(text.startswith("R2") for text in broken(late, [call(1)])))
        elsewhere = [attempt(1, number="+12025550111")]
        self.assertTrue(any(text.startswith("R2") for text in broken(elsewhere, [call(1)])))
        twice = [call(1), call(1, call_id="again", invited_at=120.0)]
        self.assertTrue(any("second one" in text for text in broken([attempt(1)], twice)))

    def test_an_attempt_that_never_reached_the_carrier_must_be_unknown(self):
        self.assertEqual(broken([attempt(1, outcome="UNKNOWN", answered_at=None)], []), [])
        self.assertTrue(broken([attempt(1)], []))

    def test_r3_an_acknowledged_answer_is_lost(self):
        row = interview(1, answers=[], outcome="UNKNOWN", interview_end="PARTIAL")
        complaints = broken([row], [call(1, keys="11")])
        self.assertTrue(any(text.startswith("R3") for text in complaints))

    def test_r3_the_last_answer_may_not_have_been_acknowledged(self):
        row = interview(1, answers=[("used", "yes")], outcome="UNKNOWN", interview_end="PARTIAL")
        self.assertEqual(broken([row], [call(1, keys="112#")]), [])

    def test_r3_an_answer_is_stored_twice_or_changed(self):
        twice = interview(1, answers=[("used", "yes"), ("used", "yes")])
        self.assertTrue(broken([twice], [call(1, keys="112#")]))
        changed = interview(1, answers=[("used", "no"), ("trips", "12")])
        self.assertTrue(broken([changed], [call(1, keys="112#")]))

    def test_r4_an_attempt_left_alive(self):
        self.assertTrue(any("alive" in text for text in broken([attempt(1, outcome=None)], [call(1)])))

    def test_r4_redialed_before_the_cool_off(self):
        rows = [attempt(1, outcome="UNKNOWN"), attempt(2, stored_at=160.0)]
        calls = [call(1, ended_at=None), call(2, invited_at=160.1)]
        self.assertTrue(any(text.startswith("R4") for text in broken(rows, calls)))
        self.assertEqual(broken(rows, calls, cooloff=5.0), [])
        rows[1].campaign = "other"
        self.assertTrue(any(text.startswith("R4") for text in broken(rows, calls)))

    def test_r7_rung_after_do_not_call(self):
        complaints = broken([busy_attempt(2)], [busy_call(2)], suppressed_at={NUMBER: 199.0})
        self.assertTrue(any(text.startswith("R7") for text in complaints))
        self.assertEqual(broken([busy_attempt(2)], [busy_call(2)], suppressed_at={NUMBER: 201.0}), [])


if __name__ == "__main__":
    unittest.main()
