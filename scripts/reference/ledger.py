"""Two ledgers of the same calls: what the store says, and what the carrier says.

Plain readers, written apart from the C++: SQLite through Python's sqlite3, the carrier's NDJSON log
through json. Times are seconds since 1970, numbers have a leading plus.
"""

import dataclasses
import datetime
import json
import pathlib
import sqlite3


@dataclasses.dataclass
class Attempt:
    """One row of `attempts` for which an INVITE was ordered."""

    id: int
    campaign: str
    number: str
    stored_at: float
    invited_at: float | None
    answered_at: float | None
    connected_at: float | None
    ended_at: float | None
    outcome: str | None  # None: alive
    sip_status: int
    answered_after_cancel: bool
    answers: list  # (question, value) in the order in which they were stored
    interview_end: str | None
    has_interview: bool
    opted_out: bool  # an entry of do-not-call names this attempt
    hang_up: str = "NONE"  # why it ended by our own decision
    verdict: str = ""  # the detector's last word; empty: it said nothing


@dataclasses.dataclass
class CarrierCall:
    """One INVITE (one SIP Call-ID) as the far side saw it."""

    call_id: str
    number: str
    caller_id: str
    invited_at: float
    answered_at: float | None = None
    status: int = 0  # final status that the carrier sent; 0: none
    cancelled: bool = False
    ended_at: float | None = None
    ended_by: str = ""  # "us" (the carrier) or "peer" (the dialer); empty: not answered, or still up
    keys: str = ""  # pressed by the person, in order
    last_key_at: float | None = None
    party: str = ""  # who or what answered: PERSON, MACHINE, FAX, SCREENER; empty: not answered
    heard: str = ""  # of the network before an answer: "SIT VC"
    attempt: str = ""  # what the INVITE itself said of its attempt; empty: nothing


def open_store(path):
    """A connection that cannot write."""
    connection = sqlite3.connect(f"file:{pathlib.Path(path).resolve()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _seconds(milliseconds):
    return None if milliseconds is None else milliseconds / 1000


def read_attempts(connection, only_invited=True):
    """Attempts in order of id: those whose INVITE was ordered, or all of them."""
    answers = {}
    for row in connection.execute("""SELECT i.attempt_id, a.question, a.value FROM answers a
                                     JOIN interviews i ON i.id = a.interview_id
                                     WHERE a.how = 'ANSWERED' AND NOT a.kept ORDER BY a.at"""):
        answers.setdefault(row["attempt_id"], []).append((row["question"], row["value"]))
    interviews = {row["attempt_id"]: row["ending"]
                  for row in connection.execute("SELECT attempt_id, ending FROM interviews")}
    opted_out = {row["attempt_id"] for row in connection.execute(
        "SELECT attempt_id FROM suppression WHERE attempt_id IS NOT NULL")}
    verdicts = {row["attempt_id"]: row["verdict"] for row in connection.execute(
        "SELECT attempt_id, verdict FROM detections ORDER BY id")}
    query = """SELECT t.*, n.digits, c.name AS campaign FROM attempts t
               JOIN numbers n ON n.id = t.number_id JOIN campaigns c ON c.id = t.campaign_id
               WHERE t.invited_at IS NOT NULL OR ? ORDER BY t.id"""
    return [Attempt(id=row["id"], campaign=row["campaign"], number=f"+{row['digits']}",
                    stored_at=_seconds(row["at"]), invited_at=_seconds(row["invited_at"]),
                    answered_at=_seconds(row["answered_at"]), connected_at=_seconds(row["connected_at"]),
                    ended_at=_seconds(row["ended_at"]), outcome=row["outcome"],
                    sip_status=row["sip_status"], answered_after_cancel=bool(row["answered_after_cancel"]),
                    answers=answers.get(row["id"], []), interview_end=interviews.get(row["id"]),
                    has_interview=row["id"] in interviews, opted_out=row["id"] in opted_out,
                    hang_up=row["hang_up"] or "NONE", verdict=verdicts.get(row["id"], ""))
            for row in connection.execute(query, (not only_invited,))]



def read_suppressed(connection):
    """{number: when it went on do-not-call} of entries in force."""
    return {f"+{row['digits']}": row["at"] / 1000 for row in connection.execute(
        "SELECT digits, at FROM suppression WHERE removed_at IS NULL")}


def read_carrier_log(path):
    """(calls in order of their INVITEs, SIP port of the carrier) of a log by `bellwether sim carrier`."""
    calls, port = {}, 0
    with open(path, encoding="utf-8") as lines:
        for text in lines:
            line = json.loads(text)
            time = datetime.datetime.fromisoformat(line["time"]).timestamp()
            if line["event"] == "START":
                port = line["port"]
            elif line["event"] == "INVITE":
                calls[line["call_id"]] = CarrierCall(line["call_id"], line["number"], line["caller_id"], time,
                                                     attempt=line.get("attempt", ""))
            elif line.get("call_id") in calls:
                _note(calls[line["call_id"]], line, time)
    return list(calls.values()), port


def _note(call, line, time):
    event = line["event"]
    if event == "ANSWER":
        call.answered_at, call.status, call.party = time, 200, line.get("party", "")
    elif event == "RINGING":
        call.heard = f"{line.get('heard', '')} {line.get('code', '')}".strip()
    elif event == "REJECT":
        call.status, call.ended_at = line["status"], time
    elif event == "CANCEL":
        # An answer that the CANCEL overtook was never sent (ANSWER_CROSSED_CANCEL follows).
        call.cancelled, call.ended_at, call.answered_at, call.status = True, time, None, 487
    elif event == "BYE":
        call.ended_at, call.ended_by = time, "us" if line["by"] == "carrier" else "peer"
    elif event == "DIGIT":
        call.keys += line["digit"]
        call.last_key_at = time
