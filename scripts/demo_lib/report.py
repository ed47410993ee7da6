"""What the demo shows: a progress line while it runs, figures and a report at the end."""

import sys

from world import CAMPAIGNS

# In the order in which they are printed; `reconciled` comes last.
KEYS = ("contacts", "attempts", "answered", "machines", "busy", "no_answer", "failed", "bridged", "abandoned",
        "interviews_complete", "interviews_partial", "answers")


class Progress:
    """One line that is written over, on a terminal only."""

    def __init__(self, stream=sys.stderr):
        self.stream = stream
        self.width = 0

    def show(self, seconds, stats):
        if not self.stream.isatty():
            return
        parts = [f"{name} {self._share(each)}" for name, each in stats.items()]
        line = f"demo: {seconds:4.0f} s  " + "   ".join(parts)
        self.stream.write("\r" + line.ljust(self.width))
        self.stream.flush()
        self.width = len(line)

    @staticmethod
    def _share(each):
        settled = each["contacts"]["done"] + each["contacts"]["denied"]
        return (f"{settled}/{each['contacts']['total']} done, {each['live']} live, "
                f"{each['answered']} answered")

    def end(self):
        if self.stream.isatty() and self.width:
            self.stream.write("\n")
