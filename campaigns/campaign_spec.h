#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/probability.h"
#include "campaigns/answer_detection.h"
#include "campaigns/conversion.h"
#include "campaigns/disposition.h"
#include "campaigns/form/interview.h"
#include "campaigns/inbound_rule.h"
#include "campaigns/quota/tally.h"
#include "campaigns/recording_rule.h"
#include "campaigns/retry_rule.h"
#include "compliance/abandonment_account.h"
#include "compliance/calling_hours.h"
#include "compliance/policy/words.h"
#include "pacing/dial_mode.h"

namespace bellwether::campaigns {

/// Why people are called; decides which rules apply (from issue 5 on).
enum class Purpose { Survey, Telemarketing, Notice };

/// A questionnaire as its owner wrote it. The engine reads the sheets itself, so that a journal
/// holds all that an interview goes by.
struct QuestionnaireFiles {
    form::FormSheets sheets;  ///< checked: form::read_form() takes them
    std::string folder;       ///< absolute; recordings are named from here

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("sheets", self.sheets);
        visit("folder", self.folder);
    }
    friend bool operator==(const QuestionnaireFiles&, const QuestionnaireFiles&) = default;
};

/// An answer of an earlier attempt, still in force.
struct EarlierAnswer {
    std::string key;
    std::string value;
    form::Settled how = form::Settled::Answered;
    bool kept = false;  ///< a default or a once() calculation

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("key", self.key);
        visit("value", self.value);
        visit("how", self.how);
        visit("kept", self.kept);
    }
};

/// What an interview with a contact goes by.
struct InterviewOffer {
    InterviewId id{};                      ///< interrupted, to be gone on with; 0: a new one
    std::vector<form::NamedText> columns;  ///< of the contact; personal
    std::vector<EarlierAnswer> earlier;    ///< personal
    std::vector<quota::Mark> quotas{};     ///< what was decided in the earlier attempts

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit.personal("columns", self.columns);
        visit.personal("earlier", self.earlier);
        visit("quotas", self.quotas);
    }
};

/// When a campaign begins and ends by itself, beside its calling hours.
struct Schedule {
    std::optional<UtcTime> start;
    std::optional<UtcTime> stop;  ///< later than `start`

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("start", self.start);
        visit("stop", self.stop);
    }
};

/// What a campaign with agents does for them and asks of them.
struct AgentWork {
    std::vector<Disposition> dispositions;
    std::vector<PauseCode> pause_codes;
    std::vector<TransferTarget> transfers;
    bool speaks = false;          ///< tells agents by their phone what state they are in
    bool match_language = false;  ///< a contact with a language goes to an agent who has that skill
    std::chrono::seconds hold_max{120};      ///< before an alert, 5..3600
    std::chrono::seconds transfer_ring{20};  ///< of the one who is to take over, 5..120
    /// After a callback's time, before anybody may call in the place of the agent who promised it;
    /// 0: only he.
    std::chrono::seconds callback_wait{600};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("dispositions", self.dispositions);
        visit("pause_codes", self.pause_codes);
        visit("transfers", self.transfers);
        visit("speaks", self.speaks);
        visit("match_language", self.match_language);
        visit("hold_max_s", self.hold_max);
        visit("transfer_ring_s", self.transfer_ring);
        visit("callback_wait_s", self.callback_wait);
    }
};

/// Everything the engine must know of a campaign. Made from the campaign's TOML by dialer/app,
/// which has checked every range given here.
struct CampaignSpec {
    CampaignId id{};
    ClientId client{};
    ListId list{};
    std::string name;  ///< unique on this store
    Purpose purpose = Purpose::Survey;
    pacing::DialMode mode = pacing::DialMode::Progressive;
    double ratio = 1.0;             ///< lines per ready agent in mode Ratio, 1..10
    int lines_max = 1;              ///< all lines of this campaign, 1..10000
    int lines_reserved = 0;         ///< of the trunks', whatever others want; 0..lines_max
    int line_weight = 1;            ///< of the trunks' other lines while they are scarce, 1..100
    double calls_per_second = 1.0;  ///< > 0, at most 1000
    /// What the person called sees, E.164, at least one. A contact sees the same at every attempt.
    std::vector<std::string> caller_ids;
    std::chrono::seconds ring_limit{25};  ///< from the INVITE, 5..120
    /// From the answer until the safe-harbour message.
    std::chrono::milliseconds connect_within{2000};
    /// After a call, before the agent is ready by himself; 0: until he says so.
    std::chrono::seconds wrap_up{15};
    /// All of them hold at once; windows differ. With agents: at least one.
    std::vector<compliance::AbandonmentRule> abandonment{compliance::AbandonmentRule{}};
    AnswerDetection detection;
    bool ring_release = true;  ///< predictive: give up a ring that would probably find no agent
    std::chrono::seconds min_ring{15};  ///< before that no ring is given up, 0..120
    int agent_floor = 3;                ///< predictive: fewest agents, 1..1000
    bool pacing_safeguards = true;    ///< warm-up, agent floor, small budget (off in studies only)
    bool pacing_guard = true;         ///< the accounts bound the lines (off in studies only)
    std::string safe_harbour_prompt;  ///< required in every mode with agents
    std::optional<std::string> notice_prompt;         ///< Unattended: played once, then hang up
    std::optional<QuestionnaireFiles> questionnaire;  ///< Unattended: the interview
    std::optional<char> opt_out_key;  ///< in force in safe-harbour message and notice
    bool record = false;              ///< keep a recording of each answered call
    RecordingRule recording;          ///< how, where it is kept
    compliance::CallingHours hours;
    RetryRule retry;
    std::optional<ConversionRule> conversion;  ///< none: who refuses is not called again
    Schedule schedule;
    AgentWork agents;
    std::optional<InboundRule> inbound;  ///< none: a call to a caller id is refused

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("client", self.client);
        visit("list", self.list);
        visit("name", self.name);
        visit("purpose", self.purpose);
        visit("mode", self.mode);
        visit("ratio", self.ratio);
        visit("lines_max", self.lines_max);
        visit("lines_reserved", self.lines_reserved);
        visit("line_weight", self.line_weight);
        visit("calls_per_second", self.calls_per_second);
        visit("caller_ids", self.caller_ids);
        visit("ring_limit_s", self.ring_limit);
        visit("connect_within_ms", self.connect_within);
        visit("wrap_up_s", self.wrap_up);
        visit("abandonment", self.abandonment);
        visit("detection", self.detection);
        visit("ring_release", self.ring_release);
        visit("min_ring_s", self.min_ring);
        visit("agent_floor", self.agent_floor);
        visit("pacing_safeguards", self.pacing_safeguards);
        visit("pacing_guard", self.pacing_guard);
        visit("safe_harbour_prompt", self.safe_harbour_prompt);
        visit("notice_prompt", self.notice_prompt);
        visit("questionnaire", self.questionnaire);
        visit("opt_out_key", self.opt_out_key);
        visit("record", self.record);
        visit("recording", self.recording);
        visit("hours", self.hours);
        visit("retry", self.retry);
        visit("conversion", self.conversion);
        visit("schedule", self.schedule);
        visit("agents", self.agents);
        visit("inbound", self.inbound);
    }
};

/// A callback that was promised to a contact.
struct PromisedCall {
    CallbackId id{};
    AgentId agent{};  ///< who promised to call himself; 0: anybody
    UtcTime due;
    bool loose = false;  ///< some time from `due` on, not at that minute

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("agent", self.agent);
        visit("due", self.due);
        visit("loose", self.loose);
    }
};

/// One contact that the store has claimed for a campaign and offers to the engine.
struct ContactOffer {
    ContactId contact{};
    NumberId number{};
    int attempts_made = 0;             ///< by this campaign, >= 0
    bool suppressed = false;           ///< as of the claim
    bool destination_allowed = false;  ///< by the trunks' prefixes
    /// How the packs want the call to be made, as of the claim.
    std::vector<compliance::policy::ObligationKind> obligations{};
    int priority = 0;        ///< of the contact, 0..kPriorityMax: a higher one is called first
    std::string language{};  ///< of the contact, as in the list; may be empty
    ContactHistory history{};
    std::optional<PromisedCall> promised{};
    std::optional<EarlierRefusal> refused{};    ///< the case has refused, and is called once more
    std::optional<InterviewOffer> interview{};  ///< where the campaign has a questionnaire

    /// He has been promised a call at this time: he comes before all others.
    [[nodiscard]] bool is_firm() const { return promised && !promised->loose; }

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("contact", self.contact);
        visit("number", self.number);
        visit("attempts_made", self.attempts_made);
        visit("suppressed", self.suppressed);
        visit("destination_allowed", self.destination_allowed);
        visit("obligations", self.obligations);
        visit("priority", self.priority);
        visit("language", self.language);
        visit("history", self.history);
        visit("promised", self.promised);
        visit("refused", self.refused);
        visit("interview", self.interview);
    }
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::Purpose> = names("SURVEY", "TELEMARKETING", "NOTICE");
}  // namespace bellwether
