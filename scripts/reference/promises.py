"""Promises R1 to R4 and R7 checked from outside, over a run in which the service was killed.

A life is one stretch in which one process of the service ran: (began, ended), seconds since 1970. A call
that was up when its process was killed counts as over at that moment, because nobody dials any more;
the cool-off (R4) then keeps the number from being rung again too soon.
"""

import bisect

from compare import NOT_DIALED, ROUNDING_S
from keypad import interpret


def life_of(lives, moment):
    """Index of the life that holds this moment or began last before it."""
    return bisect.bisect_right([began for began, _ in lives], moment) - 1


def pair_up(attempts, calls):
    """Pairs each INVITE with the attempt that it names: ([(attempt, call)], complaints).

    R2: that attempt was stored before the INVITE came, for this number, and has no other INVITE."""
    pairs, complaints = [], []
    stored = {str(attempt.id): attempt for attempt in attempts}
    taken = set()
    for call in calls:
        where = f"R2: an INVITE to …{call.number[-4:]} "
        attempt = stored.get(call.attempt)
        if attempt is None:
            complaints.append(where + f"names attempt {call.attempt or '(none)'}, which is not stored")
            continue
        if attempt.number != call.number:
            complaints.append(where + f"names attempt {attempt.id}, which is at another number")
        if attempt.stored_at > call.invited_at + ROUNDING_S:
            complaints.append(where + f"came before its attempt {attempt.id} was stored")
        if attempt.id in taken:
            complaints.append(where + f"is the second one of attempt {attempt.id}")
        taken.add(attempt.id)
        pairs.append((attempt, call))
    complaints += [f"attempt {attempt.id} ended as {attempt.outcome} and the carrier never saw it"
                   for attempt in attempts
                   if attempt.id not in taken and attempt.outcome not in {None, "UNKNOWN"} | NOT_DIALED]
    return pairs, complaints


def one_live_call_per_number(calls, lives):
    """R1: while one process lives, no number is rung while an earlier call to it is up."""
    complaints = []
    last = {}  # (number, life) -> the call before
    for call in sorted(calls, key=lambda c: c.invited_at):
        key = (call.number, life_of(lives, call.invited_at))
        before = last.get(key)
        if before is not None and (before.ended_at is None or before.ended_at > call.invited_at + ROUNDING_S):
            complaints.append(f"R1: …{call.number[-4:]} was rung while a call to it was up")
        last[key] = call
    return complaints


def nothing_left_alive(attempts):
    """R4: whatever was alive when a process died has been settled by a later one."""
    return [f"R4: attempt {attempt.id} is still alive" for attempt in attempts if attempt.outcome is None]


def unknown_waits(attempts, pairs, lives, cooloff):
    """R4: a number whose attempt became UNKNOWN is not rung again, by any campaign, before its cool-off,
    counted from the end of the life in which the attempt was made."""
    complaints = []
    unknown = {}
    for attempt in sorted(attempts, key=lambda a: a.id):
        if attempt.outcome == "UNKNOWN":
            died = lives[life_of(lives, attempt.stored_at)][1]
            unknown.setdefault(attempt.number, []).append((attempt.id, died))
    for attempt, call in pairs:
        for before, died in unknown.get(attempt.number, ()):
            # The carrier may have read the INVITE of a process that had just died: that is no later call.
            if before != attempt.id and died < call.invited_at < died + cooloff:
                complaints.append(f"R4: attempt {attempt.id} rang {call.invited_at - died:.1f} s after a crash "
                                  f"left the one before UNKNOWN; the cool-off is {cooloff} s")
    return complaints


def outcomes_match(pairs):
    """An attempt that ended in its own life says what the carrier says."""
    complaints = []
    for attempt, call in pairs:
        answered = attempt.answered_at is not None or attempt.answered_after_cancel
        if attempt.outcome not in (None, "UNKNOWN") and answered != (call.answered_at is not None):
            complaints.append(f"attempt {attempt.id} is {attempt.outcome}, the carrier says "
                              f"{'answered' if call.answered_at is not None else call.status}")
        if attempt.answered_at is not None and call.answered_at is None:
            complaints.append(f"attempt {attempt.id} was answered, the carrier never did")
    return complaints


def answers_are_kept(pairs, keypads):
    """R3: an answer whose next question was heard was acknowledged, so it is stored, once and as given.

    People press a key only after they have heard the question, so every entry before a person's last
    key was acknowledged."""
    complaints = []
    for attempt, call in pairs:
        if attempt.campaign not in keypads or not call.keys:
            continue
        questions, opt_out_key = keypads[attempt.campaign]
        given, _ = interpret(questions, opt_out_key, call.keys)
        certain, _ = interpret(questions, opt_out_key, call.keys[:-1])
        stored = attempt.answers
        if stored != given[:len(stored)]:
            complaints.append(f"R3: attempt {attempt.id}: an answer is not what was pressed")
        elif len(stored) < len(certain):
            complaints.append(f"R3: attempt {attempt.id}: {len(stored)} answers stored, {len(certain)} acknowledged")
        if len({question for question, _ in stored}) != len(stored):
            complaints.append(f"R3: attempt {attempt.id} has an answer twice")
    return complaints


def suppression_holds(suppressed_at, calls):
    """R7: no INVITE to a number after it went on do-not-call. suppressed_at: {number: time}."""
    return [f"R7: …{call.number[-4:]} was rung after it had asked not to be" for call in calls
            if call.number in suppressed_at and call.invited_at > suppressed_at[call.number] + ROUNDING_S]


def check(attempts, calls, lives, keypads, cooloff, suppressed_at):
    """All complaints; empty when every promise held."""
    pairs, complaints = pair_up(attempts, calls)
    complaints += one_live_call_per_number(calls, lives)
    complaints += nothing_left_alive(attempts)
    complaints += unknown_waits(attempts, pairs, lives, cooloff)
    complaints += outcomes_match(pairs)
    complaints += answers_are_kept(pairs, keypads)
    complaints += suppression_holds(suppressed_at, calls)
    return complaints
