#include "campaigns/list_mix.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace bellwether::campaigns {
namespace {

/// The next so many lists, as letters.
std::string deal(std::vector<ListShare>& lists, int count) {
    std::string dealt;
    for (int i = 0; i < count; ++i) {
        const auto next = next_list(lists);
        dealt += next ? static_cast<char>('a' + *next) : '-';
    }
    return dealt;
}

TEST(ListMix, TakesTheOnlyOne) {
    std::vector<ListShare> lists{{1, 1, 0, true}};
    EXPECT_EQ(deal(lists, 3), "aaa");
    lists[0].has_contacts = false;
    EXPECT_EQ(deal(lists, 1), "-");
}

TEST(ListMix, KeepsTheSharesInEveryStretch) {
    std::vector<ListShare> lists{{1, 5, 0, true}, {1, 1, 0, true}, {1, 1, 0, true}};
    // The sequence of smooth weighted round-robin for 5, 1, 1, as nginx documents it.
    EXPECT_EQ(deal(lists, 7), "aabacaa");
    EXPECT_EQ(deal(lists, 7), "aabacaa");
}

TEST(ListMix, LeavesLowerPrioritiesUntilHigherOnesAreEmpty) {
    std::vector<ListShare> lists{{2, 9, 0, true}, {1, 1, 0, true}, {1, 1, 0, true}};
    EXPECT_EQ(deal(lists, 4), "bcbc");
    lists[1].has_contacts = lists[2].has_contacts = false;
    EXPECT_EQ(deal(lists, 2), "aa");
}

TEST(ListMix, ALateListDoesNotCatchUp) {
    std::vector<ListShare> lists{{1, 1, 0, true}, {1, 1, 0, false}};
    EXPECT_EQ(deal(lists, 1000), std::string(1000, 'a'));
    lists[1].has_contacts = true;
    EXPECT_EQ(deal(lists, 6), "ababab");
}

}  // namespace
}  // namespace bellwether::campaigns
