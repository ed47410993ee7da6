#include "campaigns/number_choice.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

using std::chrono::hours;

const UtcTime kNow{hours{500'000}};

UtcTime ago(int h) { return kNow - hours{h}; }

std::vector<ContactNumber> numbers(const std::vector<std::string>& types) {
    std::vector<ContactNumber> all;
    for (const auto& type : types) all.push_back({type, false});
    return all;
}

const auto kThree = numbers({"home", "mobile", "work"});

std::size_t next(const NumberRule& rule, const std::vector<NumberAttempt>& attempts,
                 const std::vector<ContactNumber>& of = kThree) {
    const auto choice = choose_number(of, attempts, rule, kNow);
    return choice.verdict == NumberVerdict::Dial ? choice.number : 99;
}

TEST(NumberChoice, BeginsWithTheFirstOfTheOrder) {
    EXPECT_EQ(next({}, {}), 0U);
    EXPECT_EQ(next({.order = {"Mobile"}}, {}), 1U);
    EXPECT_EQ(next({.order = {"fax", "work", "mobile"}}, {}), 2U);
}

TEST(NumberChoice, GoesOnAfterNoContactAndStaysAfterTheRest) {
    EXPECT_EQ(next({}, {{0, ago(2), Outcome::NoAnswer}}), 1U);
    EXPECT_EQ(next({}, {{0, ago(3), Outcome::NoAnswer}, {1, ago(2), Outcome::Busy}}), 2U);
    EXPECT_EQ(
        next({},
             {{0, ago(4), Outcome::Busy}, {1, ago(3), Outcome::Busy}, {2, ago(2), Outcome::Busy}}),
        0U)
        << "round and round";
    EXPECT_EQ(next({}, {{1, ago(2), Outcome::HungUp}}), 1U) << "somebody is there";
    EXPECT_EQ(next({.next_after = {Outcome::Busy}}, {{0, ago(2), Outcome::NoAnswer}}), 0U);
    EXPECT_EQ(next({.order = {"mobile", "work"}}, {{1, ago(2), Outcome::NoAnswer}}), 2U);
}

TEST(NumberChoice, NeverTriesANumberThatIsNone) {
    EXPECT_EQ(next({}, {{0, ago(9), Outcome::InvalidNumber},
                        {1, ago(8), Outcome::NoAnswer},
                        {2, ago(7), Outcome::NoAnswer}}),
              1U);
    EXPECT_EQ(next({}, {{0, ago(9), Outcome::Fax}}, numbers({"home"})), 99U);
    EXPECT_TRUE(is_the_numbers_fault(Outcome::InvalidNumber));
    EXPECT_FALSE(is_the_numbers_fault(Outcome::NoAnswer));
}

TEST(NumberChoice, PassesOverWhatARuleForbids) {
    auto barred = kThree;
    barred[0].barred = true;
    EXPECT_EQ(next({}, {}, barred), 1U);
    for (auto& number : barred) number.barred = true;
    EXPECT_EQ(choose_number(barred, {}, {}, kNow).verdict, NumberVerdict::Exhausted);
}

TEST(NumberChoice, CapsTheAttemptsAtOneNumber) {
    const NumberRule rule{.attempts_max = 2};
    const auto two = numbers({"", ""});
    std::vector<NumberAttempt> attempts{{0, ago(99), Outcome::HungUp},
                                        {0, ago(98), Outcome::HungUp}};
    EXPECT_EQ(next(rule, attempts, two), 1U);
    attempts.push_back({1, ago(97), Outcome::HungUp});
    EXPECT_EQ(next(rule, attempts, two), 1U);
    attempts.push_back({1, ago(96), Outcome::HungUp});
    EXPECT_EQ(choose_number(two, attempts, rule, kNow).verdict, NumberVerdict::Exhausted);
}

TEST(NumberChoice, WaitsForTheOldestAttemptOfTheDay) {
    const NumberRule rule{.per_day_max = 2};
    const auto one = numbers({""});
    const std::vector<NumberAttempt> attempts{{0, ago(30), Outcome::NoAnswer},
                                              {0, ago(20), Outcome::NoAnswer},
                                              {0, ago(5), Outcome::NoAnswer}};
    const auto choice = choose_number(one, attempts, rule, kNow);
    EXPECT_EQ(choice.verdict, NumberVerdict::Wait);
    EXPECT_EQ(choice.until, ago(20) + hours{24});
    EXPECT_EQ(choose_number(one, attempts, rule, choice.until).verdict, NumberVerdict::Dial);
    EXPECT_EQ(next(rule, attempts, numbers({"", ""})), 1U) << "the other has had none";
}

TEST(NumberChoice, DoesNotCountWhatWasNeverDialed) {
    EXPECT_EQ(next({.attempts_max = 1}, {{0, ago(1), Outcome::Withdrawn}}), 0U);
}

}  // namespace
}  // namespace bellwether::campaigns
