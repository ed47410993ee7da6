#!/usr/bin/env python3
"""Does the reader of the carrier's log understand each line?"""

import json
import pathlib
import tempfile
import unittest

import paths  # noqa: F401
from ledger import read_carrier_log


def line(second, event, **members):
    return json.dumps({"seq": second, "time": f"2026-11-22T10:00:{second:02d}.250000Z", "event": event, **members})


class CarrierLog(unittest.TestCase):
    def read(self, *lines):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "carrier.ndjson"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return read_carrier_log(path)

    def call(self, *lines):
        invite = line(1, "INVITE", call_id="a", number="+12025550100", caller_id="+12025550199", attempt="7")
        ((call,), _) = self.read(invite, *lines)
        return call

    def test_the_port_is_in_the_first_line(self):
        self.assertEqual(self.read(line(1, "START", role="carrier", port=5080)), ([], 5080))

    def test_an_answered_call(self):
        call = self.call(line(3, "ANSWER", call_id="a"), line(5, "DIGIT", call_id="a", digit="1"),
                         line(6, "DIGIT", call_id="a", digit="#"), line(9, "BYE", call_id="a", by="carrier", status=200))
        self.assertEqual((call.status, call.keys, call.ended_by, call.attempt), (200, "1#", "us", "7"))
        self.assertEqual(call.ended_at - call.answered_at, 6.0)
        self.assertEqual(call.last_key_at - call.answered_at, 3.0)

    def test_who_answered_is_the_truth_that_detection_is_held_against(self):
        call = self.call(line(2, "RINGING", call_id="a", status=180), line(3, "ANSWER", call_id="a", party="MACHINE"))
        self.assertEqual((call.party, call.heard), ("MACHINE", ""))
        call = self.call(line(2, "RINGING", call_id="a", status=183, heard="SIT", code="VC"),
                         line(6, "REJECT", call_id="a", status=404))
        self.assertEqual((call.party, call.heard, call.status), ("", "SIT VC", 404))

    def test_a_challenge_belongs_to_the_same_call(self):
        call = self.call(line(1, "CHALLENGE", call_id="a", why="no credentials"), line(2, "REJECT", call_id="a", status=486))
        self.assertEqual((call.status, call.answered_at), (486, None))

    def test_an_answer_overtaken_by_cancel_was_none(self):
        call = self.call(line(3, "ANSWER", call_id="a"), line(3, "CANCEL", call_id="a"),
                         line(3, "ANSWER_CROSSED_CANCEL", call_id="a"))
        self.assertEqual((call.answered_at, call.cancelled, call.status), (None, True, 487))


if __name__ == "__main__":
    unittest.main()
