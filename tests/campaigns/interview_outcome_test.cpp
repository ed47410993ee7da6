#include "campaigns/interview_outcome.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

using form::EndCause;

TEST(InterviewOutcome, IsThatOfTheInterview) {
    EXPECT_EQ(outcome_of(form::Outcome::Complete, EndCause::HungUp), Outcome::InterviewComplete);
    EXPECT_EQ(outcome_of(form::Outcome::Screened, EndCause::Note), Outcome::InterviewScreened);
    EXPECT_EQ(outcome_of(form::Outcome::QuotaFull, EndCause::Quota), Outcome::InterviewQuotaFull);
    EXPECT_EQ(outcome_of(form::Outcome::Partial, EndCause::TimeLimit), Outcome::InterviewPartial);
}

TEST(InterviewOutcome, IsARefusalOnlyOfWhoSaidNo) {
    EXPECT_EQ(outcome_of(form::Outcome::Refused, EndCause::HungUp), Outcome::InterviewPartial);
    EXPECT_EQ(outcome_of(form::Outcome::Refused, EndCause::Silence), Outcome::InterviewPartial);
    EXPECT_EQ(outcome_of(form::Outcome::Refused, EndCause::Note), Outcome::InterviewRefused);
    EXPECT_EQ(outcome_of(form::Outcome::Refused, EndCause::BrokenOff), Outcome::InterviewRefused);
}

TEST(InterviewOutcome, IsAnOptOutWhateverWasAnsweredBefore) {
    EXPECT_EQ(outcome_of(form::Outcome::Refused, EndCause::OptOut), Outcome::OptedOut);
    EXPECT_EQ(outcome_of(form::Outcome::Partial, EndCause::OptOut), Outcome::OptedOut);
}

}  // namespace
}  // namespace bellwether::campaigns
