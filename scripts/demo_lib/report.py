"""What the demo shows: a progress line while it runs, figures and a report at the end."""

# In the order in which they are printed; `reconciled` comes last.
KEYS = ("contacts", "attempts", "answered", "machines", "busy", "no_answer", "failed", "bridged", "abandoned",
        "interviews_complete", "interviews_partial", "answers")
COMPLAINTS_SHOWN = 20


class Progress:
    """One line that is written over, on a terminal only."""

    def __init__(self, stream):
        self.stream = stream
        self.width = 0

    def show(self, seconds, stats):
        """stats: {campaign: what `campaign stats --json` says}."""
        if not self.stream.isatty():
            return
        parts = [f"{name} {each['contacts'] - each['left']}/{each['contacts']} done, {each['alive']} on the line, "
                 f"{each['answered']} answered" for name, each in stats.items()]
        line = f"demo: {seconds:3.0f} s  " + "; ".join(parts)
        self.stream.write("\r" + line.ljust(self.width))
        self.stream.flush()
        self.width = len(line)

    def end(self):
        """Leaves the line as it stands."""
        if self.width:
            self.stream.write("\n")
            self.width = 0


def figures(contacts, stats, comparison):
    """The demo's figures: the service's own, summed over its campaigns. `reconciled` is true only if the
    independent comparison has no complaint and counts the same."""
    summed = {key: sum(each[key] for each in stats.values()) for key in KEYS if key != "contacts"}
    result = {"contacts": contacts, **summed}
    result["reconciled"] = comparison["reconciled"] and not differences(result, comparison)
    return result


def differences(result, comparison):
    """Where the service's figures and those of the independent count differ: one sentence each."""
    return [f"{key}: the service says {result[key]}, its rows give {comparison['figures'][key]}"
            for key in KEYS if result[key] != comparison["figures"][key]]


def detection_lines(detection):
    """Who answered, and what they were taken for, against what the carrier knows."""
    if not detection["machines"] + detection["people"]:
        return []
    return [f"answer detection: {detection['machines_found']} of {detection['machines']} machines found, "
            f"{detection['people_taken_for_machines']} of {detection['people']} people taken for machines, "
            f"{detection['tones_found']} of {detection['tones']} network tones heard"]


def text(stats, result, comparison, replayed, folder, seen):
    """The report for people."""
    names = list(stats)
    lines = [" " * 24 + "".join(f"{name:>12}" for name in (*names, "together"))]
    for key in KEYS:
        cells = [stats[name][key] for name in names] + [result[key]]
        lines.append(f"  {key.replace('_', ' '):22}" + "".join(f"{cell:12}" for cell in cells))
    carrier = comparison["carrier"]
    lines.append(f"carrier's own log: {carrier['invites']} INVITEs, {carrier['answered']} answered, "
                 f"{carrier['cancelled']} cancelled, {carrier['keys']} keys")
    lines += detection_lines(comparison["detection"])
    complaints = comparison["complaints"] + differences(result, comparison)
    if complaints:
        lines += ["  " + complaint for complaint in complaints[:COMPLAINTS_SHOWN]]
        lines.append(f"store and carrier do not agree: {len(complaints)} complaints")
    else:
        lines.append("store and carrier agree, call by call")
    lines.append(f"the journal replays to the same {replayed['actions']} actions")
    lines.append(f"{seen['inbound']} customer called back, was handed on to the desk, and the call promised to him "
                 "was made")
    lines.append(f"a recording of {seen['recording']['seconds']} s to listen to: {seen['recording']['file']}")
    lines.append(f"everything is in {folder}")
    return "\n".join(lines)
