#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer-detect/verdict.h"
#include "base/ids.h"
#include "base/time.h"
#include "campaigns/conversion.h"
#include "campaigns/disposition.h"
#include "campaigns/form/interview.h"
#include "campaigns/outcome.h"
#include "campaigns/quota/tally.h"
#include "compliance/abandonment_account.h"
#include "compliance/decision.h"
#include "dialer/engine/call_quality.h"
#include "dialer/engine/states.h"
#include "pacing/lines.h"

// What the engine asks to be made durable. Those of one event form one atomic write.

namespace bellwether::engine {

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
    int sip_status = 0;  ///< of the refusal, 300..699; 0: answered, or nobody refused
    std::optional<std::chrono::seconds> retry_after;
    std::string trunk;              ///< that carried the call, or was tried last; empty: none was
    std::optional<int> q850_cause;  ///< 1..127, of the refusal or of the far side's BYE
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
        visit("trunk", self.trunk);
        visit("q850_cause", self.q850_cause);
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
    std::optional<campaigns::form::InterviewEnd> end{};  ///< none: it began, or goes on
    std::string item{};  ///< with `end`, key of the item at hand; empty: none had come up
    bool heard = false;  ///< with `end`: form::has_heard_message()

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("interview", self.interview);
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("at", self.at);
        visit("end", self.end);
        visit("item", self.item);
        visit("heard", self.heard);
    }
};

/// Answers given and taken back, in their order. Answered by AnswerStored once durable.
struct StoreAnswers {
    static constexpr std::string_view kName = "STORE_ANSWERS";
    CallId call{};
    InterviewId interview{};
    std::vector<campaigns::form::AnswerChange> changes;  ///< personal data
    UtcTime at;
    AgentId agent{};  ///< the interviewer; 0: by keypad

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("interview", self.interview);
        visit.personal("changes", self.changes);
        visit("at", self.at);
        visit("agent", self.agent);
    }
};

/// What the quotas have made of an interview so far; replaces what was stored of it before.
struct StoreQuota {
    static constexpr std::string_view kName = "STORE_QUOTA";
    InterviewId interview{};
    CampaignId campaign{};
    std::string fingerprint;  ///< of the plan that the marks were made under
    std::vector<campaigns::quota::Mark> marks;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("interview", self.interview);
        visit("campaign", self.campaign);
        visit("fingerprint", self.fingerprint);
        visit("marks", self.marks);
        visit("at", self.at);
    }
};

/// The person asked not to be called. Answered by SuppressionAdded once durable.
struct StoreSuppression {
    static constexpr std::string_view kName = "STORE_SUPPRESSION";
    NumberId number{};  ///< 0: that of `caller`
    ClientId client{};
    AttemptId attempt{};
    UtcTime at;
    CallId caller{};  ///< where `number` is 0: the call that came in, on record with its number
    AgentId agent{};  ///< to whom he said it; 0: by a key

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("client", self.client);
        visit("attempt", self.attempt);
        visit("at", self.at);
        visit("caller", self.caller);
        visit("agent", self.agent);
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
    bool loose = false;  ///< some time from `due` on, not at that minute
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
        visit("loose", self.loose);
        visit("at", self.at);
    }
};

/// What follows from a refusal: whether the case is called once more. It replaces what was promised
/// to him before.
struct StoreConversion {
    static constexpr std::string_view kName = "STORE_CONVERSION";
    AttemptId attempt{};  ///< in which he refused
    CampaignId campaign{};
    ClientId client{};
    ContactId contact{};
    AgentId agent{};  ///< to whom he did
    campaigns::RefusalStrength strength = campaigns::RefusalStrength::Hard;
    campaigns::Conversion conversion = campaigns::Conversion::Off;
    bool settles = false;        ///< the contact is with nobody: `due` takes effect now
    std::optional<UtcTime> due;  ///< of Planned
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("client", self.client);
        visit("contact", self.contact);
        visit("agent", self.agent);
        visit("strength", self.strength);
        visit("conversion", self.conversion);
        visit("settles", self.settles);
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
    NumberId number{};  ///< 0: anonymous, or that of `caller`
    AttemptId attempt{};
    std::string called;
    std::string caller;  ///< E.164, of one whom we never called; else empty; personal
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
        visit.personal("caller", self.caller);
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

/// How well a call was heard, at its end.
struct StoreQuality {
    static constexpr std::string_view kName = "STORE_QUALITY";
    CallId call{};
    AttemptId attempt{};  ///< 0: of a call that came in
    CallQuality quality;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("attempt", self.attempt);
        visit("quality", self.quality);
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

}  // namespace bellwether::engine
