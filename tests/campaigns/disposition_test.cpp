#include "campaigns/disposition.h"

#include <gtest/gtest.h>

#include <set>

namespace bellwether::campaigns {
namespace {

TEST(Disposition, IsFoundByItsCodeOrItsKey) {
    const auto all = usual_dispositions();
    ASSERT_NE(find_disposition(all, "DNC"), nullptr);
    EXPECT_EQ(find_disposition(all, "DNC")->effect, DispositionEffect::DoNotCall);
    EXPECT_EQ(find_disposition(all, "9"), find_disposition(all, "DNC"));
    EXPECT_EQ(find_disposition(all, "sale"), nullptr);
    EXPECT_EQ(find_disposition(all, ""), nullptr);
}

// Field study 2.1: what VICIdial's agents may say, and the flags of each.
TEST(Disposition, TheUsualOnesAreVicidials) {
    std::set<std::string> codes;
    std::set<char> keys;
    for (const Disposition& disposition : usual_dispositions()) {
        codes.insert(disposition.code);
        keys.insert(disposition.key);
    }
    EXPECT_EQ(codes,
              (std::set<std::string>{"SALE", "NI", "CALLBK", "NP", "DEC", "A", "DC", "N", "DNC"}));
    EXPECT_EQ(keys.size(), codes.size());
    const auto all = usual_dispositions();
    const auto flags = find_disposition(all, "SALE")->flags;
    EXPECT_EQ(std::set(flags.begin(), flags.end()),
              (std::set{DispositionFlag::HumanAnswered, DispositionFlag::Sale,
                        DispositionFlag::CustomerContact, DispositionFlag::Completed}));
}

TEST(PauseCode, IsFoundByItsCodeOrItsKey) {
    const auto all = usual_pause_codes();
    ASSERT_NE(find_pause_code(all, "2"), nullptr);
    EXPECT_EQ(find_pause_code(all, "2")->code, "LUNCH");
    EXPECT_FALSE(find_pause_code(all, "LUNCH")->billable);
    EXPECT_EQ(find_pause_code(all, "9"), nullptr);
}

TEST(Skill, HasTheLevelThatIsWritten) {
    const std::vector<Skill> skills{{"es", 3}, {"nl", 9}};
    EXPECT_EQ(level_of(skills, "nl"), 9);
    EXPECT_EQ(level_of(skills, "hu"), 0);
}

}  // namespace
}  // namespace bellwether::campaigns
