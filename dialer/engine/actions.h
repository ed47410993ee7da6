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
#include "campaigns/interview.h"
#include "campaigns/outcome.h"
#include "compliance/abandonment_account.h"
#include "compliance/decision.h"
#include "dialer/engine/states.h"
#include "pacing/forecast.h"
#include "pacing/lines.h"

// Everything the engine can ask of the world, as plain values. A driver carries them out in order.
// Those of one event that go to the store (is_store_action) form one atomic write.

namespace bellwether::engine {

// --- telephony ---

/// Send the INVITE to the contact's number. Only ever emitted after the attempt is durable (R2).
struct PlaceCall {
    static constexpr std::string_view kName = "PLACE_CALL";
    CallId call{};
    AttemptId attempt{};
    CampaignId campaign{};
    ContactId contact{};
    NumberId number{};
    std::string caller_id;
    answer_detect::Mode listen = answer_detect::Mode::Off;
    compliance::Decision decision;  ///< taken again at this very instant

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("number", self.number);
        visit("caller_id", self.caller_id);
        visit("listen", self.listen);
        visit("decision", self.decision);
    }
};

/// Ring an agent's phone, to keep the leg up until he signs out.
struct RingAgent {
    static constexpr std::string_view kName = "RING_AGENT";
    CallId call{};
    AgentId agent{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("agent", self.agent);
    }
};

/// CANCEL before the answer, BYE after it.
struct HangUp {
    static constexpr std::string_view kName = "HANG_UP";
    CallId call{};
    HangUpReason reason = HangUpReason::None;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("reason", self.reason);
    }
};

/// Take a call that came in: 200 with our audio. Refused calls get HangUp.
struct AnswerCall {
    static constexpr std::string_view kName = "ANSWER_CALL";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// Ring the one who is to take a call over.
struct RingTarget {
    static constexpr std::string_view kName = "RING_TARGET";
    CallId call{};
    CampaignId campaign{};
    campaigns::TransferTarget target;
    std::string caller_id;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("campaign", self.campaign);
        visit("target", self.target);
        visit("caller_id", self.caller_id);
    }
};

struct RingSupervisor {
    static constexpr std::string_view kName = "RING_SUPERVISOR";
    CallId call{};
    std::string phone;  ///< user of a registered phone

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("phone", self.phone);
    }
};

/// Two legs hear each other. The agent hears a short tone first.
struct Bridge {
    static constexpr std::string_view kName = "BRIDGE";
    CallId contact_call{};
    CallId agent_call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("contact_call", self.contact_call);
        visit("agent_call", self.agent_call);
    }
};

struct Unbridge {
    static constexpr std::string_view kName = "UNBRIDGE";
    CallId contact_call{};
    CallId agent_call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("contact_call", self.contact_call);
        visit("agent_call", self.agent_call);
    }
};

struct HoldCall {
    static constexpr std::string_view kName = "HOLD_CALL";
    CallId call{};       ///< hears music, and nobody else
    std::string prompt;  ///< played again and again; empty: the built-in pattern

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("prompt", self.prompt);
    }
};

/// All three hear each other.
struct JoinCalls {
    static constexpr std::string_view kName = "JOIN_CALLS";
    CallId contact_call{};
    CallId agent_call{};
    CallId third_call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("contact_call", self.contact_call);
        visit("agent_call", self.agent_call);
        visit("third_call", self.third_call);
    }
};

/// A supervisor's leg follows an agent's leg from call to call.
struct Listen {
    static constexpr std::string_view kName = "LISTEN";
    CallId agent_call{};
    CallId listener{};
    ListenRole role = ListenRole::Monitor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent_call", self.agent_call);
        visit("listener", self.listener);
        visit("role", self.role);
    }
};

struct PauseRecording {
    static constexpr std::string_view kName = "PAUSE_RECORDING";
    CallId call{};
    bool paused = true;  ///< false: recorded again

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("paused", self.paused);
    }
};

/// Play prompts in order; replaces what plays on this leg. Ends in PlaybackEnded with the same
/// number.
struct Play {
    static constexpr std::string_view kName = "PLAY";
    CallId call{};
    std::uint64_t playback = 0;
    std::vector<std::string> prompts;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("playback", self.playback);
        visit("prompts", self.prompts);
    }
};

struct StopPlaying {
    static constexpr std::string_view kName = "STOP_PLAYING";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

struct Record {
    static constexpr std::string_view kName = "RECORD";
    CallId call{};
    AttemptId attempt{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("attempt", self.attempt);
    }
};

// --- contacts ---

/// Claim up to `count` contacts for us; answered by ContactsOffered.
struct AskForContacts {
    static constexpr std::string_view kName = "ASK_FOR_CONTACTS";
    CampaignId campaign{};
    int count = 0;                       ///< >= 1
    std::optional<UtcTime> today_since;  ///< count a contact's attempts from then on
    bool tally_outcomes = false;         ///< count them by outcome, too

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("count", self.count);
        visit("today_since", self.today_since);
        visit("tally_outcomes", self.tally_outcomes);
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

// --- to be made durable ---

/// Answered by AttemptStored once durable.
struct StoreAttempt {
    static constexpr std::string_view kName = "STORE_ATTEMPT";
    AttemptId attempt{};
    CallId call{};
    CampaignId campaign{};
    ClientId client{};
    ContactId contact{};
    NumberId number{};
    Epoch epoch{};
    int attempts_made = 0;  ///< by the campaign at this contact, including this one
    UtcTime at;
    pacing::LineDecision pacing;    ///< why a line was started
    compliance::Decision decision;  ///< why this contact may be called
    std::string caller_id;          ///< what he will see
    CallbackId callback{};          ///< the promise that it keeps; 0: none

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempt", self.attempt);
        visit("call", self.call);
        visit("campaign", self.campaign);
        visit("client", self.client);
        visit("contact", self.contact);
        visit("number", self.number);
        visit("epoch", self.epoch);
        visit("attempts_made", self.attempts_made);
        visit("at", self.at);
        visit("pacing", self.pacing);
        visit("decision", self.decision);
        visit("caller_id", self.caller_id);
        visit("callback", self.callback);
    }
};

enum class Milestone {
    Invited,  ///< the INVITE was ordered
    Ringing,
    Answered,
    Connected,  ///< bridged to an agent
    Spoken,     ///< questionnaire, notice or safe-harbour message began
};

struct StoreMilestone {
    static constexpr std::string_view kName = "STORE_MILESTONE";
    AttemptId attempt{};
    Milestone milestone = Milestone::Invited;
    UtcTime at;
    AgentId agent{};  ///< Connected

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempt", self.attempt);
        visit("milestone", self.milestone);
        visit("at", self.at);
        visit("agent", self.agent);
    }
};

/// The end of an attempt, and what becomes of the contact. Ends the claim.
struct StoreOutcome {
    static constexpr std::string_view kName = "STORE_OUTCOME";
    AttemptId attempt{};
    CampaignId campaign{};
    ContactId contact{};
    campaigns::Outcome outcome = campaigns::Outcome::Unknown;
    int sip_status = 0;
    std::optional<std::chrono::seconds> retry_after;
    HangUpReason reason = HangUpReason::None;
    bool answered_after_cancel = false;
    compliance::Decision decision;  ///< of Withdrawn: what stood against it; else Allow
    int attempts_made = 0;
    std::optional<UtcTime> due;  ///< the retry; none: the contact is done
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("outcome", self.outcome);
        visit("sip_status", self.sip_status);
        visit("retry_after_s", self.retry_after);
        visit("reason", self.reason);
        visit("answered_after_cancel", self.answered_after_cancel);
        visit("decision", self.decision);
        visit("attempts_made", self.attempts_made);
        visit("due", self.due);
        visit("at", self.at);
    }
};

/// What the detector heard, and on what that rests.
struct StoreDetection {
    static constexpr std::string_view kName = "STORE_DETECTION";
    AttemptId attempt{};
    CampaignId campaign{};
    answer_detect::Verdict verdict = answer_detect::Verdict::Unsure;
    std::string code;
    double p_machine = 0.5;
    Review review = Review::None;
    answer_detect::Evidence evidence;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("verdict", self.verdict);
        visit("code", self.code);
        visit("p_machine", self.p_machine);
        visit("review", self.review);
        visit("evidence", self.evidence);
        visit("at", self.at);
    }
};

/// Who or what it really was, by somebody who heard it.
struct StoreDetectionTruth {
    static constexpr std::string_view kName = "STORE_DETECTION_TRUTH";
    AttemptId attempt{};
    answer_detect::Verdict truth = answer_detect::Verdict::Human;
    AgentId agent{};
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempt", self.attempt);
        visit("truth", self.truth);
        visit("agent", self.agent);
        visit("at", self.at);
    }
};

/// The account as it stands; replaces the row of (campaign, window_start).
struct StoreAccount {
    static constexpr std::string_view kName = "STORE_ACCOUNT";
    CampaignId campaign{};
    ClientId client{};
    compliance::AbandonmentAccount account;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("client", self.client);
        visit("account", self.account);
    }
};

struct StoreInterview {
    static constexpr std::string_view kName = "STORE_INTERVIEW";
    InterviewId interview{};
    AttemptId attempt{};
    CampaignId campaign{};
    ContactId contact{};
    UtcTime at;
    std::optional<campaigns::InterviewEnd> end;  ///< none: it began

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("interview", self.interview);
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("at", self.at);
        visit("end", self.end);
    }
};

/// Answered by AnswerStored once durable.
struct StoreAnswer {
    static constexpr std::string_view kName = "STORE_ANSWER";
    CallId call{};
    InterviewId interview{};
    std::string question;
    std::string value;  ///< personal data
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("interview", self.interview);
        visit("question", self.question);
        visit.personal("value", self.value);
        visit("at", self.at);
    }
};

/// The person asked not to be called. Answered by SuppressionAdded once durable.
struct StoreSuppression {
    static constexpr std::string_view kName = "STORE_SUPPRESSION";
    NumberId number{};
    ClientId client{};
    AttemptId attempt{};
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("client", self.client);
        visit("attempt", self.attempt);
        visit("at", self.at);
    }
};

struct StoreAgentState {
    static constexpr std::string_view kName = "STORE_AGENT_STATE";
    AgentId agent{};
    AgentState state = AgentState::SignedOut;
    AgentReason reason = AgentReason::None;
    CampaignId campaign{};
    std::string code;  ///< of Paused: the pause code; may be empty
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent", self.agent);
        visit("state", self.state);
        visit("reason", self.reason);
        visit("campaign", self.campaign);
        visit("code", self.code);
        visit("at", self.at);
    }
};

/// What the agent said of a call. A later one replaces it.
struct StoreDisposition {
    static constexpr std::string_view kName = "STORE_DISPOSITION";
    CallId call{};        ///< the call, outbound or inbound
    AttemptId attempt{};  ///< 0: a call that came in
    CampaignId campaign{};
    ContactId contact{};  ///< 0: nobody we know
    AgentId agent{};
    std::string code;
    std::string note;            ///< personal data
    bool settles = false;        ///< the contact is with nobody: `due` takes effect now
    std::optional<UtcTime> due;  ///< when he is called again; none: done
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("agent", self.agent);
        visit("code", self.code);
        visit.personal("note", self.note);
        visit("settles", self.settles);
        visit("due", self.due);
        visit("at", self.at);
    }
};

/// Somebody was promised a call. It replaces what was promised to him before.
struct StoreCallback {
    static constexpr std::string_view kName = "STORE_CALLBACK";
    CallbackId callback{};
    CampaignId campaign{};
    ClientId client{};
    ContactId contact{};
    AttemptId attempt{};  ///< in which it was promised; 0: in a call that came in
    AgentId agent{};      ///< who will call; 0: anybody
    UtcTime due;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("callback", self.callback);
        visit("campaign", self.campaign);
        visit("client", self.client);
        visit("contact", self.contact);
        visit("attempt", self.attempt);
        visit("agent", self.agent);
        visit("due", self.due);
        visit("at", self.at);
    }
};

enum class TransferResult { HandedOver, NoAnswer, Failed, TakenBack, GoneMeanwhile };

struct StoreTransfer {
    static constexpr std::string_view kName = "STORE_TRANSFER";
    CallId call{};  ///< that was to be taken over
    AttemptId attempt{};
    CampaignId campaign{};
    AgentId agent{};
    std::string target;
    bool warm = false;
    TransferResult result = TransferResult::HandedOver;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("agent", self.agent);
        visit("target", self.target);
        visit("warm", self.warm);
        visit("result", self.result);
        visit("at", self.at);
    }
};

/// Somebody has called us: on record before he is answered.
struct StoreInbound {
    static constexpr std::string_view kName = "STORE_INBOUND";
    CallId call{};
    Epoch epoch{};
    CampaignId campaign{};
    ClientId client{};
    ContactId contact{};
    NumberId number{};  ///< 0: anonymous
    AttemptId attempt{};
    std::string called;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("epoch", self.epoch);
        visit("campaign", self.campaign);
        visit("client", self.client);
        visit("contact", self.contact);
        visit("number", self.number);
        visit("attempt", self.attempt);
        visit("called", self.called);
        visit("at", self.at);
    }
};

enum class InboundStep {
    Answered,
    Queued,
    Connected,
    OptedOut,
    CallbackPromised,
    Ended,
};

struct StoreInboundStep {
    static constexpr std::string_view kName = "STORE_INBOUND_STEP";
    CallId call{};
    Epoch epoch{};
    InboundStep step = InboundStep::Ended;
    AgentId agent{};                           ///< of Connected
    HangUpReason reason = HangUpReason::None;  ///< of Ended; None: he hung up
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("epoch", self.epoch);
        visit("step", self.step);
        visit("agent", self.agent);
        visit("reason", self.reason);
        visit("at", self.at);
    }
};

struct StoreCampaignState {
    static constexpr std::string_view kName = "STORE_CAMPAIGN_STATE";
    CampaignId campaign{};
    CampaignRunState state = CampaignRunState::Stopped;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("state", self.state);
        visit("at", self.at);
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

using Action =
    std::variant<PlaceCall, RingAgent, AnswerCall, RingTarget, RingSupervisor, HangUp, Bridge,
                 Unbridge, HoldCall, JoinCalls, Listen, Play, StopPlaying, Record, PauseRecording,
                 AskForContacts, ReleaseContact, StoreAttempt, StoreMilestone, StoreOutcome,
                 StoreDetection, StoreDetectionTruth, StoreAccount, StoreInterview, StoreAnswer,
                 StoreSuppression, StoreAgentState, StoreDisposition, StoreCallback, StoreTransfer,
                 StoreInbound, StoreInboundStep, StoreCampaignState, ExplainPacing, ShowContact,
                 TellAgent, Alert, Reply, ShutdownReady>;

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
                                                            "SHIFT_OVER");
template <>
inline constexpr auto kEnumNames<engine::ReplyCode> = names("DONE", "NOT_FOUND", "CONFLICT",
                                                            "REFUSED");
}  // namespace bellwether
