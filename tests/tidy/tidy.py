#!/usr/bin/env python3
"""Checks the tree against the house rules that a compiler does not know (docs/ARCHITECTURE.md).

usage: tidy.py [ROOT]

Prints one line per offence, file:line: what is wrong and what to write instead; ends with 1 if there
is any. The rules are in rules.py, exceptions with their reasons in exceptions.py.
"""

import pathlib
import subprocess
import sys

import rules
from source import SourceFile


def tracked_files(root):
    """Paths of all files of the tree, relative to root, sorted: what git knows or would add."""
    listing = subprocess.run(
        ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True, check=False)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.decode("utf-8").split("\0") if name]
    else:  # an unpacked archive, not a clone
        names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith(("build/", ".git/"))]
    return sorted(name for name in set(names) if (root / name).is_file())


def offences_of(root):
    """Every offence in the tree under root, sorted by place."""
    names = tracked_files(root)
    found = []
    for name in names:
        file = SourceFile.read(root, name)
        if file is None:
            continue
        for rule in rules.FILE_RULES:
            found.extend(rule(file))
    for rule in rules.TREE_RULES:
        found.extend(rule(names))
    return sorted(found)


def main(arguments):
    if "--help" in arguments or "-h" in arguments:
        print(__doc__)
        return 0
    root = pathlib.Path(arguments[0] if arguments else ".").resolve()
    offences = offences_of(root)
    for offence in offences:
        print(f"{offence.path}:{offence.line}: {offence.message}")
    if offences:
        print(f"tidy: {len(offences)} offence(s)", file=sys.stderr)
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
