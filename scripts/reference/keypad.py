"""What answers a row of key presses stands for, worked out from a questionnaire's sheets alone.

Knows no time: a question that was asked again because nobody pressed anything leaves no key behind.
"""

import csv
import dataclasses
import pathlib


@dataclasses.dataclass
class Question:
    name: str
    choices: dict  # key -> value; empty for an integer
    low: int
    high: int
    terminator: str
    tries: int  # presentations


def read_questionnaire(folder):
    """(questions that want an answer, opt-out key or empty)."""
    folder = pathlib.Path(folder)
    settings = _rows(folder / "settings.csv")
    defaults = settings[0] if settings else {}
    choices = {}
    for row in _rows(folder / "choices.csv"):
        key = row.get("tel::keys") or row.get("tel::key")
        choices.setdefault(row["list_name"], {})[key] = row["name"]
    questions = []
    for row in _rows(folder / "survey.csv"):
        kind, _, argument = row["type"].partition(" ")
        if kind == "note":
            continue
        low, high = _range(row.get("constraint") or "")
        tries = 1 + int(row.get("tel::retries") or defaults.get("tel::retries") or 2)
        questions.append(Question(row["name"], choices[argument] if kind == "select_one" else {}, low, high,
                                  row.get("tel::terminator") or "#", tries))
    return questions, defaults.get("tel::opt_out_key", "")


def _rows(path):
    if not path.exists():
        return []
    with open(path, encoding="utf-8-sig", newline="") as sheet:
        return list(csv.DictReader(sheet))


def _range(constraint):
    """Bounds of ". >= A and . <= B"."""
    low, high = 0, 10**18
    for part in constraint.split(" and "):
        words = part.split()
        if len(words) == 3 and words[:2] == [".", ">="]:
            low = int(words[2])
        elif len(words) == 3 and words[:2] == [".", "<="]:
            high = int(words[2])
    return low, high


def interpret(questions, opt_out_key, keys):
    """(answers [(question, value)], opted out?) that the keys amount to when no timeout interferes."""
    answers = []
    remaining = list(keys)
    for question in questions:
        value = None
        for _ in range(question.tries):
            value, opted_out = _one_entry(question, opt_out_key, remaining)
            if opted_out:
                return answers, True
            if value is not None or not remaining:
                break
        if value is None:
            return answers, False
        answers.append((question.name, value))
    return answers, False


def _one_entry(question, opt_out_key, remaining):
    """Takes the keys of one entry. (value or None, opted out?)"""
    digits = ""
    while remaining:
        key = remaining.pop(0)
        if key == opt_out_key:
            return None, True
        if question.choices:
            return question.choices.get(key), False
        if key == question.terminator:
            valid = digits != "" and question.low <= int(digits) <= question.high
            return (str(int(digits)) if valid else None), False
        if not key.isdigit() or len(digits) >= len(str(question.high)):
            return None, False
        digits += key
    return None, False
