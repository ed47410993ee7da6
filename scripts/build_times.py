#!/usr/bin/env python3
"""The slowest files of the last ninja build: usage: scripts/build_times.py [BUILD_FOLDER] [COUNT]"""

import pathlib
import sys


def slowest(log_text, count):
    """The (seconds, output) pairs of a ninja log that took longest, slowest first."""
    seconds = {}
    for line in log_text.splitlines():
        fields = line.split("\t")
        if line.startswith("#") or len(fields) < 4:
            continue
        seconds[fields[3]] = (int(fields[1]) - int(fields[0])) / 1000  # the last build of it counts
    ranked = sorted(((s, output) for output, s in seconds.items()), reverse=True)
    return ranked[:count]


def main(arguments):
    if "--help" in arguments or "-h" in arguments:
        print(__doc__)
        return 0
    folder = pathlib.Path(arguments[0] if arguments else "build/dev")
    count = int(arguments[1]) if len(arguments) > 1 else 25
    log = folder / ".ninja_log"
    if not log.exists():
        print(f"build_times: {log} is not there: build first", file=sys.stderr)
        return 1
    for seconds, output in slowest(log.read_text(encoding="utf-8"), count):
        print(f"{seconds:8.1f} s  {output}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
