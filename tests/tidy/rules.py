"""The house rules. A file rule takes a SourceFile, a tree rule the sorted list of all paths."""

import dataclasses
import re

import exceptions

CORES = ("base", "pacing", "answer-detect", "compliance", "campaigns", "dialer/engine")
ADAPTERS = ("dialer/runtime", "dialer/sip", "dialer/media", "dialer/store", "dialer/api")
LINES_MAX = 600  # style: 400 is a smell, 600 needs a reason

# What each folder may include of this project (docs/ARCHITECTURE.md, Layers), longest name first so that
# the most precise entry of a path is found first.
_BELOW_CAMPAIGNS = ("base", "pacing", "answer-detect", "compliance")
MAY_INCLUDE = {
    "simulator/carrier": (*CORES, "dialer/sip", "dialer/media", "simulator/carrier"),
    "simulator": (*CORES, "simulator"),
    "dialer/engine": CORES,
    **{adapter: (*CORES, adapter) for adapter in ADAPTERS},
    "campaigns": (*_BELOW_CAMPAIGNS, "campaigns"),
    "answer-detect": ("base", "answer-detect"),
    "compliance": ("base", "compliance"),
    "pacing": ("base", "pacing"),
    "base": ("base",),
}

# Third-party headers stay behind one folder each: (pattern of the include, folders that may).
THIRD_PARTY = (
    (re.compile(r"<sofia-sip/"), ("dialer/sip",)),
    (re.compile(r"<(spandsp|sndfile)"), ("dialer/media",)),
    (re.compile(r"<sqlite3"), ("dialer/store",)),
    (re.compile(r"<phonenumbers/"), ("dialer/store",)),
    (re.compile(r"<boost/beast"), ("dialer/api",)),
    (re.compile(r"<CLI/"), ("dialer/app",)),
    (re.compile(r"<toml\+\+/"), ("dialer/app",)),
    (re.compile(r"<re2/"), ("campaigns/form",)),
    (re.compile(r"<expat"), ("campaigns/import",)),
)
BANNED_IN_CORES = (
    (re.compile(r"<(spdlog|fmt)/"), "a core does not log: return the reason as data"),
    (re.compile(r"<boost/(?!multiprecision/)"), "a core uses no Boost but for exact numbers (decision 0016)"),
    (re.compile(r"<(thread|mutex|shared_mutex|condition_variable|future|atomic)>"),
     "a core is single-threaded: leave threads to the drivers"),
    (re.compile(r"<(fstream|filesystem|iostream|cstdio)>"),
     "a core opens no file: take a span or a small interface"),
)

# Package registries and download hosts: packages come by name from the system's own configuration.
# Written in two halves so that this file does not offend itself.
_HOSTS = tuple(name + "." + top for name, top in (
    ("pypi", "org"), ("files.pythonhosted", "org"), ("registry.npmjs", "org"), ("crates", "io"),
    ("proxy.golang", "org"), ("deb.debian", "org"), ("snapshot.debian", "org"),
    ("archive.ubuntu", "com"), ("raw.githubusercontent", "com"), ("codeload.github", "com"),
    ("repo1.maven", "org"), ("dl-cdn.alpinelinux", "org"), ("conan", "io"), ("rubygems", "org")))


@dataclasses.dataclass(frozen=True, order=True)
class Offence:
    path: str
    line: int  # from 1
    message: str


def _find(file, pattern, message):
    """An Offence for each line of the file's code that the pattern matches."""
    return [Offence(file.path, number, message)
            for number, line in enumerate(file.code, start=1) if pattern.search(line)]


def _is_pure(file):
    return file.within(*CORES) or (file.within("simulator") and not file.within("simulator/carrier"))


_NOW = re.compile(r"[Cc]lock\w*::now\s*\(|\b(gettimeofday|clock_gettime|time)\s*\(\s*(NULL|nullptr|0|CLOCK_)")


def clocks(file):
    if not file.is_cpp or file.within(*exceptions.MAY_READ_CLOCKS) and not _is_core_test(file):
        return []
    return _find(file, _NOW, "reads a clock: take Now as an argument (docs/decisions/0002)")


def _is_core_test(file):
    return file.within(*("tests/" + core for core in CORES))


def chance(file):
    if not file.is_cpp or file.within("dialer/app"):
        return []
    return _find(file, re.compile(r"\brandom_device\b|\bs?rand\s*\("),
                 "draws real chance: take an Rng or a seed from dialer/app")


def sleeping_tests(file):
    if not file.is_cpp or not file.within("tests"):
        return []
    return _find(file, re.compile(r"\bsleep_(for|until)\b|\bu?sleep\s*\("),
                 "sleeps: wait on a condition, a future or a socket with a deadline")


def views(file):
    if not file.is_cpp:
        return []
    return _find(file, re.compile(r"\bstd::(ranges::)?views\b|<ranges>"),
                 "std::views does not parse in clang 14: use std::ranges algorithms")


def pure_cores(file):
    if not file.is_cpp or not _is_pure(file) or file.path in exceptions.IMPURE_CORE_SOURCES:
        return []
    found = _find(file, re.compile(r"\bthrow\b"), "a core does not throw: return Result (base/result.h)")
    for pattern, message in BANNED_IN_CORES:
        found += _find(file, re.compile(r"#\s*include\s*" + pattern.pattern), message)
    return found


_USING = re.compile(r"\busing\s+namespace\b")
_USING_MORE_THAN_LITERALS = re.compile(r"\busing\s+namespace\b(?!\s+std::\w*literals\s*;)")


def using_namespace(file):
    if not file.is_header:
        return []
    pattern = _USING_MORE_THAN_LITERALS if file.within("tests") else _USING  # 5s names no thing
    return _find(file, pattern, "using namespace in a header: name the things")


def pragma_once(file):
    if not file.is_header or any(line.strip() == "#pragma once" for line in file.code):
        return []
    return [Offence(file.path, 1, "a header begins with #pragma once")]


def todo(file):
    pattern = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))")
    if file.within("tests/tidy"):
        return []
    return [Offence(file.path, number, "TODO without an issue: write TODO(#12), or do it")
            for number, line in enumerate(file.lines, start=1) if pattern.search(line)]


def _layer_of(path):
    for folder in MAY_INCLUDE:
        if path.startswith(folder + "/"):
            return folder
    return None


_OWN_INCLUDE = re.compile(r'#\s*include\s*"([^"]+)"')


def layers(file):
    layer = _layer_of(file.path) if file.is_cpp else None
    if layer is None:
        return []
    found = []
    for number, line in enumerate(file.code, start=1):
        match = _OWN_INCLUDE.search(line)
        if match is None:
            continue
        target = match.group(1)
        if not target.startswith(tuple(folder + "/" for folder in MAY_INCLUDE[layer])):
            found.append(Offence(file.path, number,
                                 f"{layer} may not include {target} (docs/ARCHITECTURE.md, Layers)"))
        elif layer == "simulator" and target.startswith("simulator/carrier/"):
            found.append(Offence(file.path, number, "the virtual world knows no practice carrier"))
    return found


def third_party(file):
    if not file.is_cpp or file.within("tests"):
        return []
    found = []
    for pattern, folders in THIRD_PARTY:
        if not file.within(*folders):
            found += _find(file, re.compile(r"#\s*include\s*" + pattern.pattern),
                           f"this library stays behind {folders[0]}")
    found += _find(file, re.compile(r"#\s*include\s*<boost/asio\.hpp>"),
                   "include the narrow Asio headers, not all of it")
    return found


def whole_file(file):
    count = len(file.lines) - (file.lines[-1] == "")
    if count <= LINES_MAX or file.path in exceptions.MAY_BE_LONG:
        return []
    if file.path.endswith((".json", ".csv", ".golden", ".inc", ".xml", ".txt")) and file.within("tests", "demo"):
        return []  # data
    return [Offence(file.path, count, f"{count} lines; {LINES_MAX} is the wall: one idea per file")]


def hosts(file):
    if file.within("tests/tidy"):
        return []
    pattern = re.compile("|".join(re.escape(host) for host in _HOSTS), re.IGNORECASE)
    return [Offence(file.path, number, "names a package registry or download host: the system's own "
                                       "configuration decides where packages come from")
            for number, line in enumerate(file.lines, start=1) if pattern.search(line)]


def release_checks(file):
    if not file.is_cpp:
        return []
    return _find(file, re.compile(r"(?<![\w:.])assert\s*\(|<cassert>|\bNDEBUG\b"),
                 "vanishes in some builds: use BW_CHECK (base/check.h)")


_RESULT = re.compile(r"^\s*(static |virtual |inline |friend |constexpr )*(tl::expected|Result)<.*>\s+\w+\s*\(")


def nodiscard(file):
    if not file.is_header or file.within("tests"):
        return []
    found = []
    for number, line in enumerate(file.code, start=1):
        before = file.code[number - 2] if number > 1 else ""
        if _RESULT.match(line) and not before.rstrip().endswith("[[nodiscard]]"):
            found.append(Offence(file.path, number, "returns a Result: mark it [[nodiscard]]"))
    return found


FILE_RULES = (clocks, chance, sleeping_tests, views, pure_cores, using_namespace, pragma_once, todo,
              layers, third_party, whole_file, hosts, release_checks, nodiscard)


def sources_have_tests(names):
    """tests/ mirrors the tree: a core's x/y.cpp is tested by tests/x/y_test.cpp."""
    present = set(names)
    found = []
    for name in names:
        if not name.endswith(".cpp") or not name.startswith(tuple(core + "/" for core in CORES)):
            continue
        test = "tests/" + name[:-len(".cpp")] + "_test.cpp"
        if test not in present and name not in exceptions.TESTED_ELSEWHERE:
            found.append(Offence(name, 1, f"has no test: write {test}"))
    return found


def tests_have_sources(names):
    """A test under a core's mirror names the source or header that it tests."""
    present = set(names)
    found = []
    for name in names:
        if not name.endswith("_test.cpp") or not name.startswith(tuple(f"tests/{c}/" for c in CORES)):
            continue
        source = name[len("tests/"):-len("_test.cpp")]
        if present.isdisjoint((source + ".cpp", source + ".h")):
            if name not in exceptions.TESTS_WITHOUT_SOURCE:
                found.append(Offence(name, 1, f"tests nothing: there is no {source}.h or .cpp"))
    return found


def exceptions_are_used(names):
    """An exception for a file that is gone goes too."""
    present = set(names)
    listed = {**exceptions.MAY_BE_LONG, **exceptions.TESTED_ELSEWHERE, **exceptions.TESTS_WITHOUT_SOURCE,
              **exceptions.IMPURE_CORE_SOURCES}
    return [Offence("tests/tidy/exceptions.py", 1, f"names {name}, which is not there")
            for name in sorted(listed) if name not in present]


TREE_RULES = (sources_have_tests, tests_have_sources, exceptions_are_used)
