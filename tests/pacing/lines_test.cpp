#include "pacing/lines.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace bellwether::pacing {
namespace {

constexpr int kPlenty = 1000;

// Expected values worked by hand from the formulas in pacing/lines.h.
struct Case {
    const char* name;
    LineFacts facts;
    LineDecision decision;
};
void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

LineFacts facts(DialMode mode, int signed_in, int ready, int waiting = 0, int in_flight = 0,
                int talking = 0) {
    return {.mode = mode,
            .agents_signed_in = signed_in,
            .agents_ready = ready,
            .calls_waiting = waiting,
            .lines_in_flight = in_flight,
            .lines_used = in_flight + talking,
            .lines_max = kPlenty,
            .trunk_lines_free = kPlenty,
            .rate_allows = kPlenty};
}

LineFacts granted(int lines, DialMode in_force, ModeReason reason, int signed_in = 5) {
    LineFacts made = facts(DialMode::Predictive, signed_in, std::min(signed_in, 2));
    made.granted = lines;
    made.in_force = in_force;
    made.reason = reason;
    return made;
}

LineFacts limited(LineFacts made, int lines_max, int trunk, int rate) {
    made.lines_max = lines_max;
    made.trunk_lines_free = trunk;
    made.rate_allows = rate;
    return made;
}

LineFacts near_full(LineFacts made, int allowed) {
    made.quota_allows = allowed;
    return made;
}

LineFacts asked(int requests, int in_flight) {
    LineFacts made = facts(DialMode::Manual, 3, 3, 0, in_flight);
    made.lines_asked = requests;
    return made;
}

class DecideLinesTable : public testing::TestWithParam<Case> {};

TEST_P(DecideLinesTable, StartsWhatTheFormulaSays) {
    const LineDecision decision = decide_lines(GetParam().facts);
    EXPECT_EQ(decision.start, GetParam().decision.start);
    EXPECT_EQ(decision.wanted, GetParam().decision.wanted);
    EXPECT_EQ(name_of(decision.limit), name_of(GetParam().decision.limit));
}

constexpr DialMode kProgressive = DialMode::Progressive;
constexpr DialMode kUnattended = DialMode::Unattended;

INSTANTIATE_TEST_SUITE_P(
    Cases, DecideLinesTable,
    testing::Values(
        Case{"OneLinePerReadyAgent", facts(kProgressive, 6, 4), {4, 4, LineLimit::None}},
        Case{
            "LessThoseWaitingAndRinging", facts(kProgressive, 6, 4, 1, 2), {1, 1, LineLimit::None}},
        Case{
            "EveryAgentHasHisLine", facts(kProgressive, 6, 4, 0, 4), {0, 0, LineLimit::AgentsBusy}},
        Case{
            "MoreRingingThanReady", facts(kProgressive, 6, 2, 0, 5), {0, 0, LineLimit::AgentsBusy}},
        Case{"AllAgentsTalk", facts(kProgressive, 6, 0, 0, 0, 6), {0, 0, LineLimit::AgentsBusy}},
        Case{"NobodyIsThere", facts(kProgressive, 0, 0), {0, 0, LineLimit::NoAgents}},
        Case{"WhatTheRuleGrants",
             granted(7, DialMode::Predictive, ModeReason::AsConfigured),
             {7, 7, LineLimit::None}},
        Case{"NothingGrantedByTheForecast",
             granted(0, DialMode::Predictive, ModeReason::AsConfigured),
             {0, 0, LineLimit::Forecast}},
        Case{"NothingGrantedByTheGuard",
             granted(0, DialMode::Progressive, ModeReason::Guarded),
             {0, 0, LineLimit::AbandonmentCap}},
        Case{"NothingGrantedInWarmUp",
             granted(0, DialMode::Progressive, ModeReason::WarmUp),
             {0, 0, LineLimit::AgentsBusy}},
        Case{"AGrantForAgentsWhoHaveLeftSince",
             granted(3, DialMode::Progressive, ModeReason::Guarded),
             {2, 3, LineLimit::AgentsBusy}},
        Case{"NothingGrantedByTheRatio",
             granted(0, DialMode::Ratio, ModeReason::AsConfigured),
             {0, 0, LineLimit::AgentsBusy}},
        Case{"AGrantWithoutAgents",
             granted(3, DialMode::Predictive, ModeReason::AsConfigured, 0),
             {0, 0, LineLimit::NoAgents}},
        Case{"UnattendedFillsItsLines",
             limited(facts(kUnattended, 0, 0, 0, 3, 4), 10, 50, 50),
             {3, 3, LineLimit::None}},
        Case{"UnattendedIsFull",
             limited(facts(kUnattended, 0, 0, 0, 6, 4), 10, 50, 50),
             {0, 0, LineLimit::CampaignLines}},
        Case{"CampaignLines",
             limited(facts(kProgressive, 6, 6, 0, 0, 2), 5, 50, 50),
             {3, 6, LineLimit::CampaignLines}},
        Case{"TrunkLines",
             limited(facts(kProgressive, 6, 6), 50, 2, 50),
             {2, 6, LineLimit::TrunkLines}},
        Case{"TrunkIsFull",
             limited(facts(kProgressive, 6, 6), 50, 0, 50),
             {0, 6, LineLimit::TrunkLines}},
        Case{
            "CallRate", limited(facts(kProgressive, 6, 6), 50, 50, 1), {1, 6, LineLimit::CallRate}},
        Case{"TheLastLimitThatTookIsNamed",
             limited(facts(kProgressive, 9, 9), 8, 5, 2),
             {2, 9, LineLimit::CallRate}},
        Case{"ALimitThatTakesNothingIsNotNamed",
             limited(facts(kProgressive, 9, 9), 8, 5, 5),
             {5, 9, LineLimit::TrunkLines}},
        Case{"MoreLinesUpThanAllowed",
             limited(facts(kProgressive, 9, 9, 0, 0, 8), 5, 50, 50),
             {0, 9, LineLimit::CampaignLines}},
        Case{"PlacesAreTakenByTheCallsUnderWay",
             near_full(facts(kUnattended, 0, 0), 3),
             {3, kPlenty, LineLimit::QuotaNearlyFull}},
        Case{"NoPlaceIsLeft",
             near_full(facts(kProgressive, 6, 6), 0),
             {0, 6, LineLimit::QuotaNearlyFull}},
        Case{"MorePlacesThanLines",
             near_full(facts(kProgressive, 6, 6), 6),
             {6, 6, LineLimit::None}},
        Case{"ManualAsked", asked(2, 0), {2, 2, LineLimit::None}},
        Case{"ManualAskedWhileOthersRing", asked(2, 3), {2, 2, LineLimit::None}},
        Case{"ManualNotAsked", asked(0, 1), {0, 0, LineLimit::NotAsked}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(DecideLinesDeath, MoreReadyThanSignedInIsABug) {
    EXPECT_DEATH((void)decide_lines(facts(DialMode::Progressive, 1, 2)), "internal check failed");
}

}  // namespace
}  // namespace bellwether::pacing
