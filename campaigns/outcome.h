#pragma once

#include <cstdint>
#include <optional>

#include "base/enum_names.h"
#include "base/time.h"

namespace bellwether::campaigns {

/// How one attempt ended. Every attempt ends in exactly one.
enum class Outcome {
    Connected,  ///< a person was bridged to an agent
    Abandoned,  ///< a person answered and no agent came in time; heard the safe-harbour message
    HungUp,     ///< a person answered and hung up before anything was due
    InterviewComplete,   ///< every question was answered
    InterviewPartial,    ///< at least the first prompt was played, not every question answered
    InterviewScreened,   ///< belongs to those who are not asked
    InterviewQuotaFull,  ///< enough like him have been asked
    InterviewRefused,    ///< said no to the interview, not to calls
    NoticePlayed,        ///< the message was played to its end
    OptedOut,            ///< pressed the opt-out key: the number is on do-not-call
    Machine,             ///< an answering machine
    MessageLeft,  ///< an answering machine, and our message was played to its end after the beep
    Fax,          ///< a fax machine or a modem
    Busy,
    NoAnswer,       ///< rang until the limit, or the network gave up ringing
    Cancelled,      ///< withdrawn by us while it rang: agents gone, campaign stopped, do-not-call
    InvalidNumber,  ///< the network says that there is no such number
    Unavailable,    ///< number exists, cannot be reached now
    Rejected,       ///< refused by the far end or the network
    Congestion,     ///< the trunk or network had no room
    Redirected,     ///< answered by a redirection, which is never followed
    AuthRefused,    ///< the trunk refused our password
    Unreachable,    ///< the trunk did not answer
    NoCommonCodec,  ///< answered, but no audio format in common: ended at once
    DestinationDenied,  ///< a prefix we may not dial; no INVITE was sent
    LocalFailure,       ///< our own side could not place the call (no port, no memory)
    Withdrawn,          ///< stored, then refused at the instant of the INVITE: never dialed
    Unknown,            ///< the service died while the attempt was alive (promise R4)
};

/// The column of a report that an outcome belongs to.
enum class OutcomeClass { Answered, Machine, Busy, NoAnswer, Failed, NotDialed };

[[nodiscard]] OutcomeClass class_of(Outcome outcome);

/// Why a call that we placed was never answered, as its adapter reports it.
enum class FailureKind {
    SipStatus,          ///< a final SIP response: see sip_status
    Redirected,         ///< a 3xx
    AuthRefused,        ///< second challenge, or one that cannot be met
    Unreachable,        ///< no response at all
    DestinationDenied,  ///< our own prefix list
    NoCommonCodec,      ///< the answer's SDP had nothing for us
    NotRegistered,      ///< an agent's phone that is not there
    LocalFailure,       ///< no port, no socket, no memory
};

struct CallFailure {
    FailureKind kind = FailureKind::SipStatus;
    int sip_status = 0;                               ///< 300..699, or 0 if there was no response
    std::optional<std::chrono::seconds> retry_after;  ///< from the header, if there was one
    /// 1..127, the cause of ITU-T Q.850 in the Reason header, if there was one; it is kept for
    /// reports and decides nothing.
    std::optional<int> q850_cause;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("sip_status", self.sip_status);
        visit("retry_after_s", self.retry_after);
        visit("q850_cause", self.q850_cause);
    }
};

/// The outcome of a call that failed before it was answered: the one place where a SIP cause
/// becomes an outcome. Source of the table: RFC 3261 §21, RFC 3398 §8.2 (ISUP causes behind the
/// statuses). Cannot fail: an unlisted status goes by its hundred.
[[nodiscard]] Outcome outcome_of_failure(const CallFailure& failure);

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::Outcome> = names(
    "CONNECTED", "ABANDONED", "HUNG_UP", "INTERVIEW_COMPLETE", "INTERVIEW_PARTIAL",
    "INTERVIEW_SCREENED", "INTERVIEW_QUOTA_FULL", "INTERVIEW_REFUSED", "NOTICE_PLAYED", "OPTED_OUT",
    "MACHINE", "MESSAGE_LEFT", "FAX", "BUSY", "NO_ANSWER", "CANCELLED", "INVALID_NUMBER",
    "UNAVAILABLE", "REJECTED", "CONGESTION", "REDIRECTED", "AUTH_REFUSED", "UNREACHABLE",
    "NO_COMMON_CODEC", "DESTINATION_DENIED", "LOCAL_FAILURE", "WITHDRAWN", "UNKNOWN");
template <>
inline constexpr auto kEnumNames<campaigns::OutcomeClass> = names("ANSWERED", "MACHINE", "BUSY",
                                                                  "NO_ANSWER", "FAILED",
                                                                  "NOT_DIALED");
template <>
inline constexpr auto kEnumNames<campaigns::FailureKind> = names("SIP_STATUS", "REDIRECTED",
                                                                 "AUTH_REFUSED", "UNREACHABLE",
                                                                 "DESTINATION_DENIED",
                                                                 "NO_COMMON_CODEC",
                                                                 "NOT_REGISTERED", "LOCAL_FAILURE");
}  // namespace bellwether
