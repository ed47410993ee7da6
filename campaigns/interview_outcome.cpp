#include "campaigns/interview_outcome.h"

#include "base/check.h"

namespace bellwether::campaigns {

Outcome outcome_of(form::Outcome ended, form::EndCause cause) {
    if (cause == form::EndCause::OptOut) return Outcome::OptedOut;
    const bool said_no = cause == form::EndCause::Note || cause == form::EndCause::BrokenOff;
    switch (ended) {
        case form::Outcome::Complete:
            return Outcome::InterviewComplete;
        case form::Outcome::Partial:
            return Outcome::InterviewPartial;
        case form::Outcome::Screened:
            return Outcome::InterviewScreened;
        case form::Outcome::QuotaFull:
            return Outcome::InterviewQuotaFull;
        case form::Outcome::Refused:
            return said_no ? Outcome::InterviewRefused : Outcome::InterviewPartial;
    }
    BW_CHECK(false);
}

}  // namespace bellwether::campaigns
