"""Quotas of the demo questionnaire in a store, counted from its answers alone."""

import json

QUESTION = "used"
ANSWERS = ("yes", "no")


def targets(regions, target):
    """Nested cells of a region and an answer. The first is small, so that one at least is full."""
    cells = [(region, answer) for region in regions for answer in ANSWERS]
    return {cell: max(1, target // 4) if i == 0 else target for i, cell in enumerate(cells)}


def sheet(wanted):
    rows = ["name,group,expression,target"]
    rows += [f"{region}_{answer},nested,${{contact.region}} = '{region}' and ${{{QUESTION}}} = '{answer}',{target}"
             for (region, answer), target in wanted.items()]
    return "\n".join(rows) + "\n"


def check(connection, wanted):
    """(complaints, number of full cells) over all campaigns of the store."""
    counts = {}
    rows = connection.execute(
        "SELECT i.campaign_id, c.extra, a.value FROM interviews i JOIN contacts c ON c.id = i.contact_id "
        "JOIN answers a ON a.interview_id = i.id AND a.question = ? WHERE i.ending = 'COMPLETE'", (QUESTION,))
    for campaign, extra, answer in rows:
        cell = (campaign, json.loads(extra).get("region"), answer)
        counts[cell] = counts.get(cell, 0) + 1
    complaints, full = [], 0
    for (campaign, region, answer), count in sorted(counts.items()):
        target = wanted.get((region, answer))
        if target is not None and count > target:
            complaints.append(f"quota: {count} interviews in cell {region}_{answer} of campaign {campaign}, "
                              f"which wanted {target}")
        full += target is not None and count >= target
    marked = dict(connection.execute(
        "SELECT i.campaign_id || '/' || q.cell, count(*) FROM interview_quotas q "
        "JOIN interviews i ON i.id = q.interview_id WHERE q.standing = 'COUNTED' GROUP BY 1"))
    for (campaign, region, answer), count in counts.items():
        name = f"{campaign}/{region}_{answer}"
        if (region, answer) in wanted and marked.get(name, 0) != count:
            complaints.append(f"quota: {name} has {marked.get(name, 0)} places on record and {count} interviews")
    return complaints, full
