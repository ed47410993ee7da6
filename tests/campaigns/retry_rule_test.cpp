#include "campaigns/retry_rule.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const UtcTime kEnded{seconds{1'767'571'200}};

RetryRule rule() {
    return {.attempts_max = 3,
            .delays = {{.outcome = Outcome::Busy, .delay = minutes{5}},
                       {.outcome = Outcome::NoAnswer, .delay = minutes{60}},
                       {.outcome = Outcome::HungUp, .delay = minutes{90}}},
            .unknown_cooloff = minutes{30}};
}

TEST(RetryRule, WaitsAsLongAsTheOutcomeSays) {
    EXPECT_EQ(next_attempt_at(rule(), Outcome::Busy, 1, kEnded), kEnded + minutes{5});
    EXPECT_EQ(next_attempt_at(rule(), Outcome::NoAnswer, 2, kEnded), kEnded + minutes{60});
    EXPECT_EQ(next_attempt_at(rule(), Outcome::HungUp, 1, kEnded), kEnded + minutes{90});
}

TEST(RetryRule, EndsWithTheLastAttempt) {
    EXPECT_FALSE(next_attempt_at(rule(), Outcome::Busy, 3, kEnded).has_value());
    EXPECT_FALSE(next_attempt_at(rule(), Outcome::Busy, 4, kEnded).has_value());
}

TEST(RetryRule, AnOutcomeThatIsNotListedIsFinal) {
    EXPECT_FALSE(next_attempt_at(rule(), Outcome::Congestion, 1, kEnded).has_value());
    EXPECT_FALSE(next_attempt_at(rule(), Outcome::InvalidNumber, 1, kEnded).has_value());
}

TEST(RetryRule, ServedOptedOutOrDeniedIsFinalWhateverItSays) {
    RetryRule stubborn = rule();
    for (std::size_t i = 0; i < kEnumNames<Outcome>.size(); ++i) {
        stubborn.delays.push_back({.outcome = static_cast<Outcome>(i), .delay = seconds{1}});
    }
    for (const Outcome outcome :
         {Outcome::Connected, Outcome::InterviewComplete, Outcome::NoticePlayed, Outcome::OptedOut,
          Outcome::DestinationDenied}) {
        EXPECT_FALSE(next_attempt_at(stubborn, outcome, 1, kEnded).has_value()) << name_of(outcome);
    }
    EXPECT_TRUE(next_attempt_at(stubborn, Outcome::Abandoned, 1, kEnded).has_value());
    EXPECT_TRUE(next_attempt_at(stubborn, Outcome::InterviewPartial, 1, kEnded).has_value());
}

TEST(RetryRule, AWithdrawnAttemptMayBeTriedAtOnce) {
    EXPECT_EQ(next_attempt_at(rule(), Outcome::Withdrawn, 0, kEnded), kEnded);
    EXPECT_EQ(next_attempt_at(rule(), Outcome::Withdrawn, 2, kEnded), kEnded);
}

// Promise R4: after a crash, redialed only after the cool-off.
TEST(RetryRule, AnUnknownOutcomeWaitsForTheCoolOff) {
    EXPECT_EQ(next_attempt_at(rule(), Outcome::Unknown, 1, kEnded), kEnded + minutes{30});
    EXPECT_FALSE(next_attempt_at(rule(), Outcome::Unknown, 3, kEnded).has_value());
}

TEST(RetryRule, ADelayListedForUnknownNeverShortensTheCoolOff) {
    RetryRule hasty = rule();
    hasty.delays.push_back({.outcome = Outcome::Unknown, .delay = seconds{1}});
    EXPECT_EQ(next_attempt_at(hasty, Outcome::Unknown, 1, kEnded), kEnded + minutes{30});
    RetryRule patient = rule();
    patient.delays.push_back({.outcome = Outcome::Unknown, .delay = minutes{120}});
    EXPECT_EQ(next_attempt_at(patient, Outcome::Unknown, 1, kEnded), kEnded + minutes{120});
}

}  // namespace
}  // namespace bellwether::campaigns
