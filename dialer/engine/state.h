#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "campaigns/campaign_spec.h"
#include "campaigns/quota/outlook.h"
#include "campaigns/quota/tally.h"
#include "compliance/abandonment_account.h"
#include "dialer/engine/states.h"
#include "pacing/forecast.h"
#include "pacing/lines.h"
#include "pacing/pacer_state.h"
#include "pacing/picture.h"

// The whole memory of the engine as plain data, so that it can be written at the head of a journal
// segment and read back. Everything else about the engine is functions over these.

namespace bellwether::engine {

/// Why the engine wants to be woken.
enum class WakeReason {
    RingLimit,       ///< of a call that rings
    ConnectWithin,   ///< a person waits for an agent
    KeyTimeout,      ///< silence of a person being interviewed
    EndUnconfirmed,  ///< a hang-up that nobody confirmed
    OptOutStored,    ///< an opt-out outside an interview that the store did not confirm
    WrapUpOver,
    CallRate,      ///< the next call may be started
    ContactsDue,   ///< a retry becomes due
    HoursOpen,     ///< calling hours begin
    ScheduleDue,   ///< the campaign begins or ends by its schedule
    PromiseDue,    ///< a callback whose agent is not there may be kept by another
    HoldTooLong,   ///< somebody is on hold
    QueueTooLong,  ///< somebody who called in waits for an agent
    MenuWait,      ///< for a key of somebody who called in
    ShiftOver,
    Pacing,     ///< the forecast is due: at most every 250 ms, at least every second
    Detection,  ///< the detector's verdict is overdue, or a machine's beep
};

struct Deadline {
    Instant at;
    WakeReason reason = WakeReason::RingLimit;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("reason", self.reason);
    }
    friend bool operator==(const Deadline&, const Deadline&) = default;
};

enum class CallKind {
    Contact,   ///< we called him
    AgentLeg,  ///< kept up from sign-in to sign-out
    Inbound,   ///< he called us
    Transfer,  ///< to the one who is to take a call over
    Listener,  ///< a supervisor's
};

enum class CallState {
    Storing,         ///< the attempt is on its way to the disk; no INVITE yet
    Inviting,        ///< INVITE sent
    Ringing,         ///< 18x heard
    Detecting,       ///< picked up; a person or a machine
    LeavingMessage,  ///< a machine: our message waits for its beep, or plays
    Waiting,         ///< a person, and no agent yet
    Bridged,
    OnHold,        ///< hears music until the agent is back
    Transferring,  ///< on hold while somebody is asked to take over
    Conference,    ///< with the agent and the one who is to take over
    Transferred,   ///< with the one who has taken over
    Announcing,    ///< hears that he is recorded; what he called or was called for follows
    Menu,          ///< called in: hears the message, or a key is awaited
    Interviewing,
    Notice,       ///< the campaign's message plays
    SafeHarbour,  ///< the abandoned caller's message plays
    Parting,      ///< opt-out outside an interview is being stored
    Up,           ///< an agent's leg that is kept up
    Ending,       ///< hang-up sent, confirmation awaited
};

/// Where a call's recording stands.
enum class RecordingStage {
    None,
    Announcing,  ///< what plays on the leg tells of it
    Allowed,     ///< it may begin, and an agent holds it back
    Begun,
    GivenUp,  ///< the announcement was not heard to its end
};

struct InterviewRun {
    InterviewId id{};
    campaigns::form::InterviewState state;
    std::optional<Instant> keys_from;  ///< while a prompt plays; before that they are dropped
    bool closed = false;               ///< its end is on record
    bool in_block = false;  ///< the keypad's own part of an interviewer's interview has begun
    std::optional<std::string>
        rejected;          ///< why the last answer typed was not taken; personal data
    bool unusual = false;  ///< with `rejected`: it is, if a reason is given

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("state", self.state);
        visit("keys_from", self.keys_from);
        visit("closed", self.closed);
        visit("in_block", self.in_block);
        visit.personal("rejected", self.rejected);
        visit("unusual", self.unusual);
    }
};

/// One SIP leg.
struct Call {
    CallId id{};
    CallKind kind = CallKind::Contact;
    CallState state = CallState::Storing;
    CampaignId campaign{};
    AttemptId attempt{};    ///< Contact
    ContactId contact{};    ///< Contact
    NumberId number{};      ///< Contact
    int attempts_made = 0;  ///< Contact: including this one
    AgentId agent{};        ///< the leg's owner, the agent talking, or the one who asked (manual)
    bool invited = false;   ///< PlaceCall was ordered
    bool answered = false;
    bool suppressed = false;  ///< do-not-call came while the attempt was being stored
    bool connected = false;   ///< has been bridged to an agent
    bool counted = false;     ///< as a live answer in its campaign's accounts
    bool screened = false;    ///< an assistant was heard, and told who is calling
    bool reserved = false;    ///< a free agent is held for it until it is connected or has ended
    bool recording_paused = false;
    bool shows_number = false;  ///< Inbound: his number is on record, whether we knew it or not
    RecordingStage recording = RecordingStage::None;
    bool warm = false;      ///< Transfer: the agent talks to him first
    CallId partner{};       ///< the call that is handed over, and the leg it is handed over to
    std::string target;     ///< Transfer: whom; Listener: the phone
    std::string caller_id;  ///< Contact: what he sees; Inbound: what he dialed
    std::string trunk;      ///< Contact: that carries it, once answered
    std::string skill;      ///< what an agent must be able to do for it; empty: anybody
    int repeats = 0;        ///< Inbound: of the menu
    campaigns::ContactHistory history;                 ///< Contact: before this attempt
    std::optional<campaigns::PromisedCall> promised;   ///< Contact: the promise that it keeps
    std::optional<campaigns::EarlierRefusal> refused;  ///< Contact: that it is called after
    std::optional<campaigns::MenuDoes> chosen;  ///< Inbound: what follows the prompt that plays
    bool is_settled = false;                    ///< an agent has said what becomes of the contact
    std::optional<UtcTime> settled_due;         ///< then: when he is called again; none: he is done
    ListenRole role = ListenRole::Monitor;      ///< Listener
    Review review = Review::None;
    pacing::AnswerKey key;  ///< Contact: what its chance of an answer was forecast from
    Instant invited_at;     ///< Contact: until the INVITE, when the attempt began
    Instant picked_up_at;   ///< once answered
    Instant bridged_at;     ///< once connected
    std::optional<Instant> greeting_ended_at;
    std::uint64_t playback = 0;                         ///< what plays now; 0: nothing
    std::optional<campaigns::InterviewOffer> prepared;  ///< until the interview begins
    std::optional<InterviewRun> interview;
    std::optional<campaigns::Outcome> outcome;  ///< settled before the call has ended
    HangUpReason reason = HangUpReason::None;
    std::optional<Deadline> deadline;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("kind", self.kind);
        visit("state", self.state);
        visit("campaign", self.campaign);
        visit("attempt", self.attempt);
        visit("contact", self.contact);
        visit("number", self.number);
        visit("attempts_made", self.attempts_made);
        visit("agent", self.agent);
        visit("invited", self.invited);
        visit("answered", self.answered);
        visit("suppressed", self.suppressed);
        visit("connected", self.connected);
        visit("counted", self.counted);
        visit("screened", self.screened);
        visit("reserved", self.reserved);
        visit("recording_paused", self.recording_paused);
        visit("shows_number", self.shows_number);
        visit("recording", self.recording);
        visit("warm", self.warm);
        visit("partner", self.partner);
        visit("target", self.target);
        visit("caller_id", self.caller_id);
        visit("trunk", self.trunk);
        visit("skill", self.skill);
        visit("repeats", self.repeats);
        visit("history", self.history);
        visit("promised", self.promised);
        visit("refused", self.refused);
        visit("chosen", self.chosen);
        visit("is_settled", self.is_settled);
        visit("settled_due", self.settled_due);
        visit("role", self.role);
        visit("review", self.review);
        visit("key", self.key);
        visit("invited_at", self.invited_at);
        visit("picked_up_at", self.picked_up_at);
        visit("bridged_at", self.bridged_at);
        visit("greeting_ended_at", self.greeting_ended_at);
        visit("playback", self.playback);
        visit("prepared", self.prepared);
        visit("interview", self.interview);
        visit("outcome", self.outcome);
        visit("reason", self.reason);
        visit("deadline", self.deadline);
    }
};

struct Agent {
    AgentId id{};
    AgentState state = AgentState::SignedOut;
    AgentReason reason = AgentReason::None;
    CampaignId campaign{};
    CallId leg{};                       ///< the nailed-up leg; 0: none
    CallId contact_call{};              ///< OnCall
    Instant since;                      ///< in this state; the longest Ready is served first
    bool ready_wanted = false;          ///< when the phone is up
    bool pause_wanted = false;          ///< after the call
    bool sign_out_wanted = false;       ///< after the call
    bool leave_wanted = false;          ///< after the call and its wrap-up
    AttemptId last_attempt{};           ///< of the call that he has, or had last
    Review last_review = Review::None;  ///< of that call, until he has said who it was
    std::vector<CampaignId> serves;     ///< all his campaigns, the dearest first
    std::vector<campaigns::Skill> skills;
    std::string pause_code;  ///< of the state Paused, or of the pause he asked for
    std::optional<UtcTime> shift_ends;
    CallId own_line{};           ///< a line that only he can take: a callback he promised
    CallId last_call{};          ///< the call that he has, or had last
    ContactId last_contact{};    ///< of it
    NumberId last_number{};      ///< of it
    CampaignId last_campaign{};  ///< of it
    int last_attempts_made = 0;  ///< at its contact, including it
    std::optional<campaigns::EarlierRefusal> last_refused;  ///< that it was called after
    RefusalTold last_refusal = RefusalTold::No;             ///< in that call
    std::string keys;     ///< pressed on his phone, not a whole command yet
    int lines_asked = 0;  ///< manual and preview mode
    std::optional<campaigns::ContactOffer> preview;  ///< preview mode: on his screen, not dialed
    std::optional<Deadline> deadline;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("state", self.state);
        visit("reason", self.reason);
        visit("campaign", self.campaign);
        visit("leg", self.leg);
        visit("contact_call", self.contact_call);
        visit("since", self.since);
        visit("ready_wanted", self.ready_wanted);
        visit("pause_wanted", self.pause_wanted);
        visit("sign_out_wanted", self.sign_out_wanted);
        visit("leave_wanted", self.leave_wanted);
        visit("last_attempt", self.last_attempt);
        visit("last_review", self.last_review);
        visit("serves", self.serves);
        visit("skills", self.skills);
        visit("pause_code", self.pause_code);
        visit("shift_ends", self.shift_ends);
        visit("own_line", self.own_line);
        visit("last_call", self.last_call);
        visit("last_contact", self.last_contact);
        visit("last_number", self.last_number);
        visit("last_campaign", self.last_campaign);
        visit("last_attempts_made", self.last_attempts_made);
        visit("last_refused", self.last_refused);
        visit("last_refusal", self.last_refusal);
        visit.personal("keys", self.keys);
        visit("lines_asked", self.lines_asked);
        visit("preview", self.preview);
        visit("deadline", self.deadline);
    }
};

/// Tokens that calls per second leave behind: at most a second's worth, at least one. A carrier
/// counts calls per second, so a second's worth at once is within its limit.
struct RateBucket {
    double tokens = 0;
    Instant filled;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("tokens", self.tokens);
        visit("filled", self.filled);
    }
};

struct Campaign {
    campaigns::CampaignSpec spec;
    CampaignRunState run_state = CampaignRunState::Stopped;
    std::vector<compliance::AbandonmentAccount> accounts;  ///< as spec.abandonment, in its order
    std::optional<UtcTime> started;                        ///< for the first time
    /// Claimed, not yet dialed: callbacks first, then by priority, equals in the order they came.
    std::deque<campaigns::ContactOffer> offers;
    std::vector<campaigns::ContactOffer> promised;  ///< claimed, for an agent who is not free yet
    /// Claimed, have refused, and wait for an agent who may call them.
    std::vector<campaigns::ContactOffer> conversions;
    bool asked = false;      ///< AskForContacts is unanswered
    bool ask_again = false;  ///< contacts were added meanwhile
    int urgent = 0;          ///< contacts of this priority may wait in the store; 0: none do
    bool exhausted = false;  ///< the last answer was short
    std::optional<UtcTime> next_due;  ///< while exhausted
    RateBucket rate;
    std::deque<CallId> waiting;               ///< answered people without an agent, oldest first
    int lines_in_flight = 0;                  ///< Storing, Inviting, Ringing
    int lines_up = 0;                         ///< answered, not ended
    int detecting = 0;                        ///< of lines_up: no verdict yet
    int reserved = 0;                         ///< lines that hold an agent: see reserve.cpp
    std::optional<pacing::PacerState> pacer;  ///< with agents, once something was learnt
    pacing::Forecast forecast;                ///< of the last decision
    std::optional<Instant> decided_at;        ///< the last time the rule was asked
    std::optional<Instant> explained_at;
    int granted = 0;                       ///< by the rule's last verdict, not started yet
    std::optional<Instant> refused_since;  ///< since when a part of each grant was left at the next
    DialBlock last_block = DialBlock::NotRunning;
    pacing::LineDecision last_decision;
    bool account_alerted = false;
    campaigns::quota::Tally quota;                            ///< of the questionnaire's cells
    std::vector<campaigns::quota::CellChance> quota_chances;  ///< as its cells
    std::optional<Instant> quota_searched;  ///< when contacts of other cells were last asked for
    std::optional<Deadline> deadline;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("spec", self.spec);
        visit("run_state", self.run_state);
        visit("accounts", self.accounts);
        visit("started", self.started);
        visit("offers", self.offers);
        visit("promised", self.promised);
        visit("conversions", self.conversions);
        visit("asked", self.asked);
        visit("ask_again", self.ask_again);
        visit("urgent", self.urgent);
        visit("exhausted", self.exhausted);
        visit("next_due", self.next_due);
        visit("rate", self.rate);
        visit("waiting", self.waiting);
        visit("lines_in_flight", self.lines_in_flight);
        visit("lines_up", self.lines_up);
        visit("detecting", self.detecting);
        visit("reserved", self.reserved);
        visit("pacer", self.pacer);
        visit("forecast", self.forecast);
        visit("decided_at", self.decided_at);
        visit("explained_at", self.explained_at);
        visit("granted", self.granted);
        visit("refused_since", self.refused_since);
        visit("last_block", self.last_block);
        visit("last_decision", self.last_decision);
        visit("account_alerted", self.account_alerted);
        visit("quota", self.quota);
        visit("quota_chances", self.quota_chances);
        visit("quota_searched", self.quota_searched);
        visit("deadline", self.deadline);
    }
};

/// A number whose attempt a crash left in the dark: no campaign dials it before `until` (promise
/// R4).
struct CoolingNumber {
    NumberId number{};
    UtcTime until;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("until", self.until);
    }
};

struct EngineState {
    Epoch epoch{};
    std::uint64_t ids_given = 0;  ///< in this epoch; ids are epoch * 2^32 + n
    int trunk_lines = 0;
    int trunk_lines_used = 0;
    RateBucket trunk_rate;
    double trunk_calls_per_second = 1.0;
    bool shutting_down = false;
    bool shutdown_told = false;
    bool store_failed = false;
    std::map<CampaignId, Campaign> campaigns;
    std::map<AgentId, Agent> agents;
    std::map<CallId, Call> calls;
    std::set<CallId> inbound;         ///< of `calls`: those of people who called us
    std::set<NumberId> live_numbers;  ///< promise R1
    std::map<NumberId, CoolingNumber> cooling;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("epoch", self.epoch);
        visit("ids_given", self.ids_given);
        visit("trunk_lines", self.trunk_lines);
        visit("trunk_lines_used", self.trunk_lines_used);
        visit("trunk_rate", self.trunk_rate);
        visit("trunk_calls_per_second", self.trunk_calls_per_second);
        visit("shutting_down", self.shutting_down);
        visit("shutdown_told", self.shutdown_told);
        visit("store_failed", self.store_failed);
        visit("campaigns", self.campaigns);
        visit("agents", self.agents);
        visit("calls", self.calls);
        visit("inbound", self.inbound);
        visit("live_numbers", self.live_numbers);
        visit("cooling", self.cooling);
    }
};

}  // namespace bellwether::engine

namespace bellwether {
template <>
inline constexpr auto kEnumNames<engine::WakeReason> =
    names("RING_LIMIT", "CONNECT_WITHIN", "KEY_TIMEOUT", "END_UNCONFIRMED", "OPT_OUT_STORED",
          "WRAP_UP_OVER", "CALL_RATE", "CONTACTS_DUE", "HOURS_OPEN", "SCHEDULE_DUE", "PROMISE_DUE",
          "HOLD_TOO_LONG", "QUEUE_TOO_LONG", "MENU_WAIT", "SHIFT_OVER", "PACING", "DETECTION");
template <>
inline constexpr auto kEnumNames<engine::CallKind> = names("CONTACT", "AGENT_LEG", "INBOUND",
                                                           "TRANSFER", "LISTENER");
template <>
inline constexpr auto kEnumNames<engine::CallState> =
    names("STORING", "INVITING", "RINGING", "DETECTING", "LEAVING_MESSAGE", "WAITING", "BRIDGED",
          "ON_HOLD", "TRANSFERRING", "CONFERENCE", "TRANSFERRED", "ANNOUNCING", "MENU",
          "INTERVIEWING", "NOTICE", "SAFE_HARBOUR", "PARTING", "UP", "ENDING");
template <>
inline constexpr auto kEnumNames<engine::RecordingStage> = names("NONE", "ANNOUNCING", "ALLOWED",
                                                                 "BEGUN", "GIVEN_UP");
}  // namespace bellwether
