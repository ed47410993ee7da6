#include "dialer/store/sample_cases.h"

#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using campaigns::Outcome;

std::vector<SampleCase> cases_of(TestStore& test, std::optional<Period> period = {}) {
    std::vector<SampleCase> cases;
    must(for_each_case(*test.store, test.campaign, period,
                       [&](const SampleCase& one) { cases.push_back(one); }));
    return cases;
}

engine::StoreAttempt ended(TestStore& test, Outcome outcome, std::int64_t when) {
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    auto end = test.outcome_of(attempt, outcome);
    end.at = at(when);
    test.write({end});
    return attempt;
}

TEST(SampleCases, EverybodyOnTheListIsACase) {
    TestStore test;
    test.import_text("phone,weight_base\n" + fiction(1) + ",1.5\n" + fiction(2) + ",\n");
    ended(test, Outcome::Busy, 30);
    const auto cases = cases_of(test);
    ASSERT_EQ(cases.size(), 2U);
    EXPECT_EQ(cases[0].base_weight, "1.5");
    EXPECT_TRUE(cases[0].is_released);
    ASSERT_EQ(cases[0].attempts.size(), 1U);
    EXPECT_EQ(cases[0].attempts[0].outcome, Outcome::Busy);
    EXPECT_EQ(cases[0].attempts[0].number, cases[0].numbers.at(0));
    EXPECT_EQ(cases[1].base_weight, "");
    EXPECT_TRUE(cases[1].attempts.empty());
}

TEST(SampleCases, KnowTheirInterviewAndDisposition) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    const InterviewId interview{77};
    test.write({attempt});
    test.write({engine::StoreInterview{
        interview, attempt.attempt, test.campaign, attempt.contact, at(5), {}}});
    test.write({engine::StoreInterview{
        interview, attempt.attempt, test.campaign, attempt.contact, at(9),
        campaigns::form::InterviewEnd{campaigns::form::Outcome::Partial, "1.2",
                                      campaigns::form::EndCause::HungUp}}});
    test.write({test.outcome_of(attempt, Outcome::InterviewPartial)});
    const auto cases = cases_of(test);
    EXPECT_TRUE(cases.at(0).has_interview);
    EXPECT_EQ(cases.at(0).attempts.at(0).interview_code, "1.2");
    EXPECT_EQ(cases.at(0).attempts.at(0).disposition, "");
}

// A partial interview is gone on with, and the process dies before it ends again.
TEST(SampleCases, WhatAnInterviewHadReachedOutlivesACrash) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const InterviewId interview{77};
    const auto first = test.attempt_of(test.claim(1).offers.at(0));
    test.write({first});
    test.write({engine::StoreInterview{
        interview, first.attempt, test.campaign, first.contact, at(5), {}}});
    test.write({engine::StoreInterview{
        interview, first.attempt, test.campaign, first.contact, at(9),
        campaigns::form::InterviewEnd{campaigns::form::Outcome::Partial, "1.2",
                                      campaigns::form::EndCause::HungUp}}});
    test.write({test.outcome_of(first, Outcome::InterviewPartial, at(20))});
    const auto second = test.attempt_of(test.claim(test.campaign, 1, at(40)).offers.at(0));
    test.write({second});
    test.write({engine::StoreInterview{
        interview, second.attempt, test.campaign, second.contact, at(45), {}}});
    test.close();
    test.open();
    ASSERT_EQ(must(test.store->attempts_alive()).size(), 1U);
    EXPECT_EQ(must(test.store->attempts_alive()).at(0).interviewed, std::nullopt);
    test.write({test.outcome_of(second, Outcome::Unknown)});
    const auto cases = cases_of(test);
    ASSERT_EQ(cases.at(0).attempts.size(), 2U);
    EXPECT_EQ(cases.at(0).attempts.at(0).interview_code, "");
    EXPECT_EQ(cases.at(0).attempts.at(1).interview_code, "1.2");
}

// The person has heard "thank you"; the process dies before the call is over.
TEST(SampleCases, AnAttemptWhoseInterviewHasEndedIsFoundAliveWithItsOutcome) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    const InterviewId interview{77};
    test.write({attempt});
    test.write({engine::StoreInterview{
        interview, attempt.attempt, test.campaign, attempt.contact, at(5), {}}});
    test.write({engine::StoreInterview{
        interview, attempt.attempt, test.campaign, attempt.contact, at(9),
        campaigns::form::InterviewEnd{campaigns::form::Outcome::Complete, "1.1",
                                      campaigns::form::EndCause::LastItem}}});
    test.close();
    test.open();
    EXPECT_EQ(must(test.store->attempts_alive()).at(0).interviewed, Outcome::InterviewComplete);
}

TEST(SampleCases, APeriodHasTheCasesAndAttemptsThatEndedInIt) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3)});
    const auto first = ended(test, Outcome::Busy, 30);
    ended(test, Outcome::NoAnswer, 60);
    EXPECT_EQ(cases_of(test).size(), 3U);
    const auto early = cases_of(test, Period{at(0), at(60)});
    ASSERT_EQ(early.size(), 1U);
    EXPECT_EQ(early[0].contact, first.contact);
    EXPECT_TRUE(cases_of(test, Period{at(61), at(99)}).empty());
}

TEST(SampleCases, WhoWasOnDoNotCallBeforeTheCallIsTold) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    auto deny = test.outcome_of(attempt, Outcome::Withdrawn);
    deny.attempts_made = 0;
    deny.decision = {compliance::Verdict::Deny, compliance::Rule::DoNotCall, {}};
    test.write({deny});
    EXPECT_TRUE(cases_of(test).at(0).suppressed_before_dialing);
}

}  // namespace
}  // namespace bellwether::store::test
