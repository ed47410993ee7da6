#include "compliance/policy/temporal.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

using namespace std::chrono_literals;

PastAttempt attempt(std::string_view at, std::string_view subject = "t1") {
    return {.at = instant(at),
            .outcome = CallOutcome::NoAnswer,
            .subject = subject,
            .kind = CallKind::Live};
}

std::string next(const Rule& rule, const DialCase& given) {
    const auto found = next_pass(rule, Facts{given}, given.now, given.now + kSearched);
    return found ? to_text(*found) : "never";
}

const Rule kThreeADay = made_rule("a.freq", Frequency{.max = 3, .per = 24h, .is_by_subject = true});

TEST(Frequency, ClearsWhenTheOldestOfTheLastIsOldEnough) {
    DialCase given = plain_case();
    given.now = instant("2026-11-23T18:00:00Z");
    const std::array<PastAttempt, 4> history{
        attempt("2026-11-23T13:00:00Z"), attempt("2026-11-20T10:00:00Z"),
        attempt("2026-11-22T19:00:00Z"), attempt("2026-11-23T17:00:00Z")};
    given.history = history;
    EXPECT_FALSE(passes(kThreeADay, Facts{given}, given.now));
    EXPECT_EQ(next(kThreeADay, given), "2026-11-23T19:00:00Z");
    EXPECT_TRUE(passes(kThreeADay, Facts{given}, instant("2026-11-23T19:00:00Z")));
}

TEST(Frequency, WhatIsNotKnownOfAnAttemptCounts) {
    DialCase given = plain_case();
    const Rule once = made_rule(
        "a.freq",
        Frequency{.max = 1, .per = 24h, .is_by_subject = true, .of = CallKind::Prerecorded});
    std::array<PastAttempt, 1> history{PastAttempt{}};
    given.history = history;
    EXPECT_EQ(next(once, given), "2026-11-24T17:00:00Z") << "no time: taken for now";
    history[0] = attempt("2026-11-23T16:00:00Z");
    EXPECT_EQ(next(once, given), to_text(given.now)) << "a live one";
    history[0].kind.reset();
    EXPECT_EQ(next(once, given), "2026-11-24T16:00:00Z");
    history[0].subject = "t2";
    EXPECT_EQ(next(once, given), to_text(given.now)) << "another subject";
    given.campaign.subject = "";
    EXPECT_EQ(next(once, given), "2026-11-24T16:00:00Z") << "of which nobody knows";
}

TEST(Spacing, IsCountedFromTheLastAttempt) {
    DialCase given = plain_case();
    const std::array<PastAttempt, 2> history{attempt("2026-11-23T15:00:00Z"),
                                             attempt("2026-11-23T14:30:00Z")};
    given.history = history;
    EXPECT_EQ(next(made_rule("a.gap", Spacing{3h}), given), "2026-11-23T18:00:00Z");
    EXPECT_EQ(next(made_rule("a.gap", Spacing{2h}), given), to_text(given.now));
}

TEST(Spacing, DoesNotBindBeforeItsDate) {
    DialCase given = plain_case();
    const std::array<PastAttempt, 1> history{attempt("2026-11-23T16:59:00Z")};
    given.history = history;
    Rule rule = made_rule("a.gap", Spacing{3h});
    rule.in_force.from = date("2026-11-24");
    EXPECT_EQ(next(rule, given), to_text(given.now));
    rule.in_force.from = date("2026-11-23");
    EXPECT_EQ(next(rule, given), "2026-11-23T19:59:00Z");
}

TEST(Windows, AreOpenInEveryZoneAtOnce) {
    DialCase given = plain_case();
    given.address.zones = kInLosAngeles;
    given.now = instant("2026-11-23T15:00:00Z");
    EXPECT_EQ(next(made_rule("a.hours", Window{daily(8, 21)}), given), "2026-11-23T16:00:00Z");
    // Nine to ten in New York is six to seven in Los Angeles: never both.
    EXPECT_EQ(next(made_rule("a.hours", Window{daily(9, 10)}), given), "never");
}

TEST(Windows, HoldInTheZonesTheyName) {
    DialCase given = plain_case();
    given.now = instant("2026-11-23T13:30:00Z");
    const Rule rule = made_rule("a.hours", Window{daily(8, 21), false, {"America/Chicago"}});
    EXPECT_FALSE(knows_zones(rule, Facts{given}));
    const std::array<Zone, 1> rule_zones{&kChicago};
    given.rule_zones = rule_zones;
    EXPECT_TRUE(knows_zones(rule, Facts{given}));
    EXPECT_EQ(next(rule, given), "2026-11-23T14:00:00Z");
}

TEST(Windows, KnowNothingWithoutAZone) {
    DialCase given = plain_case();
    given.number.zones = {};
    EXPECT_FALSE(knows_zones(made_rule("a.hours", Window{daily(8, 21)}), Facts{given}));
    EXPECT_TRUE(knows_zones(kThreeADay, Facts{given}));
}

TEST(Holidays, CloseTheDayInEveryZone) {
    DialCase given = plain_case();
    const std::array<Date, 1> holidays{date("2026-11-23")};
    given.holidays = holidays;
    const Rule rule = made_rule("a.holiday", Holiday{});
    EXPECT_EQ(next(rule, given), "2026-11-24T05:00:00Z");
    given.address.zones = kInLosAngeles;
    EXPECT_EQ(next(rule, given), "2026-11-24T08:00:00Z");
    EXPECT_EQ(next(made_rule("a.hours", Window{daily(8, 21), true}), given),
              "2026-11-24T16:00:00Z");
}

TEST(HouseWindows, AreKeptForTheirPurpose) {
    DialCase given = plain_case();
    const std::vector<HoursWindow> evening = daily(18, 21);
    const HouseWindow survey{Purpose::Survey, evening};
    const HouseWindow any{std::nullopt, evening};
    EXPECT_FALSE(speaks_of(survey, Facts{given}));
    EXPECT_TRUE(speaks_of(any, Facts{given}));
    EXPECT_FALSE(passes(any, Facts{given}, given.now));
    const auto next_house = next_pass(any, Facts{given}, given.now, given.now + kSearched);
    ASSERT_TRUE(next_house);
    EXPECT_EQ(to_text(*next_house), "2026-11-23T23:00:00Z");
    given.campaign.purpose = Purpose::Survey;
    given.campaign.transfers_to_sales = true;
    EXPECT_TRUE(speaks_of(survey, Facts{given})) << "both what it says and what it is";
}

}  // namespace
}  // namespace bellwether::compliance::policy
