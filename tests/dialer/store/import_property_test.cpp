#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

enum class Writing { Plain, Brackets, International, Broken };

std::string written(int n, Writing writing) {
    const std::string digits = fiction(n).substr(2);
    switch (writing) {
        case Writing::Plain:
            return digits;
        case Writing::Brackets:
            return "(" + digits.substr(0, 3) + ") " + digits.substr(3, 3) + "-" + digits.substr(6);
        case Writing::International:
            return "+1 " + digits;
        case Writing::Broken:
            return digits.substr(0, 6);
    }
    return {};
}

// Counted apart from the import, row by row.
RC_GTEST_PROP(ImportLaw, CountsAddUpWhateverTheRows, ()) {
    const auto rows = *rc::gen::container<std::vector<std::pair<int, Writing>>>(rc::gen::pair(
        rc::gen::inRange(0, 12), rc::gen::element(Writing::Plain, Writing::Brackets,
                                                  Writing::International, Writing::Broken)));
    const auto stopped = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 12));
    TestStore test;
    for (const int n : stopped) {
        must(test.store->add_do_not_call(
            {phone(fiction(n)), {}, DoNotCallSource::Import, "law", "", at(0), {}}));
    }
    std::int64_t accepted = 0, duplicate = 0, rejected = 0, suppressed = 0;
    std::set<int> present;
    std::string csv = "first_name,phone\n";
    for (const auto& [n, writing] : rows) {
        csv += "Ann," + written(n, writing) + "\n";
        if (writing == Writing::Broken)
            ++rejected;
        else if (stopped.contains(n))
            ++suppressed;
        else if (present.insert(n).second)
            ++accepted;
        else
            ++duplicate;
    }
    const auto report = test.import_text(csv);
    RC_ASSERT(report.read == std::ssize(rows));
    RC_ASSERT(report.accepted == accepted);
    RC_ASSERT(report.duplicate == duplicate);
    RC_ASSERT(report.rejected == rejected);
    RC_ASSERT(report.suppressed == suppressed);
    RC_ASSERT(must(test.store->figures(test.campaign)).total == accepted);
    RC_ASSERT(std::ssize(test.claim(100).offers) == accepted);
}

}  // namespace
}  // namespace bellwether::store::test
