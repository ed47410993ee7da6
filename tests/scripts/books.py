"""Attempts and calls as the tests want them: a busy one, an answered one, an interview."""

from ledger import Attempt, CarrierCall

NUMBER = "+12025550100"


def attempt(nth=1, **changes):
    """An attempt of the agents' campaign that was connected, unless changed."""
    row = {"id": nth, "campaign": "customers", "number": NUMBER, "stored_at": 100.0 * nth,
           "invited_at": 100.0 * nth + 0.01, "answered_at": 100.0 * nth + 2,
           "connected_at": 100.0 * nth + 2.1, "ended_at": 100.0 * nth + 9, "outcome": "CONNECTED",
           "sip_status": 0, "answered_after_cancel": False, "answers": [], "interview_end": None,
           "has_interview": False, "opted_out": False}
    return Attempt(**{**row, **changes})


def busy_attempt(nth=1, **changes):
    return attempt(nth, **{"answered_at": None, "connected_at": None, "outcome": "BUSY",
                              "sip_status": 486, **changes})


def interview(nth=1, **changes):
    return attempt(nth, **{"campaign": "panel", "connected_at": None, "outcome": "INTERVIEW_COMPLETE",
                              "has_interview": True, "interview_end": "COMPLETE",
                              "answers": [("used", "yes"), ("trips", "12")], **changes})


def call(nth=1, **changes):
    """The call that belongs to attempt(nth)."""
    row = {"call_id": f"call-{nth}", "number": NUMBER, "caller_id": "+12025550199",
           "invited_at": 100.0 * nth + 0.02, "answered_at": 100.0 * nth + 2, "status": 200,
           "ended_at": 100.0 * nth + 9, "ended_by": "us",
           "attempt": str(nth)}
    return CarrierCall(**{**row, **changes})


def busy_call(nth=1, **changes):
    return call(nth, **{"answered_at": None, "status": 486, "ended_by": "", **changes})
