#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "answer-detect/policy.h"
#include "answer-detect/verdict.h"
#include "base/ids.h"
#include "base/time.h"
#include "campaigns/disposition.h"
#include "campaigns/form/interview.h"
#include "campaigns/outcome.h"
#include "compliance/abandonment_account.h"
#include "compliance/decision.h"
#include "dialer/engine/interview_actions.h"
#include "dialer/engine/line_actions.h"
#include "dialer/engine/states.h"
#include "dialer/engine/store_actions.h"
#include "pacing/forecast.h"
#include "pacing/lines.h"

// Everything the engine can ask of the world, as plain values. A driver carries them out in order.
// Those of one event that go to the store (is_store_action) form one atomic write.

namespace bellwether::engine {

// --- contacts ---

/// Claim up to `count` contacts for us; answered by ContactsOffered.
struct AskForContacts {
    static constexpr std::string_view kName = "ASK_FOR_CONTACTS";
    CampaignId campaign{};
    int count = 0;                       ///< >= 1
    std::optional<UtcTime> today_since;  ///< count a contact's attempts from then on
    bool tally_outcomes = false;         ///< count them by outcome, too
    bool interviews = false;             ///< with what an interview goes by
    std::vector<std::string> columns;    ///< of the contact, for the interview

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("count", self.count);
        visit("today_since", self.today_since);
        visit("tally_outcomes", self.tally_outcomes);
        visit("interviews", self.interviews);
        visit("columns", self.columns);
    }
};

/// Give a claimed contact back undialed, with the reason.
struct ReleaseContact {
    static constexpr std::string_view kName = "RELEASE_CONTACT";
    CampaignId campaign{};
    ContactId contact{};
    compliance::Decision decision;  ///< Allow: the claim was simply not used
    std::optional<UtcTime> due;  ///< may be offered again from then on; none with Deny: never again

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("decision", self.decision);
        visit("due", self.due);
    }
};

// --- explaining ---

/// Why a campaign dials as it does, emitted whenever `block` or the decision's `limit` has changed.
struct ExplainPacing {
    static constexpr std::string_view kName = "EXPLAIN_PACING";
    CampaignId campaign{};
    DialBlock block = DialBlock::None;  ///< unless None or NoContacts, pacing was not asked and
                                        ///< `decision` is empty
    pacing::LineDecision decision;
    pacing::Forecast forecast;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("block", self.block);
        visit("decision", self.decision);
        visit("forecast", self.forecast);
    }
};

/// The next person for this agent's screen.
struct ShowContact {
    static constexpr std::string_view kName = "SHOW_CONTACT";
    AgentId agent{};
    CallId call{};
    AttemptId attempt{};
    ContactId contact{};
    bool inbound = false;  ///< he has called us

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent", self.agent);
        visit("call", self.call);
        visit("attempt", self.attempt);
        visit("contact", self.contact);
        visit("inbound", self.inbound);
    }
};

enum class AgentNews {
    TransferAnswered,  ///< who is to take over is on the line
    TransferReturned,  ///< he did not come: the call is the agent's again
    HoldTooLong,
    ShiftOver,
    KeypadPartOver,  ///< of an interview: the person is his again
};

/// Something for the agent's screen.
struct TellAgent {
    static constexpr std::string_view kName = "TELL_AGENT";
    AgentId agent{};
    AgentNews news = AgentNews::TransferReturned;
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent", self.agent);
        visit("news", self.news);
        visit("call", self.call);
    }
};

enum class AlertKind {
    AgentPhoneLost,
    AgentPhoneNoAnswer,
    TrunkUnreachable,
    TrunkAuthRefused,
    CallNeverEnded,    ///< a far side did not confirm the end of a call
    AnsweredLate,      ///< a 200 crossed a CANCEL
    AccountExhausted,  ///< abandonment at its cap: no overdial
    AccountBreached,   ///< and beyond it
    HoldTooLong,       ///< somebody has been on hold beyond the campaign's limit
    TrunksDown,        ///< no trunk takes calls
};

struct Alert {
    static constexpr std::string_view kName = "ALERT";
    AlertKind kind = AlertKind::AgentPhoneLost;
    CampaignId campaign{};
    AgentId agent{};
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("campaign", self.campaign);
        visit("agent", self.agent);
        visit("call", self.call);
    }
};

// --- the house ---

enum class ReplyCode { Done, NotFound, Conflict, Refused };

/// The answer to a command that carried a RequestId.
struct Reply {
    static constexpr std::string_view kName = "REPLY";
    RequestId request{};
    ReplyCode code = ReplyCode::Done;
    std::string detail;  ///< one sentence when not Done

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("code", self.code);
        visit("detail", self.detail);
    }
};

/// After ShutdownOrdered: no call is left.
struct ShutdownReady {
    static constexpr std::string_view kName = "SHUTDOWN_READY";
    template <class Self, class Visit>
    static void fields(Self&, Visit&&) {}
};

using Action = std::variant<
    PlaceCall, RingAgent, AnswerCall, RingTarget, RingSupervisor, HangUp, Bridge, Unbridge,
    HoldCall, JoinCalls, Listen, EndHold, RecordAnswer, StopAnswer, Play, StopPlaying, Record,
    PauseRecording, AskForContacts, ReleaseContact, StoreAttempt, StoreMilestone, StoreOutcome,
    StoreDetection, StoreDetectionTruth, StoreAccount, StoreInterview, StoreAnswers, StoreQuota,
    StoreInterviewNote, StoreRefusal, StoreSuppression, StoreAgentState, StoreDisposition,
    StoreCallback, StoreConversion, StoreTransfer, StoreInbound, StoreInboundStep, StoreQuality,
    StoreCampaignState, ExplainPacing, ShowContact, TellAgent, Alert, Reply, ShutdownReady>;

/// Does this action write to the store? (AskForContacts claims and ReleaseContact frees: both
/// write.)
[[nodiscard]] bool is_store_action(const Action& action);

}  // namespace bellwether::engine

namespace bellwether {
template <>
inline constexpr auto kEnumNames<engine::Milestone> = names("INVITED", "RINGING", "ANSWERED",
                                                            "CONNECTED", "SPOKEN");
template <>
inline constexpr auto kEnumNames<engine::AlertKind> =
    names("AGENT_PHONE_LOST", "AGENT_PHONE_NO_ANSWER", "TRUNK_UNREACHABLE", "TRUNK_AUTH_REFUSED",
          "CALL_NEVER_ENDED", "ANSWERED_LATE", "ACCOUNT_EXHAUSTED", "ACCOUNT_BREACHED",
          "HOLD_TOO_LONG", "TRUNKS_DOWN");
template <>
inline constexpr auto kEnumNames<engine::TransferResult> = names("HANDED_OVER", "NO_ANSWER",
                                                                 "FAILED", "TAKEN_BACK",
                                                                 "GONE_MEANWHILE");
template <>
inline constexpr auto kEnumNames<engine::InboundStep> = names("ANSWERED", "QUEUED", "CONNECTED",
                                                              "OPTED_OUT", "CALLBACK_PROMISED",
                                                              "ENDED");
template <>
inline constexpr auto kEnumNames<engine::AgentNews> = names("TRANSFER_ANSWERED",
                                                            "TRANSFER_RETURNED", "HOLD_TOO_LONG",
                                                            "SHIFT_OVER", "KEYPAD_PART_OVER");
template <>
inline constexpr auto kEnumNames<engine::ReplyCode> = names("DONE", "NOT_FOUND", "CONFLICT",
                                                            "REFUSED");
}  // namespace bellwether
