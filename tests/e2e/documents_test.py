#!/usr/bin/env python3
"""Every command that the documents quote exists with these options, and every command is in docs/guide/commands.md."""

import argparse
import concurrent.futures
import pathlib
import re
import shlex
import subprocess
import sys

from world import ROOT, Checks

GUIDE = ROOT / "docs" / "guide" / "commands.md"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")),
             *sorted((ROOT / "examples").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.toml"))]
GLOBAL = {"--config": True, "--socket": True, "--json": False, "--print-config": False, "--help": False,
          "--help-all": False, "--version": False}
END = {"|", "||", "&&", "&", ";", ">", ">>", "<", "2>"}


class Command:
    """What --help says of one: its options, whether each takes a value, and how many words stand without."""

    def __init__(self, text):
        self.options = {name: bool(value) for name, value in
                        re.findall(r"(?m)^ {2}(?:-\w,)?(--[\w-]+)(?: ([A-Z][\w:=./|-]*))?", text)}
        _, _, below = text.partition("Positionals:\n")
        lines = re.findall(r"(?m)^ {2}([A-Z]\S*)(.*)$", below.partition("\n\n")[0])
        self.words_max = 1000 if any("..." in line for _, line in lines) else len(lines)
        _, _, below = text.partition("Subcommands:\n")
        self.verbs = re.findall(r"(?m)^ {2}(\S+)", below.partition("\n\n")[0])


class Program:
    def __init__(self, binary):
        self.binary = binary
        self.commands = {}
        todo = [()]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            while todo:
                for words, command in zip(todo, list(pool.map(self.ask, todo))):
                    self.commands[words] = command
                todo = [(*words, verb) for words in todo for verb in self.commands[words].verbs]

    def ask(self, words):
        done = subprocess.run([self.binary, *words, "--help"], capture_output=True, text=True, check=True)
        return Command(done.stdout)

    def leaves(self):
        return [words for words, command in self.commands.items() if words and not command.verbs]

    def wrong(self, line):
        """Why a line is no command of the program; empty: it is one. @return (name of the command, what is wrong)"""
        words, name, rest = split(line), (), []
        while words:
            word = words.pop(0)
            if word in GLOBAL:
                words = words[1:] if GLOBAL[word] else words
            elif not rest and (*name, word) in self.commands:
                name = (*name, word)
            else:
                rest.append(word)
        command = self.commands[name]
        if command.verbs:
            return name, "" if not rest else f"no command {' '.join([*name, rest[0]])}"
        return name, wrong_rest(command, rest)


def wrong_rest(command, rest):
    free = 0
    while rest:
        word = rest.pop(0)
        option, _, value = word.partition("=")
        if not word.startswith("--"):
            free += not re.fullmatch(r"…|\.\.\.|-[a-z]|[0-9]+", word)  # -n 40
        elif option not in command.options:
            return f"no option {option}"
        elif command.options[option] and not value:
            if not rest:
                return f"{option} without its value"
            rest.pop(0)
    return "" if free <= command.words_max else f"{free} words, and it takes {command.words_max}"


def split(line):
    """The words of one command, up to the end of it as a shell sees it."""
    try:
        words = shlex.split(re.sub(r"(^|\s)#.*", "", line.replace("[", "").replace("]", "")))
    except ValueError:
        words = line.replace("'", "").replace('"', "").split()
    for place, word in enumerate(words):
        if word in END:
            return words[:place]
    return words


def spans(text):
    return [span.strip() for span in re.findall(r"`([^`\n]+)`", text)]


def quoted(document):
    """Every command line in a document, without the program's name, with the number of its line."""
    inside = False
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), start=1):
        if line.lstrip().startswith("```"):
            inside = not inside
        elif inside or line.startswith("    ") or document.suffix == ".toml":
            for found in re.findall(r"(?:^|[|&#.$] )\s*(?:\S*/)?bellwether( [a-z-].*)$", line):
                yield number, found
        else:
            for span in spans(line):
                if re.match(r"(?:\S*/)?bellwether [a-z-]", span):
                    yield number, span.partition(" ")[2]


def check_quotes(program, checks):
    count = 0
    for document in DOCUMENTS:
        for number, line in quoted(document):
            name, wrong = program.wrong(line)
            count += 1
            if wrong or not (name or line.strip().startswith("--")):
                checks.that(False, f"{document.relative_to(ROOT)}:{number}: bellwether{line}: {wrong or 'no command'}")
    checks.that(count > 60, f"{count} commands are quoted")


def rows_of_guide(program):
    """(commands, what is said of them, what is wrong) of each row of the guide's tables. A row without a command goes
    on with the last; what a section says above its table it says of all its commands."""
    names, above = [], ""
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            above = "" if line.startswith("#") else above + line
        cells = re.split(r"(?<!\\)\|", line)
        if len(cells) < 4 or cells[1].strip().startswith("--"):
            continue
        lines = [span for span in spans(cells[1]) if tuple(span.split()[:1]) in program.commands]
        if lines:
            names = [program.wrong(span) for span in lines]
            wrongs = [wrong for _, wrong in names if wrong]
            line += above + " ".join(" ".join(program.commands[tuple(words.split())].options)
                                     for words in re.findall("the options of `([a-z ]+)`", line))
            yield [name for name, _ in names], line, wrongs
            names = [name for name, _ in names]
        elif not cells[1].strip() and names:
            yield names, line, []


def check_guide(program, checks):
    told = {}
    for names, line, wrongs in rows_of_guide(program):
        for wrong in wrongs:
            checks.that(False, f"commands.md: {line[:60]}: {wrong}")
        for name in names:
            told.setdefault(name, set()).update(re.findall(r"--[a-z][\w-]*", line))
    for name in program.leaves():
        checks.that(name in told, f"commands.md has `{' '.join(name)}`")
        missing = sorted(set(program.commands[name].options) - told.get(name, set()) - set(GLOBAL) - {"--client"})
        checks.equal(missing, [], f"commands.md, `{' '.join(name)}`: options that it does not have")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--folder", type=pathlib.Path, help="not needed")
    checks = Checks()
    program = Program(parser.parse_args().binary)
    check_quotes(program, checks)
    check_guide(program, checks)
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(main())
