#!/usr/bin/env python3
"""Does tidy find what it should, and leave alone what it should?"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import rules
import tidy
from source import SourceFile, code_of


def offends(rule, path, text):
    return bool(rule(SourceFile.of_text(path, text)))


# (rule, path, an offending text, a text that is fine)
FILE_CASES = (
    (rules.clocks, "pacing/a.cpp", "auto t = std::chrono::steady_clock::now();", "// not ::now() here"),
    (rules.clocks, "tests/pacing/a_test.cpp", "auto t = steady_clock::now();", "Now VirtualDriver::now() {}"),
    (rules.chance, "dialer/sip/a.cpp", "std::random_device seed;", "Rng rng{7};"),
    (rules.sleeping_tests, "tests/base/a_test.cpp", "std::this_thread::sleep_for(1s);", "wait_for(done);"),
    (rules.views, "base/a.cpp", "for (auto x : v | std::views::take(2)) {}", "std::ranges::sort(v);"),
    (rules.pure_cores, "campaigns/a.cpp", "throw 1;", '// never throw\nauto t = "throw";'),
    (rules.pure_cores, "base/a.h", "#include <mutex>", "#include <vector>"),
    (rules.pure_cores, "compliance/a.cpp", "#include <spdlog/spdlog.h>", "#include <string>"),
    (rules.pure_cores, "simulator/world.cpp", "#include <fstream>", "#include <string>"),
    (rules.using_namespace, "base/a.h", "using namespace std;", "using std::swap;"),
    (rules.using_namespace, "tests/sip/a.h", "using namespace testing;", "using namespace std::chrono_literals;"),
    (rules.using_namespace, "dialer/sip/a.h", "using namespace std::chrono_literals;", "x;"),
    (rules.pragma_once, "base/a.h", "namespace a {}", "#pragma once\n"),
    (rules.todo, "README.md", "TODO: later", "TODO(#12): later"),
    (rules.layers, "pacing/a.h", '#include "campaigns/outcome.h"', '#include "base/ids.h"'),
    (rules.layers, "campaigns/a.h", '#include "dialer/engine/events.h"', '#include "pacing/lines.h"'),
    (rules.layers, "dialer/sip/a.h", '#include "dialer/media/media_engine.h"', '#include "dialer/sip/b.h"'),
    (rules.layers, "simulator/world.h", '#include "dialer/sip/sip_event.h"', '#include "dialer/engine/a.h"'),
    (rules.layers, "simulator/world.h", '#include "simulator/carrier/a.h"', '#include "simulator/b.h"'),
    (rules.layers, "simulator/carrier/a.h", '#include "dialer/store/a.h"', '#include "dialer/sip/a.h"'),
    (rules.third_party, "dialer/api/a.cpp", "#include <sqlite3.h>", "#include <boost/beast/core.hpp>"),
    (rules.third_party, "dialer/runtime/a.cpp", "#include <boost/asio.hpp>",
     "#include <boost/asio/io_context.hpp>"),
    (rules.whole_file, "base/a.cpp", "x;\n" * 601, "x;\n" * 600),
    (rules.hosts, "docs/a.md", "from pypi" + ".org", "from Debian"),
    (rules.release_checks, "base/a.cpp", "assert(x > 0);", "static_assert(kX > 0); BW_CHECK(x);"),
    (rules.nodiscard, "base/a.h", "Result<int> parse(int);", "[[nodiscard]] Result<int> parse(int);"),
    (rules.nodiscard, "base/a.h", "static Result<void> open();", "[[nodiscard]]\nResult<int> parse(int);"),
)


class FileRules(unittest.TestCase):
    def test_each_rule_finds_its_offence_and_spares_the_right_form(self):
        for rule, path, bad, good in FILE_CASES:
            with self.subTest(rule=rule.__name__, path=path, bad=bad[:60]):
                self.assertTrue(offends(rule, path, bad))
                self.assertFalse(offends(rule, path, good))

    def test_every_rule_has_a_case(self):
        self.assertEqual({rule for rule, *_ in FILE_CASES}, set(rules.FILE_RULES))

    def test_the_shell_may_read_clocks(self):
        self.assertFalse(offends(rules.clocks, "dialer/runtime/driver.cpp", "steady_clock::now();"))

    def test_comments_and_literals_do_not_count(self):
        text = 'a(); // throw\nb("throw \\" now", \'"\', 1\'000); /* throw\n throw */ c();'
        self.assertNotIn("throw", "\n".join(code_of(text)))
        self.assertEqual(len(code_of(text)), 3)
        self.assertIn("c();", code_of(text)[2])
        self.assertIn("1'000", code_of(text)[1])


class TreeRules(unittest.TestCase):
    def test_a_core_source_without_test_is_found(self):
        self.assertTrue(rules.sources_have_tests(["pacing/lines.cpp"]))
        self.assertFalse(rules.sources_have_tests(["pacing/lines.cpp", "tests/pacing/lines_test.cpp"]))
        self.assertFalse(rules.sources_have_tests(["dialer/sip/nua.cpp"]))

    def test_a_test_without_source_is_found(self):
        self.assertTrue(rules.tests_have_sources(["tests/pacing/lines_test.cpp"]))
        self.assertFalse(rules.tests_have_sources(["pacing/lines.h", "tests/pacing/lines_test.cpp"]))


class WholeTree(unittest.TestCase):
    def test_a_bad_tree_fails_with_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "pacing").mkdir()
            (root / "pacing/a.h").write_text("#pragma once\n\nusing namespace std;\n", encoding="utf-8")
            (root / "sound.wav").write_bytes(b"RIFF\0\0\0\xff")
            found = tidy.offences_of(root)
            self.assertIn(("pacing/a.h", 3), [(offence.path, offence.line) for offence in found])
            run = subprocess.run([sys.executable, tidy.__file__, folder], capture_output=True, check=False)
            self.assertEqual(run.returncode, 1)
            self.assertIn(b"pacing/a.h:3: using namespace", run.stdout)


if __name__ == "__main__":
    unittest.main()
