#!/usr/bin/env python3
"""A client organisation's ledger, added up from the raw rows of a store, apart from the product.

    ledger_sums.py STORE CLIENT FIRST_DAY LAST_DAY [--now MS] [--unpaid CODE]...

prints the rows of `report ledger --json` for days in UTC. Pauses are billable but for the codes that are
named. Only rows are read here: no SQL sum, and time is walked state by state.
"""

import argparse
import collections
import datetime
import json
import pathlib
import sqlite3

DAY_MS = 86_400_000
STATES = {"READY": "ready_ms", "ON_CALL": "talk_ms", "WRAP_UP": "wrap_up_ms", "CALLING_PHONE": "calling_phone_ms"}


def ms_of(day):
    return int(datetime.datetime.fromisoformat(day + "T00:00:00+00:00").timestamp()) * 1000


TIMES = {"connected_ms": 0, "connected_s": 0, "recordings": 0, "recorded_ms": 0, "recorded_s": 0,
         "recordings_unmeasured": 0}


def add_times(row, answered, ended, epoch, since, recording):
    """A recording is None or (length,); the length is None where nobody could tell it."""
    if answered is not None:
        lasted = max(ended - answered, 0)
        row["answered"] += 1
        row["connected_ms"] += lasted
        row["connected_s"] += -(-lasted // 1000)
        row["recordings_unmeasured"] += (epoch < since) if recording is None else (recording[0] is None)
    if recording is not None:
        row["recordings"] += 1
        row["recorded_ms"] += recording[0] or 0
        row["recorded_s"] += -(-(recording[0] or 0) // 1000)


def told(row):
    """Sums of which a part is not known are none."""
    unknown = dict.fromkeys(("recorded_ms", "recorded_s")) if row["recordings_unmeasured"] else {}
    return row | unknown


def calls_of(db, campaign, begun, over, since):
    trunks = {}
    lengths = {attempt: (length,) for attempt, length in
               db.execute("SELECT attempt_id, length_ms FROM recordings WHERE attempt_id IS NOT NULL")}
    query = "SELECT id, epoch, trunk, invited_at, answered_at, ended_at FROM attempts WHERE campaign_id = ?"
    for attempt, epoch, trunk, invited, answered, ended in db.execute(query, (campaign,)):
        if ended is None or not begun <= ended < over:
            continue
        row = trunks.setdefault(trunk, {"trunk": trunk, "attempts": 0, "dialed": 0, "answered": 0, **TIMES})
        row["attempts"] += 1
        row["dialed"] += invited is not None
        add_times(row, answered, ended, epoch, since, lengths.get(attempt))
    return [told(trunks[name]) for name in sorted(trunks)]


def incoming_of(db, campaign, begun, over, since):
    row = {"calls": 0, "answered": 0, **TIMES}
    lengths = {(epoch, call): (length,) for epoch, call, length in
               db.execute("SELECT epoch, call_id, length_ms FROM recordings WHERE call_id IS NOT NULL")}
    query = "SELECT epoch, call_id, answered_at, ended_at FROM inbound_calls WHERE campaign_id = ?"
    for epoch, call, answered, ended in db.execute(query, (campaign,)):
        if ended is None or not begun <= ended < over:
            continue
        row["calls"] += 1
        add_times(row, answered, ended, epoch, since, lengths.get((epoch, call)))
    return told(row)


def spans_of(db, client, now):
    """Of every agent of the client: (state, why, campaign, begun, over)."""
    query = ("SELECT s.agent_id, s.state, s.reason, s.code, s.campaign_id, s.at FROM agent_states s "
             "JOIN agents a ON a.id = s.agent_id WHERE a.client_id = ? ORDER BY s.agent_id, s.at, s.id")
    by_agent = collections.defaultdict(list)
    for agent, *state in db.execute(query, (client,)):
        by_agent[agent].append(state)
    for states in by_agent.values():
        ends = [state[4] for state in states[1:]] + [now]
        for (state, reason, code, campaign, at), over in zip(states, ends):
            yield state, code or reason, campaign, at, over


def agents_of(spans, campaign, begun, over, unpaid):
    sums = dict.fromkeys(["signed_in_ms", *STATES.values(), "pause_billable_ms", "pause_unpaid_ms"], 0)
    paused = collections.Counter()
    for state, why, of, at, end in spans:
        spent = min(end, over) - max(at, begun)
        if of != campaign or spent <= 0 or state == "SIGNED_OUT":
            continue
        sums["signed_in_ms"] += spent
        if state == "PAUSED":
            paused[why] += spent
            sums["pause_unpaid_ms" if why in unpaid else "pause_billable_ms"] += spent
        else:
            sums[STATES[state]] += spent
    return sums | {"paused_by_ms": dict(paused)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=pathlib.Path)
    parser.add_argument("client")
    parser.add_argument("first")
    parser.add_argument("last")
    parser.add_argument("--now", type=int, default=2**62)
    parser.add_argument("--unpaid", action="append", default=[])
    given = parser.parse_args()
    db = sqlite3.connect(f"file:{given.store.resolve()}?mode=ro", uri=True)
    client = db.execute("SELECT id FROM clients WHERE name = ?", (given.client,)).fetchone()[0]
    campaigns = db.execute("SELECT id, name FROM campaigns WHERE client_id = ? ORDER BY id", (client,)).fetchall()
    spans = list(spans_of(db, client, given.now))
    since = db.execute("SELECT epoch FROM recordings_since").fetchone()[0]
    rows = []
    for begun in range(ms_of(given.first), ms_of(given.last) + 1, DAY_MS):
        day = datetime.datetime.fromtimestamp(begun / 1000, datetime.timezone.utc).date().isoformat()
        for campaign, name in campaigns:
            calls = calls_of(db, campaign, begun, begun + DAY_MS, since)
            incoming = incoming_of(db, campaign, begun, begun + DAY_MS, since)
            agents = agents_of(spans, campaign, begun, begun + DAY_MS, given.unpaid)
            if calls or incoming["calls"] or agents["signed_in_ms"]:
                rows.append({"day": day, "campaign": name, "calls": calls, "incoming": incoming, "agents": agents})
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
