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


def calls_of(db, campaign, begun, over):
    trunks = {}
    query = "SELECT trunk, invited_at, answered_at, ended_at FROM attempts WHERE campaign_id = ?"
    for trunk, invited, answered, ended in db.execute(query, (campaign,)):
        if ended is None or not begun <= ended < over:
            continue
        row = trunks.setdefault(trunk, {"trunk": trunk, "attempts": 0, "dialed": 0, "answered": 0,
                                        "connected_ms": 0, "connected_s": 0})
        row["attempts"] += 1
        row["dialed"] += invited is not None
        if answered is not None:
            lasted = max(ended - answered, 0)
            row["answered"] += 1
            row["connected_ms"] += lasted
            row["connected_s"] += -(-lasted // 1000)
    return [trunks[name] for name in sorted(trunks)]


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
    rows = []
    for begun in range(ms_of(given.first), ms_of(given.last) + 1, DAY_MS):
        day = datetime.datetime.fromtimestamp(begun / 1000, datetime.timezone.utc).date().isoformat()
        for campaign, name in campaigns:
            calls = calls_of(db, campaign, begun, begun + DAY_MS)
            agents = agents_of(spans, campaign, begun, begun + DAY_MS, given.unpaid)
            if calls or agents["signed_in_ms"]:
                rows.append({"day": day, "campaign": name, "calls": calls, "agents": agents})
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
