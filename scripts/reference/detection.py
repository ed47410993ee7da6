"""What the answer detector said, held against what the carrier knows."""

# The detector's words, by what really answered. A person and an assistant are both people to it in the end.
PARTIES = ("PERSON", "MACHINE", "FAX", "SCREENER")


def verdicts_by_party(pairs):
    """{party: {verdict: calls}} of answered calls; a verdict of "" means that none was given in time."""
    table = {party: {} for party in PARTIES}
    for attempt, call in pairs:
        if call.answered_at is not None and call.party in table:
            row = table[call.party]
            row[attempt.verdict] = row.get(attempt.verdict, 0) + 1
    return table


def tones_by_code(pairs):
    """{what the network played before an answer: {verdict: calls}}."""
    table = {}
    for attempt, call in pairs:
        if call.heard:
            row = table.setdefault(call.heard, {})
            row[attempt.verdict] = row.get(attempt.verdict, 0) + 1
    return table


def detection(pairs):
    """The demo's figures: errors against the carrier's truth."""
    by_party, tones = verdicts_by_party(pairs), tones_by_code(pairs)
    people, machines = by_party["PERSON"], by_party["MACHINE"]
    return {"people": sum(people.values()), "people_taken_for_machines": people.get("MACHINE", 0),
            "machines": sum(machines.values()), "machines_found": machines.get("MACHINE", 0),
            "tones": sum(sum(row.values()) for row in tones.values()),
            "tones_found": sum(row.get("SIT", 0) for row in tones.values()),
            "verdicts": by_party}
