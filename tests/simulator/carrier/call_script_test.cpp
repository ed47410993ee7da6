#include "simulator/carrier/call_script.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bellwether::carrier {
namespace {

constexpr int kCalls = 5'000;

/// Numbers reserved for fiction, and beyond: only the text matters to the script.
std::string number(int i) { return "+1202555" + std::to_string(1'000'000 + i); }

std::vector<CallScript> many(const Distributions& of) {
    std::vector<CallScript> scripts;
    for (int i = 0; i < kCalls; ++i) {
        scripts.push_back(draw_script(of, {7, number(i), 1, "+12025550199"}));
    }
    return scripts;
}

Distributions always_answered() {
    Distributions of;
    of.busy = of.no_answer = of.fail = 0;
    return of;
}

double mean_of(const std::vector<CallScript>& scripts,
               const std::function<Duration(const CallScript&)>& time) {
    double sum = 0;
    for (const CallScript& script : scripts) {
        sum += std::chrono::duration<double>(time(script)).count();
    }
    return sum / static_cast<double>(scripts.size());
}

TEST(CallScript, SameKeyGivesTheSameScriptInAnyOrder) {
    const Distributions of;
    std::vector<CallScript> forwards;
    std::vector<CallScript> backwards;
    for (int i = 0; i < 50; ++i) forwards.push_back(draw_script(of, {3, number(i), 2, ""}));
    for (int i = 49; i >= 0; --i) backwards.push_back(draw_script(of, {3, number(i), 2, ""}));
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(forwards, backwards);
}

TEST(CallScript, SeedNumberAndOrdinalEachMatter) {
    const Distributions of;
    const CallScript one = draw_script(of, {3, "+12025550100", 1, ""});
    EXPECT_NE(one, draw_script(of, {4, "+12025550100", 1, ""}));
    EXPECT_NE(one, draw_script(of, {3, "+12025550101", 1, ""}));
    EXPECT_NE(one, draw_script(of, {3, "+12025550100", 2, ""}));
}

// Bound: upper 1e-4 quantile of chi-square with 3 degrees, scripts/reference/carrier_moments.py.
TEST(CallScript, FatesFollowTheWeights) {
    const std::array expected{0.35, 0.12, 0.38, 0.15};
    std::array<double, 4> seen{};
    for (const CallScript& script : many({})) ++seen[static_cast<std::size_t>(script.fate)];
    double chi_square = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double wanted = expected[i] * kCalls;
        chi_square += (seen[i] - wanted) * (seen[i] - wanted) / wanted;
    }
    EXPECT_LT(chi_square, 21.1);
}

TEST(CallScript, FailuresFollowTheirOwnWeights) {
    Distributions of;
    of.answer = of.busy = of.no_answer = 0;
    const std::array expected{0.4, 0.3, 0.2, 0.1};
    std::map<int, double> seen;
    for (const CallScript& script : many(of)) ++seen[script.status];
    ASSERT_EQ(seen.size(), 4u);
    double chi_square = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double wanted = expected[i] * kCalls;
        const double off = seen[kFailStatuses[i]] - wanted;
        chi_square += off * off / wanted;
    }
    EXPECT_LT(chi_square, 21.1);
}

TEST(CallScript, NobodyButPeopleAnswersUnlessAsked) {
    for (const CallScript& script : many({})) {
        EXPECT_EQ(script.party, Party::Person);
        EXPECT_FALSE(script.announces);
    }
}

// Bound: as FatesFollowTheWeights.
TEST(CallScript, PartiesFollowTheirShares) {
    Distributions of;
    of.machine = 0.3;
    of.fax = 0.05;
    of.screener = 0.15;
    const std::array expected{0.5, 0.3, 0.05, 0.15};
    std::array<double, 4> seen{};
    for (const CallScript& script : many(of)) ++seen[static_cast<std::size_t>(script.party)];
    double chi_square = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double wanted = expected[i] * kCalls;
        chi_square += (seen[i] - wanted) * (seen[i] - wanted) / wanted;
    }
    EXPECT_LT(chi_square, 21.1);
}

TEST(CallScript, AScreenerHasTimeToAskFirst) {
    Distributions of;
    of.screener = 1;
    for (const CallScript& script : many(of)) {
        EXPECT_GE(script.patience, of.patience.low + std::chrono::seconds{6});
    }
}

TEST(CallScript, OnlyFailuresAnnounceThemselves) {
    Distributions of;
    of.sit = Probability{1};
    for (const CallScript& script : many(of)) {
        EXPECT_EQ(script.announces, script.fate == CallFate::Fail);
        EXPECT_FALSE(script.announces && script.early_media);
    }
}

struct DrawnMoments {
    const char* name;
    std::function<Duration(const CallScript&)> time;
    double mean;
    double sd;
};
void PrintTo(const DrawnMoments& row, std::ostream* out) { *out << row.name; }

class CallScriptTimes : public testing::TestWithParam<DrawnMoments> {};

TEST_P(CallScriptTimes, HaveTheMeanOfTheReference) {
    const auto& row = GetParam();
    const double bound = 3.9 * row.sd / std::sqrt(kCalls);  // 1e-4 two-sided
    EXPECT_NEAR(mean_of(many(always_answered()), row.time), row.mean, bound);
}

// Expected values: scripts/reference/carrier_moments.py.
INSTANTIATE_TEST_SUITE_P(
    Reference, CallScriptTimes,
    testing::Values(
        DrawnMoments{"Ring", [](const CallScript& s) { return s.decide; }, 2.999976, 1.499693},
        DrawnMoments{"Talk", [](const CallScript& s) { return *s.talk; }, 6.000019, 2.999948},
        DrawnMoments{"Patience", [](const CallScript& s) { return s.patience; }, 8.001001,
                     1.997872}),
    [](const auto& row) { return row.param.name; });

TEST(CallScript, SpeedShortensEveryTimeButTheRingLimit) {
    Distributions of;
    of.answer = of.busy = of.fail = 0;
    of.speed = 4;
    EXPECT_EQ(draw_script(of, {1, "+12025550100", 1, ""}).decide, std::chrono::seconds{60});

    Distributions slow = always_answered();
    Distributions fast = slow;
    fast.speed = 4;
    const CallScript at_one = draw_script(slow, {1, "+12025550100", 1, ""});
    const CallScript at_four = draw_script(fast, {1, "+12025550100", 1, ""});
    const auto rounding = std::chrono::microseconds{4};
    EXPECT_LE(std::chrono::abs(at_four.decide * 4 - at_one.decide), rounding);
    EXPECT_LE(std::chrono::abs(*at_four.talk * 4 - *at_one.talk), rounding);
    EXPECT_LE(std::chrono::abs(at_four.patience * 4 - at_one.patience), rounding);
}

TEST(CallScript, OnlyCallersOnTheListAreAnsweredWithKeys) {
    Distributions of = always_answered();
    of.keys_hang_up = Probability{0};
    of.keypad_for = {"+12025550199", "+1303"};
    EXPECT_TRUE(draw_script(of, {1, "+12025550100", 1, "+12025550150"}).replies.empty());
    EXPECT_FALSE(draw_script(of, {1, "+12025550100", 1, "+12025550199"}).replies.empty());
    EXPECT_FALSE(draw_script(of, {1, "+13035550100", 1, "+12025550150"}).replies.empty());
}

TEST(CallScript, WhoIsKnownToBeAskedStaysForTheQuestions) {
    Distributions of = always_answered();
    EXPECT_TRUE(draw_script(of, {1, "+12025550100", 1, "+12025550199"}).talk.has_value());
    of.keypad_for = {"+12025550199"};
    EXPECT_FALSE(draw_script(of, {1, "+12025550100", 1, "+12025550199"}).talk.has_value());
    EXPECT_TRUE(draw_script(of, {1, "+12025550100", 1, "+12025550150"}).talk.has_value());
}

/// Every key press in order, as one text.
std::string keys_of(const CallScript& script) {
    std::string keys;
    for (const Reply& reply : script.replies) keys += reply.keys + " ";
    return keys;
}

TEST(CallScript, AnAttentivePersonAnswersEachQuestionInItsRange) {
    Distributions of = always_answered();
    of.answers = {{2, 2, false}, {10, 10, true}, {0, 0, false}};
    of.keys_invalid = of.keys_silent = of.keys_hang_up = of.keys_opt_out = Probability{0};
    EXPECT_EQ(keys_of(draw_script(of, {1, "+12025550100", 1, ""})), "2 10# 0 ");
}

TEST(CallScript, ASlipComesBeforeTheRightAnswer) {
    Distributions of = always_answered();
    of.answers = {{2, 2, false}, {10, 10, true}};
    of.keys_invalid = of.keys_silent = Probability{1};
    of.keys_hang_up = of.keys_opt_out = Probability{0};
    const CallScript script = draw_script(of, {1, "+12025550100", 1, ""});
    EXPECT_EQ(keys_of(script), " 0 2  0# 10# ");
    EXPECT_EQ(script.replies.front().kind, ReplyKind::StaySilent);
}

TEST(CallScript, OptingOutAndHangingUpAreTheLastReply) {
    Distributions of = always_answered();
    of.keys_hang_up = Probability{0};
    of.keys_opt_out = Probability{1};
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(draw_script(of, {1, number(i), 1, ""}).replies.back().keys, "9");
    }
    of.keys_hang_up = Probability{1};
    of.keys_opt_out = Probability{0};
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(draw_script(of, {1, number(i), 1, ""}).replies.back().kind, ReplyKind::HangUp);
    }
}

RC_GTEST_PROP(CallScriptProperty, ALaterQuestionNeverChangesAnEarlierAnswer,
              (std::uint64_t seed, std::uint32_t ordinal)) {
    Distributions few = always_answered();
    few.keys_hang_up = few.keys_opt_out = Probability{0};
    few.answers = {{1, 5, false}, {18, 90, true}};
    Distributions more = few;
    more.answers.push_back({1, 3, false});
    const auto two = draw_script(few, {seed, "+12025550100", ordinal, ""}).replies;
    const auto three = draw_script(more, {seed, "+12025550100", ordinal, ""}).replies;
    RC_ASSERT(three.size() > two.size());
    RC_ASSERT(std::equal(two.begin(), two.end(), three.begin()));
}

}  // namespace
}  // namespace bellwether::carrier
