#include "campaigns/outcome.h"

namespace bellwether::campaigns {
namespace {

/// SIP status to outcome. Source: RFC 3261 §21 for the meaning; RFC 3398 §7.2.4.1 (cause to status)
/// and §8.2.6.1 (status to cause) for what a telephone network behind the trunk means by it; others
/// named.
Outcome outcome_of_status(int status) {
    switch (status) {
        case 404:  // Not Found; cause 1, unallocated number
        case 410:  // Gone; cause 22, number changed
        case 484:  // Address Incomplete; cause 28
        case 485:  // Ambiguous; cause 1
        case 604:  // Does Not Exist Anywhere; cause 1
            return Outcome::InvalidNumber;

        case 486:  // Busy Here; cause 17
        case 600:  // Busy Everywhere; cause 17
            return Outcome::Busy;

        case 408:  // Request Timeout from the far network; cause 18, no user responding
        case 487:  // Request Terminated: our CANCEL at the ring limit, or the network gave up
                   // ringing
            return Outcome::NoAnswer;

        case 430:  // Flow Failed: the phone's connection is gone (RFC 5626)
        case 480:  // Temporarily Unavailable; causes 19, 20, 31
        case 482:  // Loop Detected; cause 25, exchange routing error
        case 483:  // Too Many Hops; cause 25
            return Outcome::Unavailable;

        case 415:  // Unsupported Media Type
        case 488:  // Not Acceptable Here; causes 65 and 70, bearer not implemented
        case 606:  // Not Acceptable
            return Outcome::NoCommonCodec;

        case 401:  // Unauthorized: the adapter answers challenges, so one that comes through was
                   // final
        case 407:  // Proxy Authentication Required
            return Outcome::AuthRefused;

        default:
            break;
    }
    if (status >= 300 && status < 400) return Outcome::Redirected;
    // 500, 502, 503, 504 and 513 are causes 34, 38, 41, 42, 47 and 102: no circuit, out of order,
    // timer.
    if (status >= 500 && status < 600) return Outcome::Congestion;
    // 402, 403, 603 are cause 21, call rejected; 433 anonymity (RFC 5079), 607 unwanted (RFC 8197)
    // and 608 rejected by an intermediary (RFC 8688) say the same more precisely.
    if (status >= 400) return Outcome::Rejected;
    return Outcome::Unreachable;  // no final response at all
}

}  // namespace

Outcome outcome_of_failure(const CallFailure& failure) {
    switch (failure.kind) {
        case FailureKind::SipStatus:
            return outcome_of_status(failure.sip_status);
        case FailureKind::Redirected:
            return Outcome::Redirected;
        case FailureKind::AuthRefused:
            return Outcome::AuthRefused;
        case FailureKind::Unreachable:
            return Outcome::Unreachable;
        case FailureKind::DestinationDenied:
            return Outcome::DestinationDenied;
        case FailureKind::NoCommonCodec:
            return Outcome::NoCommonCodec;
        case FailureKind::NotRegistered:
            return Outcome::Unavailable;
        case FailureKind::LocalFailure:
            break;
    }
    return Outcome::LocalFailure;
}

OutcomeClass class_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::Connected:
        case Outcome::Abandoned:
        case Outcome::HungUp:
        case Outcome::InterviewComplete:
        case Outcome::InterviewPartial:
        case Outcome::InterviewScreened:
        case Outcome::InterviewQuotaFull:
        case Outcome::InterviewRefused:
        case Outcome::NoticePlayed:
        case Outcome::OptedOut:
            return OutcomeClass::Answered;
        case Outcome::Machine:
        case Outcome::MessageLeft:
        case Outcome::Fax:
            return OutcomeClass::Machine;
        case Outcome::Busy:
            return OutcomeClass::Busy;
        case Outcome::NoAnswer:
        case Outcome::Cancelled:
            return OutcomeClass::NoAnswer;
        case Outcome::DestinationDenied:
        case Outcome::Withdrawn:
            return OutcomeClass::NotDialed;
        case Outcome::InvalidNumber:
        case Outcome::Unavailable:
        case Outcome::Rejected:
        case Outcome::Congestion:
        case Outcome::Redirected:
        case Outcome::AuthRefused:
        case Outcome::Unreachable:
        case Outcome::NoCommonCodec:
        case Outcome::LocalFailure:
        case Outcome::Unknown:
            break;
    }
    return OutcomeClass::Failed;
}

}  // namespace bellwether::campaigns
