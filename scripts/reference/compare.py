"""Do two ledgers of the same calls agree, call by call? Returns what does not, one sentence each.

Phone numbers are named by their last four digits only.
"""

# What each outcome of the store is in a report. Written from the words of the outcomes, not from the C++.
ANSWERED = {"CONNECTED", "ABANDONED", "HUNG_UP", "INTERVIEW_COMPLETE", "INTERVIEW_PARTIAL", "INTERVIEW_SCREENED",
            "INTERVIEW_QUOTA_FULL", "INTERVIEW_REFUSED", "NOTICE_PLAYED", "OPTED_OUT"}
MACHINE = {"MACHINE", "MESSAGE_LEFT", "FAX"}
BUSY = {"BUSY"}
NO_ANSWER = {"NO_ANSWER", "CANCELLED"}
NOT_DIALED = {"DESTINATION_DENIED", "WITHDRAWN"}

# Final statuses by which a carrier says that the line was busy, and that nobody answered (RFC 3261 §21).
BUSY_STATUSES = {486, 600}
NO_ANSWER_STATUSES = {408, 487}

# Both ledgers are written on one machine; this much a millisecond column rounds away.
ROUNDING_S = 0.002
# Keys pressed this shortly before the person hung up may not have become answers: the BYE overtakes the
# store's commit, or the last key's packets.
LAST_KEY_GRACE_S = 1.5


def report_class(outcome):
    """The column of a report that an outcome belongs to; None for an attempt that was never dialed."""
    for name, members in (("answered", ANSWERED), ("machines", MACHINE), ("busy", BUSY),
                          ("no_answer", NO_ANSWER), (None, NOT_DIALED)):
        if outcome in members:
            return name
    return "failed"


def figures(attempts, contacts):
    """The demo's figures from the store's rows alone."""
    counts = {"contacts": contacts, "attempts": 0, "answered": 0, "machines": 0, "busy": 0,
              "no_answer": 0, "failed": 0, "bridged": 0, "abandoned": 0, "interviews_complete": 0,
              "interviews_partial": 0, "answers": 0}
    for attempt in attempts:
        column = report_class(attempt.outcome)
        if column is None:
            continue
        counts["attempts"] += 1
        counts[column] += 1
        counts["bridged"] += attempt.connected_at is not None
        counts["abandoned"] += attempt.outcome == "ABANDONED"
        counts["interviews_complete"] += attempt.interview_end == "COMPLETE"
        counts["interviews_partial"] += attempt.interview_end == "PARTIAL"
        counts["answers"] += len(attempt.answers)
    return counts


def pairs_of(attempts, calls):
    """Pairs attempt and call: the n-th attempt at a number is the n-th INVITE to it.

    Returns (pairs, complaints)."""
    pairs, complaints = [], []
    for number in sorted({row.number for row in (*attempts, *calls)}):
        ours = sorted((a for a in attempts if a.number == number), key=lambda a: (a.invited_at, a.id))
        theirs = sorted((c for c in calls if c.number == number), key=lambda c: c.invited_at)
        if len(ours) != len(theirs):
            complaints.append(f"number …{number[-4:]}: {len(ours)} attempts in the store, "
                              f"{len(theirs)} INVITEs at the carrier")
        pairs.extend(zip(ours, theirs))
    return pairs, complaints


def compare_pair(attempt, call, keypads):
    """What one attempt and one call disagree about. keypads: {campaign: (questions, opt-out key)}."""
    where = f"attempt {attempt.id} (…{attempt.number[-4:]}): "
    return [where + text for text in (*_timing(attempt, call), *_ending(attempt, call),
                                      *_keys(attempt, call, keypads.get(attempt.campaign)))]


def _timing(attempt, call):
    if call.invited_at + ROUNDING_S < attempt.stored_at:
        yield "the INVITE arrived before the attempt was stored"
    if call.attempt and call.attempt != str(attempt.id):
        yield f"the INVITE names attempt {call.attempt}"
    if attempt.outcome is None:
        yield "is still alive in the store"


def _ending(attempt, call):
    if attempt.hang_up == "NETWORK_TONE":
        if not call.heard and call.party != "FAX":
            yield f"ended at a tone ({attempt.outcome}), and the carrier played none"
        return
    store_answered = attempt.answered_at is not None or attempt.answered_after_cancel
    if store_answered != (call.answered_at is not None):
        yield (f"store says {'answered' if store_answered else 'not answered'} ({attempt.outcome}), "
               f"carrier says {'answered' if call.answered_at is not None else f'status {call.status}'}")
        return
    column = report_class(attempt.outcome)
    if attempt.answered_at is not None:
        if column not in ("answered", "machines"):
            yield f"was answered, and its outcome is {attempt.outcome}"
    elif column != _column_of_status(call):
        yield f"carrier said {call.status}{' after CANCEL' if call.cancelled else ''}, outcome is {attempt.outcome}"
    elif not call.cancelled and call.status and attempt.sip_status != call.status:
        yield f"carrier said {call.status}, store noted {attempt.sip_status}"


def _column_of_status(call):
    if call.answered_at is not None or call.cancelled or call.status in NO_ANSWER_STATUSES:
        return "no_answer"  # answered: only with answered_after_cancel, see above
    return "busy" if call.status in BUSY_STATUSES else "failed"


def _keys(attempt, call, keypad):
    if keypad is None or not attempt.has_interview:
        if attempt.answers:
            yield "has answers and no questionnaire"
        return
    from keypad import interpret
    questions, opt_out_key = keypad
    expected, opted_out = interpret(questions, opt_out_key, call.keys)
    stored = attempt.answers
    if stored != expected[:len(stored)]:
        yield f"{len(stored)} answers stored are not what the keys say"
    elif len(stored) < len(expected) - _grace(attempt, call):
        yield f"{len(stored)} answers stored, the keys gave {len(expected)}"
    if len({name for name, _ in stored}) != len(stored):
        yield "has an answer twice"
    if attempt.outcome == "INTERVIEW_COMPLETE" and len(stored) != len(questions):
        yield f"is complete with {len(stored)} of {len(questions)} answers"
    if attempt.opted_out and not opted_out:
        yield "opted out, and nobody pressed the key"
    if opted_out and not attempt.opted_out and not _grace(attempt, call):
        yield "pressed the opt-out key, and is not on do-not-call"


def _grace(attempt, call):
    """How many of the last answers may be missing."""
    if attempt.interview_end == "PARTIAL" and call.ended_by == "peer":
        return len(call.keys)  # the dialer gave up on silence, which keys do not show
    return 1 if call.ended_by == "us" and _cut_short(call) else 0


def compare(attempts, calls, keypads):
    """All complaints about two ledgers; empty when they agree."""
    pairs, complaints = pairs_of(attempts, calls)
    for attempt, call in pairs:
        complaints.extend(compare_pair(attempt, call, keypads))
    return complaints


def _cut_short(call):
    """Did the call end while keys that the log names at once were still being sent, one after the other?"""
    return call.ended_at is not None and call.last_key_at is not None \
        and call.ended_at - call.last_key_at < LAST_KEY_GRACE_S


def compare_calls(log, capture):
    """What the carrier's log and a packet capture disagree about, joined by SIP Call-ID."""
    complaints = []
    logged = {call.call_id: call for call in log}
    seen = {call.call_id: call for call in capture}
    for call_id in sorted(logged.keys() ^ seen.keys()):
        complaints.append(f"Call-ID {call_id} is only in the {'log' if call_id in logged else 'capture'}")
    for call_id in sorted(logged.keys() & seen.keys()):
        a, b = logged[call_id], seen[call_id]
        for name in ("number", "caller_id", "status", "cancelled"):
            if getattr(a, name) != getattr(b, name):
                values = "" if name == "number" else f": {getattr(a, name)}, {getattr(b, name)}"
                complaints.append(f"Call-ID {call_id}: log and capture differ in {name}{values}")
        if a.keys != b.keys and not (a.keys.startswith(b.keys) and _cut_short(a)):
            complaints.append(f"Call-ID {call_id}: log and capture differ in keys")
        if (a.answered_at is None) != (b.answered_at is None):
            complaints.append(f"Call-ID {call_id}: log and capture differ in whether it was answered")
    return complaints
