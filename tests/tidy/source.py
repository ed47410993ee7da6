"""One file of the tree, with its C++ comments and literals blanked out for the rules that read code."""

import dataclasses
import pathlib
import re

CPP_SUFFIXES = (".h", ".cpp")

# One token at a time: comments and literals are blanked, everything else stays.
_TOKEN = re.compile(
    r"""(?P<line>//[^\n]*)
      | (?P<block>/\*.*?\*/)
      | (?P<raw>R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)")
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])*')""",
    re.DOTALL | re.VERBOSE)


def _blank(match):
    text = match.group(0)
    if match.lastgroup in ("line", "block"):
        return re.sub(r"[^\n]", " ", text)
    return text[0] + re.sub(r"[^\n]", " ", text[1:-1]) + text[-1]


def code_of(text):
    """C++ text without its comments and the insides of its literals; line numbers are kept."""
    kept = []
    for line in text.split("\n"):  # an include's path is a literal we must see
        kept.append(line)
    includes = {number for number, line in enumerate(kept) if re.match(r"\s*#\s*include", line)}
    blanked = _TOKEN.sub(_blank, text).split("\n")
    return [kept[number] if number in includes else line for number, line in enumerate(blanked)]


@dataclasses.dataclass(frozen=True)
class SourceFile:
    """path is relative to the root, with forward slashes; code is lines without comments (C++ only)."""

    path: str
    lines: tuple
    code: tuple

    @staticmethod
    def read(root, name):
        """None for a file that is not UTF-8 text."""
        data = (pathlib.Path(root) / name).read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "\0" in text:
            return None
        return SourceFile.of_text(name, text)

    @staticmethod
    def of_text(name, text):
        lines = text.split("\n")
        code = code_of(text) if name.endswith(CPP_SUFFIXES) else lines
        return SourceFile(name, tuple(lines), tuple(code))

    @property
    def is_cpp(self):
        return self.path.endswith(CPP_SUFFIXES)

    @property
    def is_header(self):
        return self.path.endswith(".h")

    def within(self, *folders):
        return any(self.path.startswith(folder + "/") for folder in folders)
