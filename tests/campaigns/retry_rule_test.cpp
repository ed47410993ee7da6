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
    EXPECT_EQ((next_attempt_at(rule(), {}, {Outcome::Busy, 1, kEnded, {}})), kEnded + minutes{5});
    EXPECT_EQ((next_attempt_at(rule(), {}, {Outcome::NoAnswer, 2, kEnded, {}})),
              kEnded + minutes{60});
    EXPECT_EQ((next_attempt_at(rule(), {}, {Outcome::HungUp, 1, kEnded, {}})),
              kEnded + minutes{90});
}

TEST(RetryRule, EndsWithTheLastAttempt) {
    EXPECT_FALSE((next_attempt_at(rule(), {}, {Outcome::Busy, 3, kEnded, {}})).has_value());
    EXPECT_FALSE((next_attempt_at(rule(), {}, {Outcome::Busy, 4, kEnded, {}})).has_value());
}

TEST(RetryRule, AnOutcomeThatIsNotListedIsFinal) {
    EXPECT_FALSE((next_attempt_at(rule(), {}, {Outcome::Congestion, 1, kEnded, {}})).has_value());
    EXPECT_FALSE(
        (next_attempt_at(rule(), {}, {Outcome::InvalidNumber, 1, kEnded, {}})).has_value());
}

TEST(RetryRule, ServedOptedOutOrDeniedIsFinalWhateverItSays) {
    RetryRule stubborn = rule();
    for (std::size_t i = 0; i < kEnumNames<Outcome>.size(); ++i) {
        stubborn.delays.push_back({.outcome = static_cast<Outcome>(i), .delay = seconds{1}});
    }
    for (const Outcome outcome :
         {Outcome::Connected, Outcome::InterviewComplete, Outcome::NoticePlayed, Outcome::OptedOut,
          Outcome::DestinationDenied}) {
        EXPECT_FALSE((next_attempt_at(stubborn, {}, {outcome, 1, kEnded, {}})).has_value())
            << name_of(outcome);
    }
    EXPECT_TRUE((next_attempt_at(stubborn, {}, {Outcome::Abandoned, 1, kEnded, {}})).has_value());
    EXPECT_TRUE(
        (next_attempt_at(stubborn, {}, {Outcome::InterviewPartial, 1, kEnded, {}})).has_value());
}

TEST(RetryRule, AWithdrawnAttemptMayBeTriedAtOnce) {
    EXPECT_EQ((next_attempt_at(rule(), {}, {Outcome::Withdrawn, 0, kEnded, {}})), kEnded);
    EXPECT_EQ((next_attempt_at(rule(), {}, {Outcome::Withdrawn, 2, kEnded, {}})), kEnded);
}

// Promise R4: after a crash, redialed only after the cool-off.
TEST(RetryRule, AnUnknownOutcomeWaitsForTheCoolOff) {
    EXPECT_EQ((next_attempt_at(rule(), {}, {Outcome::Unknown, 1, kEnded, {}})),
              kEnded + minutes{30});
    EXPECT_FALSE((next_attempt_at(rule(), {}, {Outcome::Unknown, 3, kEnded, {}})).has_value());
}

TEST(RetryRule, ADelayListedForUnknownNeverShortensTheCoolOff) {
    RetryRule hasty = rule();
    hasty.delays.push_back({.outcome = Outcome::Unknown, .delay = seconds{1}});
    EXPECT_EQ((next_attempt_at(hasty, {}, {Outcome::Unknown, 1, kEnded, {}})),
              kEnded + minutes{30});
    RetryRule patient = rule();
    patient.delays.push_back({.outcome = Outcome::Unknown, .delay = minutes{120}});
    EXPECT_EQ((next_attempt_at(patient, {}, {Outcome::Unknown, 1, kEnded, {}})),
              kEnded + minutes{120});
}

// Field study 3, row 11: budgets of different rules stack, and a contact is called far too often.
TEST(Pain11RetryRules, CapsDoNotStack) {
    RetryRule capped = rule();
    capped.attempts_max = 6;
    capped.delays[0].attempts_max = 2;  // busy
    capped.delays[1].attempts_max = 3;  // no answer
    const auto tried = [&](Outcome outcome, int made, std::vector<OutcomeTally> before) {
        return next_attempt_at(capped, {}, {outcome, made, kEnded, {0, std::move(before)}})
            .has_value();
    };
    EXPECT_TRUE(tried(Outcome::Busy, 1, {}));
    EXPECT_FALSE(tried(Outcome::Busy, 2, {{Outcome::Busy, 1}}));
    EXPECT_TRUE(tried(Outcome::NoAnswer, 4, {{Outcome::Busy, 1}, {Outcome::NoAnswer, 1}}));
    EXPECT_FALSE(tried(Outcome::NoAnswer, 4, {{Outcome::NoAnswer, 2}, {Outcome::Busy, 1}}));
    EXPECT_FALSE(tried(Outcome::HungUp, 6, {{Outcome::Busy, 1}, {Outcome::NoAnswer, 2}}));
}

/// Amsterdam in March 2026: clocks go forward on the 29th, from UTC+1 to UTC+2.
compliance::ZoneOffsets amsterdam() {
    return {"Europe/Amsterdam",
            {{UtcTime{}, seconds{3600}}, {UtcTime{seconds{1'774'746'000}}, seconds{7200}}}};
}

TEST(RetryRule, WaitsForTheNextDayOnceTheDaysAttemptsAreUsedUp) {
    RetryRule daily = rule();
    daily.attempts_max = 9;
    daily.attempts_per_day = 2;
    const UtcTime noon{seconds{1'774'695'600}};  // Saturday 2026-03-28 12:00 in Amsterdam
    const auto next = [&](int today) {
        return next_attempt_at(daily, amsterdam(), {Outcome::NoAnswer, 3, noon, {today, {}}});
    };
    EXPECT_EQ(next(0), noon + minutes{60});
    EXPECT_EQ(next(1), UtcTime{seconds{1'774'738'800}});  // Sunday 00:00, before the change
    EXPECT_EQ(next(7), UtcTime{seconds{1'774'738'800}});
}

TEST(RetryRule, SpreadsAttemptsOverTheDay) {
    RetryRule spread = rule();
    spread.attempts_max = 9;
    spread.day_parts = {{"morning", std::chrono::hours{9}, std::chrono::hours{12}},
                        {"afternoon", std::chrono::hours{12}, std::chrono::hours{17}},
                        {"evening", std::chrono::hours{17}, std::chrono::hours{21}}};
    const UtcTime saturday{seconds{1'774'652'400}};  // 2026-03-28 00:00 in Amsterdam
    const auto next = [&](UtcTime ended) {
        return next_attempt_at(spread, amsterdam(), {Outcome::NoAnswer, 1, ended, {}});
    };
    using std::chrono::hours;
    EXPECT_EQ(next(saturday + hours{10}), saturday + hours{12});
    // Due in the afternoon already: no later than the delay asks for.
    EXPECT_EQ(next(saturday + hours{11} + minutes{30}), saturday + hours{12} + minutes{30});
    EXPECT_EQ(next(saturday + hours{13}), saturday + hours{17});
    // After the evening comes the morning; that night is an hour shorter.
    EXPECT_EQ(next(saturday + hours{20}), saturday + hours{32});
    // Outside every part nothing is known to have been tried in vain.
    EXPECT_EQ(next(saturday + hours{22}), saturday + hours{23});
}

}  // namespace
}  // namespace bellwether::campaigns
