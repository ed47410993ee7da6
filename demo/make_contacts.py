#!/usr/bin/env python3
"""Writes demo/contacts.csv: 400 invented people on numbers that are reserved for fiction.

usage: demo/make_contacts.py > demo/contacts.csv

The same rows at every run. Numbers: 555-0100 to 555-0199 of four area codes, which the North American
Numbering Plan sets aside for fictional use. `list` says whether a row is for the agents' campaign or for
the survey. The spelling of the numbers varies, as it does in real lists.
"""

import csv
import sys

AREA_CODES = (202, 312, 415, 617)
CUSTOMERS = 80  # the first so many: what six agents get through in the demo's minute
COLUMNS = ("list", "external_id", "first_name", "last_name", "phone", "language")
FIRST_NAMES = ("Ada", "Bruno", "Chidi", "Dana", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas",
               "Kira", "Lior", "Mina", "Nils", "Olga", "Pablo", "Quinn", "Rosa", "Said", "Tove")
LAST_NAMES = ("Abel", "Brook", "Castle", "Dale", "Elm", "Field", "Grove", "Hill", "Iron", "Jay",
              "Kite", "Lake", "Moor", "North", "Oak", "Pond", "Quarry")
LANGUAGES = ("en", "en", "en", "es")
SPELLINGS = ("+1{area}{line}", "({area}) 555-{last}", "{area}-555-{last}", "1 {area} 555 {last}",
             "+1 ({area}) 555.{last}")


def rows():
    """All rows in order, as tuples of COLUMNS."""
    number = 0
    for area in AREA_CODES:
        for extension in range(100, 200):
            last = f"{extension:04d}"
            spelling = SPELLINGS[number % len(SPELLINGS)]
            yield ("customers" if number < CUSTOMERS else "panel", f"B{number + 1:04d}",
                   FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[number % len(LAST_NAMES)],
                   spelling.format(area=area, line="555" + last, last=last),
                   LANGUAGES[number % len(LANGUAGES)])
            number += 1


def main(arguments):
    if arguments:
        print(__doc__)
        return 0 if arguments[0] in ("-h", "--help") else 2
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
