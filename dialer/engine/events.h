#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "answer-detect/verdict.h"
#include "base/ids.h"
#include "base/time.h"
#include "campaigns/campaign_spec.h"
#include "campaigns/outcome.h"
#include "campaigns/quota/tally.h"
#include "compliance/abandonment_account.h"
#include "compliance/decision.h"
#include "dialer/engine/call_quality.h"
#include "dialer/engine/interview_events.h"
#include "dialer/engine/states.h"
#include "dialer/engine/store_events.h"
#include "pacing/pacer_state.h"

// Everything that can happen to the engine, as plain values. From names and fields the journal's
// text is made (codec.h); a field passed to visit.personal() is kept apart and can be erased.

namespace bellwether::engine {

/// The first event of every journal: which start of the service this is, and what the trunk bears.
struct EngineStarted {
    static constexpr std::string_view kName = "ENGINE_STARTED";
    Epoch epoch{};
    int trunk_lines = 0;                  ///< >= 1
    double trunk_calls_per_second = 0.0;  ///< > 0

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("epoch", self.epoch);
        visit("trunk_lines", self.trunk_lines);
        visit("trunk_calls_per_second", self.trunk_calls_per_second);
    }
};

/// A trunk went down or came back: what all that are up bear together.
struct TrunksChanged {
    static constexpr std::string_view kName = "TRUNKS_CHANGED";
    int lines = 0;                  ///< >= 0; 0: no trunk takes calls
    double calls_per_second = 0.0;  ///< > 0 where there are lines

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("lines", self.lines);
        visit("calls_per_second", self.calls_per_second);
    }
};

/// Time has passed, and a deadline with it; nothing else happened.
struct TimePassed {
    static constexpr std::string_view kName = "TIME_PASSED";
    template <class Self, class Visit>
    static void fields(Self&, Visit&&) {}
};

/// A campaign is new, changed, or read back from the store at a start.
struct CampaignApplied {
    static constexpr std::string_view kName = "CAMPAIGN_APPLIED";
    RequestId request{};
    campaigns::CampaignSpec spec;
    CampaignRunState run_state = CampaignRunState::Stopped;  ///< read for one that is new to us
    /// Of the windows at hand; read for those that the engine does not keep yet.
    std::vector<compliance::AbandonmentAccount> accounts;
    /// By the pacer before a restart, on this start's time axis; read likewise.
    std::optional<pacing::PacerState> learnt;
    /// Its first start, which legal periods are counted from; none: it has not started yet.
    std::optional<UtcTime> started;
    /// By its quotas; read for a campaign that is new, or whose questionnaire has changed.
    campaigns::quota::Recount counted{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("spec", self.spec);
        visit("run_state", self.run_state);
        visit("accounts", self.accounts);
        visit("learnt", self.learnt);
        visit("started", self.started);
        visit("counted", self.counted);
    }
};

enum class CampaignOrder { Start, Pause, Drain, Stop };

struct CampaignOrdered {
    static constexpr std::string_view kName = "CAMPAIGN_ORDERED";
    RequestId request{};
    CampaignId campaign{};
    CampaignOrder order = CampaignOrder::Pause;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("campaign", self.campaign);
        visit("order", self.order);
    }
};

/// The store's answer to AskForContacts: contacts it has claimed for us, durably.
struct ContactsOffered {
    static constexpr std::string_view kName = "CONTACTS_OFFERED";
    CampaignId campaign{};
    std::vector<campaigns::ContactOffer> offers;
    std::optional<UtcTime> next_due;  ///< where offers is short: the earliest retry; none: no more

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("offers", self.offers);
        visit("next_due", self.next_due);
    }
};

/// Contacts were imported into the campaign's list, or became due again by an order: ask anew.
struct ContactsAdded {
    static constexpr std::string_view kName = "CONTACTS_ADDED";
    CampaignId campaign{};
    int priority = 0;  ///< the highest of theirs: asked for at once, ahead of lower ones at hand

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("priority", self.priority);
    }
};

/// The service died while this attempt was alive; the store found it at the start (promise R4).
struct AttemptFoundAlive {
    static constexpr std::string_view kName = "ATTEMPT_FOUND_ALIVE";
    CampaignId campaign{};
    AttemptId attempt{};
    ContactId contact{};
    int attempts_made = 0;  ///< including this one
    bool answered = false;
    bool served = false;  ///< connected, interviewed, or spoken to
    NumberId number{};    ///< nobody dials it before the campaign's cool-off is over
    /// What its interview had come to, if that had ended: he is not asked once more.
    std::optional<campaigns::Outcome> interviewed{};
    bool is_settled = false;               ///< its agent had said what becomes of the contact
    std::optional<UtcTime> settled_due{};  ///< then: when he is called again; none: he is done

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("campaign", self.campaign);
        visit("attempt", self.attempt);
        visit("contact", self.contact);
        visit("attempts_made", self.attempts_made);
        visit("answered", self.answered);
        visit("served", self.served);
        visit("number", self.number);
        visit("interviewed", self.interviewed);
        visit("is_settled", self.is_settled);
        visit("settled_due", self.settled_due);
    }
};

/// An attempt at this number was settled as unknown not long ago, by an earlier start.
struct NumberCooling {
    static constexpr std::string_view kName = "NUMBER_COOLING";
    NumberId number{};
    UtcTime until;  ///< no campaign dials it before

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("until", self.until);
    }
};

// --- agents ---

struct AgentSignedIn {
    static constexpr std::string_view kName = "AGENT_SIGNED_IN";
    RequestId request{};
    AgentId agent{};
    CampaignId campaign{};
    bool ready = false;               ///< ready as soon as the phone is up; else paused
    std::vector<CampaignId> further;  ///< campaigns that he serves too, the dearest first
    std::vector<campaigns::Skill> skills;
    std::optional<UtcTime> shift_ends;  ///< then he leaves as soon as his call is over
    CallId leg{};  ///< he has called us, and this leg is his; 0: his phone is rung

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("campaign", self.campaign);
        visit("ready", self.ready);
        visit("further", self.further);
        visit("skills", self.skills);
        visit("shift_ends", self.shift_ends);
        visit("leg", self.leg);
    }
};

enum class AgentOrder {
    Ready,     ///< takes calls
    Pause,     ///< takes none; during a call: after it
    WrapUp,    ///< ends the wrap-up: ready again
    SignOut,   ///< during a call: after it
    Leave,     ///< takes no further call; signed out at once, or when call and wrap-up are over
    Kick,      ///< at once, whatever goes on
    DialNext,  ///< manual mode: one line for me; preview mode: dial the contact on my screen
    Skip,      ///< preview mode: another contact; this one's turn comes again
    HangUp,    ///< ends the call he has; the leg to his phone stays
    Hold,      ///< the other side hears music
    Resume,
    PauseRecording,  ///< while card data is said or typed
    ResumeRecording,
    HandOver,    ///< of a transfer: the other two talk on without him
    TakeBack,    ///< of a transfer: it is called off
    Conference,  ///< of a transfer: all three talk
};

struct AgentOrdered {
    static constexpr std::string_view kName = "AGENT_ORDERED";
    RequestId request{};
    AgentId agent{};
    AgentOrder order = AgentOrder::Pause;
    std::string code;  ///< of Pause: why, one of his campaign's pause codes; may be empty

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("order", self.order);
        visit("code", self.code);
    }
};

/// The agent says how the call that he has, or had last, came out.
struct AgentDisposed {
    static constexpr std::string_view kName = "AGENT_DISPOSED";
    RequestId request{};
    AgentId agent{};
    std::string code;            ///< of his campaign's dispositions, or its key
    std::optional<UtcTime> due;  ///< of a callback: when
    bool mine = false;           ///< of a callback: he calls himself
    bool loose = false;          ///< of a callback: some time from then on
    std::string note;            ///< personal data

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("code", self.code);
        visit("due", self.due);
        visit("mine", self.mine);
        visit("loose", self.loose);
        visit.personal("note", self.note);
    }
};

/// The agent wants somebody else to take his call over.
struct TransferOrdered {
    static constexpr std::string_view kName = "TRANSFER_ORDERED";
    RequestId request{};
    AgentId agent{};
    std::string target;  ///< one of his campaign's transfers, by name
    bool warm = false;   ///< he talks to the one who takes over first

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("target", self.target);
        visit("warm", self.warm);
    }
};

/// A supervisor wants to hear an agent at work; his phone is rung. Again: changes the role.
struct SupervisorCame {
    static constexpr std::string_view kName = "SUPERVISOR_CAME";
    RequestId request{};
    AgentId agent{};    ///< whom to listen to
    std::string phone;  ///< user of the supervisor's registered phone
    ListenRole role = ListenRole::Monitor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("phone", self.phone);
        visit("role", self.role);
    }
};

/// The agent's phone is no longer registered.
struct AgentPhoneLost {
    static constexpr std::string_view kName = "AGENT_PHONE_LOST";
    AgentId agent{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent", self.agent);
    }
};

// --- calls: each names the leg; a leg that the engine has forgotten is ignored ---

/// Somebody calls one of our caller ids.
struct CallArrived {
    static constexpr std::string_view kName = "CALL_ARRIVED";
    CallId call{};
    std::string called;       ///< the caller id that was dialed, E.164
    CampaignId campaign{};    ///< of the last attempt at the caller; 0: none is known
    ContactId contact{};      ///< 0: nobody we know
    NumberId number{};        ///< of the caller; 0: anonymous, or `caller`
    std::string caller;       ///< E.164, of one whom we never called; else empty; personal
    AttemptId attempt{};      ///< the last one at him; 0: none
    std::string language;     ///< of the contact; may be empty
    bool suppressed = false;  ///< he is on do-not-call already

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("called", self.called);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("number", self.number);
        visit.personal("caller", self.caller);
        visit("attempt", self.attempt);
        visit("language", self.language);
        visit("suppressed", self.suppressed);
    }
};

struct CallRinging {
    static constexpr std::string_view kName = "CALL_RINGING";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

struct CallEarlyMedia {
    static constexpr std::string_view kName = "CALL_EARLY_MEDIA";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// Answered, and audio agreed.
struct CallAnswered {
    static constexpr std::string_view kName = "CALL_ANSWERED";
    CallId call{};
    std::string trunk{};  ///< that carries it; empty: none, it is a phone's

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("trunk", self.trunk);
    }
};

/// The detector knows who picked up, or what the network plays; a later word replaces it.
struct AnswerDetected {
    static constexpr std::string_view kName = "ANSWER_DETECTED";
    CallId call{};
    answer_detect::Verdict verdict = answer_detect::Verdict::Human;
    std::string code;        ///< of Sit and Fax: "VC", "CED"; else empty
    double p_machine = 0.5;  ///< at that moment
    answer_detect::Evidence evidence;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("verdict", self.verdict);
        visit("code", self.code);
        visit("p_machine", self.p_machine);
        visit("evidence", self.evidence);
    }
};

/// The machine's beep is over, or the silence that stands for it: a message may be left.
struct MessageMayBegin {
    static constexpr std::string_view kName = "MESSAGE_MAY_BEGIN";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// The agent says who or what his last call was.
struct AnswerLabelled {
    static constexpr std::string_view kName = "ANSWER_LABELLED";
    RequestId request{};
    AgentId agent{};
    answer_detect::Verdict truth = answer_detect::Verdict::Human;  ///< Human or Machine

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("truth", self.truth);
    }
};

/// The person who picked up has said his greeting: the legal time to connect him runs from here.
struct GreetingEnded {
    static constexpr std::string_view kName = "GREETING_ENDED";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// Ended before it was answered.
struct CallFailed {
    static constexpr std::string_view kName = "CALL_FAILED";
    CallId call{};
    campaigns::CallFailure failure;
    std::string trunk{};  ///< the last that was tried; empty: none was

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("failure", self.failure);
        visit("trunk", self.trunk);
    }
};

/// The answer crossed our CANCEL; the adapter has ended the call already.
struct CallAnsweredAfterCancel {
    static constexpr std::string_view kName = "CALL_ANSWERED_AFTER_CANCEL";
    CallId call{};
    std::string trunk{};  ///< that carried it; empty: none, it was a phone's

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("trunk", self.trunk);
    }
};

enum class EndedBy { Peer, Us, MediaTimeout };

/// An answered call is over.
struct CallEnded {
    static constexpr std::string_view kName = "CALL_ENDED";
    CallId call{};
    EndedBy by = EndedBy::Peer;
    std::optional<int> q850_cause{};       ///< 1..127, as the peer's BYE gave it (ITU-T Q.850)
    std::optional<CallQuality> quality{};  ///< none: nothing was measured

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("by", self.by);
        visit("q850_cause", self.q850_cause);
        visit("quality", self.quality);
    }
};

/// No valid audio for the media timeout: the peer is gone without a BYE.
struct CallSilent {
    static constexpr std::string_view kName = "CALL_SILENT";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

struct KeyPressed {
    static constexpr std::string_view kName = "KEY_PRESSED";
    CallId call{};
    char key = '0';  ///< 0-9 * # A-D; personal data

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit.personal("key", self.key);
    }
};

/// A playback came to its end, or was cut short.
struct PlaybackEnded {
    static constexpr std::string_view kName = "PLAYBACK_ENDED";
    CallId call{};
    std::uint64_t playback = 0;
    bool completed = false;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("playback", self.playback);
        visit("completed", self.completed);
    }
};

/// What was said to a question is recorded, whole.
struct AnswerRecorded {
    static constexpr std::string_view kName = "ANSWER_RECORDED";
    CallId call{};
    std::string recording;                ///< its id: the file's name without folder
    std::chrono::milliseconds spoken{0};  ///< without the silence at its end

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("recording", self.recording);
        visit("spoken_ms", self.spoken);
    }
};

// --- the house ---

/// The host's clock was set: what Now.utc says has jumped.
struct ClockStepped {
    static constexpr std::string_view kName = "CLOCK_STEPPED";
    std::int64_t by_ms = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("by_ms", self.by_ms);
    }
};

/// The service is to end. Drain: no new calls, calls that are up go on. Otherwise every call ends
/// now.
struct ShutdownOrdered {
    static constexpr std::string_view kName = "SHUTDOWN_ORDERED";
    bool drain = true;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("drain", self.drain);
    }
};

/// The store cannot keep a promise any more (disk full, file corrupt): dial nothing new.
struct StoreFailed {
    static constexpr std::string_view kName = "STORE_FAILED";
    template <class Self, class Visit>
    static void fields(Self&, Visit&&) {}
};

using Event = std::variant<
    EngineStarted, TrunksChanged, TimePassed, CampaignApplied, CampaignOrdered, ContactsOffered,
    ContactsAdded, AttemptFoundAlive, NumberCooling, AgentSignedIn, AgentOrdered, AgentDisposed,
    TransferOrdered, SupervisorCame, AgentPhoneLost, InterviewerAnswered, InterviewerOrdered,
    InterviewerNoted, InterviewBrokenOff, CallArrived, CallRinging, CallEarlyMedia, CallAnswered,
    AnswerDetected, MessageMayBegin, AnswerLabelled, GreetingEnded, CallFailed,
    CallAnsweredAfterCancel, CallEnded, CallSilent, KeyPressed, PlaybackEnded, AnswerRecorded,
    AttemptStored, AnswerStored, SuppressionAdded, ClockStepped, ShutdownOrdered, StoreFailed>;

}  // namespace bellwether::engine

namespace bellwether {
template <>
inline constexpr auto kEnumNames<engine::CampaignOrder> = names("START", "PAUSE", "DRAIN", "STOP");
template <>
inline constexpr auto kEnumNames<engine::AgentOrder> = names("READY", "PAUSE", "WRAP_UP",
                                                             "SIGN_OUT", "LEAVE", "KICK",
                                                             "DIAL_NEXT", "SKIP", "HANG_UP", "HOLD",
                                                             "RESUME", "PAUSE_RECORDING",
                                                             "RESUME_RECORDING", "HAND_OVER",
                                                             "TAKE_BACK", "CONFERENCE");

template <>
inline constexpr auto kEnumNames<engine::EndedBy> = names("PEER", "US", "MEDIA_TIMEOUT");
}  // namespace bellwether
