#include "pacing/answer_rates.h"

#include <gtest/gtest.h>

namespace bellwether::pacing {
namespace {

Instant at(double seconds) { return Instant{Duration{static_cast<std::int64_t>(seconds * 1e6)}}; }

AnswerKey key(std::uint64_t list, int attempt = 1, int hour = 10) {
    return {.list = ListId{list}, .hour_of_week = hour, .attempt = attempt};
}

TEST(AnswerRates, KnowNothingAtFirst) {
    const AnswerFactors factors = answer_factors(AnswerMemory{}, 0.2, at(0));
    EXPECT_EQ(multiplier_of(factors, key(1)), 1);
}

// One list only: there is nothing to compare it with, whatever its answers.
TEST(AnswerRates, AloneIsAverage) {
    AnswerMemory memory;
    for (int i = 0; i < 500; ++i) learn_answer(memory, key(1), true, 0.1, AnswerFactors{}, at(i));
    EXPECT_NEAR(multiplier_of(answer_factors(memory, 0.2, at(500)), key(1)), 1, 1e-9);
}

// Two lists of which one answers three times as often: 15 % and 5 %, at 10 % for the campaign.
TEST(AnswerRates, TellAGoodListFromABadOne) {
    AnswerMemory memory;
    AnswerFactors factors;
    for (int i = 0; i < 4000; ++i) {
        if (i % 100 == 0) factors = answer_factors(memory, 0.1, at(i));
        const bool good = i % 2 == 0;
        const bool live = good ? i % 40 < 6 : i % 40 < 2;
        learn_answer(memory, key(good ? 1 : 2), live, 0.1, factors, at(i));
    }
    factors = answer_factors(memory, 0.1, at(4000));
    EXPECT_NEAR(multiplier_of(factors, key(1)), 1.5, 0.1);
    EXPECT_NEAR(multiplier_of(factors, key(2)), 0.5, 0.1);
    EXPECT_NEAR(multiplier_of(factors, key(3)), 1.0, 0.05);  // never dialed
}

// All good contacts are in list 1 and are first attempts: the two factors share what there is to
// explain.
TEST(AnswerRates, TwoReasonsForOneEffectAreNotCountedTwice) {
    AnswerMemory memory;
    AnswerFactors factors;
    for (int i = 0; i < 20'000; ++i) {
        if (i % 100 == 0) factors = answer_factors(memory, 0.1, at(i));
        const bool good = i % 2 == 0;
        const bool live = good ? i % 40 < 6 : i % 40 < 2;
        learn_answer(memory, good ? key(1, 1) : key(2, 2), live, 0.1, factors, at(i));
    }
    factors = answer_factors(memory, 0.1, at(20'000));
    EXPECT_NEAR(multiplier_of(factors, key(1, 1)), 1.5, 0.12);
    EXPECT_NEAR(multiplier_of(factors, key(2, 2)), 0.5, 0.12);
}

TEST(AnswerRates, ListsAreForgottenInDaysAttemptsInWeeks) {
    AnswerMemory memory;
    for (int i = 0; i < 2000; ++i) {
        learn_answer(memory, key(1, 1), i % 10 < 2, 0.1, AnswerFactors{}, at(i));
        learn_answer(memory, key(2, 2), false, 0.1, AnswerFactors{}, at(i));
    }
    const auto in_a_week = answer_factors(memory, 0.1, at(7 * 86400.0));
    AnswerKey list_alone = key(1, 3);
    AnswerKey attempt_alone = key(9, 1);
    EXPECT_LT(multiplier_of(in_a_week, list_alone), 1.3);
    EXPECT_GT(multiplier_of(in_a_week, attempt_alone), 1.6);
}

TEST(AnswerRates, LaterAttemptsAreOneKind) {
    AnswerMemory memory;
    for (int i = 0; i < 2000; ++i) {
        learn_answer(memory, key(1, i % 2 == 0 ? 1 : 5), i % 2 == 0, 0.5, AnswerFactors{}, at(i));
    }
    const auto factors = answer_factors(memory, 0.5, at(2000));
    EXPECT_EQ(multiplier_of(factors, key(1, 4)), multiplier_of(factors, key(1, 12)));
    EXPECT_LT(multiplier_of(factors, key(1, 4)), 1);
}

TEST(AnswerRatesDeath, AnHourOutsideTheWeekIsABug) {
    EXPECT_DEATH((void)multiplier_of(AnswerFactors{}, key(1, 1, 168)), "internal check failed");
}

}  // namespace
}  // namespace bellwether::pacing
