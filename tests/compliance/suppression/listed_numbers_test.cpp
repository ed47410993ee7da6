#include "compliance/suppression/listed_numbers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "compliance/suppression/list_shrink.h"
#include "tests/compliance/suppression/set_support.h"

namespace bellwether::compliance::suppression {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr sys_days kMonday{days{20780}};
constexpr std::uint64_t kFirst = 12'125'550'000;

TEST(ListedNumbers, PutsChangesOverTheFile) {
    const std::vector<std::uint64_t> in_file{kFirst, kFirst + 1};
    const auto file = file_of(in_file);
    ListedNumbers list{NumberSet::open(file).value()};
    EXPECT_TRUE(list.add(number(kFirst + 2), kMonday));
    EXPECT_FALSE(list.add(number(kFirst), kMonday));
    EXPECT_TRUE(list.remove(number(kFirst + 1)));
    EXPECT_FALSE(list.remove(number(kFirst + 1)));
    EXPECT_TRUE(list.contains(number(kFirst)));
    EXPECT_FALSE(list.contains(number(kFirst + 1)));
    EXPECT_TRUE(list.contains(number(kFirst + 2)));
    EXPECT_EQ(list.size(), 2U);
    EXPECT_EQ(list.since(number(kFirst + 2)), kMonday);
    EXPECT_EQ(list.since(number(kFirst)), std::nullopt);

    // Back as it was, the changes are gone; the day it came back is kept.
    EXPECT_TRUE(list.add(number(kFirst + 1), kMonday + days{1}));
    EXPECT_TRUE(list.remove(number(kFirst + 2)));
    EXPECT_TRUE(list.changes().is_empty());
    EXPECT_EQ(list.since(number(kFirst + 1)), kMonday + days{1});
}

/// A list with changes, and the same as a plain set.
struct Random {
    std::vector<std::byte> file;
    ListedNumbers list;
    std::set<std::uint64_t> oracle;

    static Random make(std::uint64_t seed) {
        std::mt19937_64 random{seed};
        const auto any = [&] {
            return random() % 3 == 0 ? 442'079'460'000 + random() % 900
                                     : kFirst + random() % 12'000;
        };
        std::set<std::uint64_t> oracle;
        for (int i = 0; i < 5000; ++i) oracle.insert(any());
        auto file = file_of(std::vector<std::uint64_t>{oracle.begin(), oracle.end()});
        ListedNumbers list{NumberSet::open(file).value()};
        for (int i = 0; i < 2000; ++i) {
            const std::uint64_t digits = any();
            if (random() % 2 == 0) {
                EXPECT_EQ(list.add(number(digits), kMonday), oracle.insert(digits).second);
            } else {
                EXPECT_EQ(list.remove(number(digits)), oracle.erase(digits) == 1);
            }
        }
        return {std::move(file), std::move(list), std::move(oracle)};
    }
};

TEST(ListedNumbers, HoldsWhatASetHoldsAfterManyChanges) {
    const Random one = Random::make(1);
    EXPECT_EQ(one.list.size(), one.oracle.size());
    for (std::uint64_t digits = kFirst; digits < kFirst + 12'000; ++digits) {
        ASSERT_EQ(one.list.contains(number(digits)), one.oracle.contains(digits));
    }
}

TEST(ListedNumbers, MergesItsChangesIntoOneFile) {
    const Random one = Random::make(2);
    const auto merged = one.list.merged();
    ASSERT_TRUE(merged);
    EXPECT_EQ(file_of(*merged),
              file_of(std::vector<std::uint64_t>{one.oracle.begin(), one.oracle.end()}));
}

TEST(ListedNumbers, ComparesWithANewerList) {
    const Random older = Random::make(3);
    const Random newer = Random::make(4);
    std::vector<std::uint64_t> fresh;
    std::set<std::uint64_t> gone;
    std::ranges::set_difference(newer.oracle, older.oracle, std::back_inserter(fresh));
    std::ranges::set_difference(older.oracle, newer.oracle, std::inserter(gone, gone.end()));

    const auto file = file_of(std::vector<std::uint64_t>{newer.oracle.begin(), newer.oracle.end()});
    std::vector<std::uint64_t> found;
    const auto difference = compare(older.list, NumberSet::open(file).value(),
                                    [&](PhoneNumber seen) { found.push_back(seen.digits()); });
    std::ranges::sort(found);
    EXPECT_EQ(found, fresh);
    EXPECT_EQ(difference.adds, fresh.size());
    EXPECT_EQ(difference.deletes, gone.size());
}

// research/compliance.md §2.1: 2 % for the FTC's and Canada's, 10 % for the TPS.
TEST(ListShrink, IsJudgedOnExactCounts) {
    EXPECT_FALSE(shrinks_too_much(ListFormat::Ftc, 100, 98));
    EXPECT_TRUE(shrinks_too_much(ListFormat::Ftc, 100, 97));
    EXPECT_TRUE(shrinks_too_much(ListFormat::FtcXml, 258'500'000, 253'329'999));
    EXPECT_FALSE(shrinks_too_much(ListFormat::Ca, 258'500'000, 253'330'000));
    EXPECT_FALSE(shrinks_too_much(ListFormat::Tps, 1000, 900));
    EXPECT_TRUE(shrinks_too_much(ListFormat::Tps, 1000, 899));
    EXPECT_FALSE(shrinks_too_much(ListFormat::Ftc, 0, 0));
    EXPECT_FALSE(shrinks_too_much(ListFormat::Ftc, 5, 6));
}

}  // namespace
}  // namespace bellwether::compliance::suppression
