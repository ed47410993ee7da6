"""Attempts and calls as the tests want them: a busy one, an answered one, an interview."""

from ledger import Attempt, CarrierCall

NUMBER = "+12025550100"


def attempt(number=1, **changes):
    """An attempt of the agents' campaign that was connected, unless changed."""
    row = {"id": number, "campaign": "customers", "number": NUMBER, "stored_at": 100.0 * number,
           "invited_at": 100.0 * number + 0.01, "answered_at": 100.0 * number + 2,
           "connected_at": 100.0 * number + 2.1, "ended_at": 100.0 * number + 9, "outcome": "CONNECTED",
           "sip_status": 0, "answered_after_cancel": False, "answers": [], "interview_end": None,
           "has_interview": False, "opted_out": False}
    return Attempt(**{**row, **changes})


def busy_attempt(number=1, **changes):
    return attempt(number, **{"answered_at": None, "connected_at": None, "outcome": "BUSY",
                              "sip_status": 486, **changes})


def interview(number=1, **changes):
    return attempt(number, **{"campaign": "panel", "connected_at": None, "outcome": "INTERVIEW_COMPLETE",
                              "has_interview": True, "interview_end": "COMPLETE",
                              "answers": [("used", "yes"), ("trips", "12")], **changes})


def call(number=1, **changes):
    """The call that belongs to attempt(number)."""
    row = {"call_id": f"call-{number}", "number": NUMBER, "caller_id": "+12025550199",
           "invited_at": 100.0 * number + 0.02, "answered_at": 100.0 * number + 2, "status": 200,
           "ended_at": 100.0 * number + 9, "ended_by": "us",
           "attempt": str(number)}
    return CarrierCall(**{**row, **changes})


def busy_call(number=1, **changes):
    return call(number, **{"answered_at": None, "status": 486, "ended_by": "", **changes})
