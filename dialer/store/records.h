#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "answer-detect/verdict.h"
#include "base/enum_names.h"
#include "base/ids.h"
#include "base/phone_number.h"
#include "base/time.h"
#include "campaigns/form/interview.h"
#include "campaigns/number_choice.h"
#include "campaigns/outcome.h"
#include "compliance/abandonment_account.h"
#include "compliance/decision.h"
#include "dialer/engine/codec.h"
#include "dialer/engine/states.h"
#include "pacing/lines.h"

// What the store gives back to those who ask, as plain values.

namespace bellwether::store {

enum class ImportId : std::uint64_t {};  ///< one run of `list import`; 0 names nothing

struct ClientRecord {
    ClientId id{};
    std::string name;
};

struct ListRecord {
    ListId id{};
    ClientId client{};
    std::string name;
    std::int64_t contacts = 0;  ///< of complete imports
    std::int64_t imports = 0;   ///< complete ones
};

/// A mapping of list files, saved by name; `layout` is dialer/app's JSON.
struct ListMap {
    std::string name;
    std::string layout;
    UtcTime saved;
};

/// A campaign as its owner wrote it. What the engine needs is made from `toml` by dialer/app.
struct CampaignRecord {
    /// A list that it draws fresh contacts from (campaigns/list_mix.h).
    struct List {
        ListId id{};
        int priority = 1;  ///< 1 is the highest
        int weight = 1;
    };

    CampaignId id{};
    ClientId client{};
    ListId list{};  ///< the first of `lists`
    std::string name;
    std::string toml;
    engine::CampaignRunState run_state = engine::CampaignRunState::Stopped;
    std::optional<UtcTime> started;   ///< its first start
    std::vector<List> lists{};        ///< without `list` in it: that one alone
    campaigns::NumberRule numbers{};  ///< which of a contact's numbers is tried
};

/// Does it take fresh contacts from the list, or has it?
[[nodiscard]] inline bool draws_on(const CampaignRecord& campaign, ListId list) {
    return std::ranges::find(campaign.lists, list, &CampaignRecord::List::id) !=
           campaign.lists.end();
}

/// An agent and what his phone proves itself with; passwords are never stored.
struct AgentRecord {
    AgentId id{};
    ClientId client{};
    std::string name;
    std::string sip_user;
    std::string ha1_md5;     ///< hex of MD5(user:realm:password), RFC 2617 §3.2.2.2
    std::string ha1_sha256;  ///< likewise, RFC 7616 §3.4.2; empty: not known
    std::string skills;      ///< "es:5,nl:9"; may be empty
    std::string shift;       ///< "Mon-Fri 09:00-17:00 Europe/Amsterdam"; empty: at any time
    std::string phone;       ///< a SIP address or a number; empty: the phone registers here
    CampaignId home{};       ///< whose calls he takes when he signs in by phone; 0: the last one's
};

/// The person to reach. `number` never prints its digits.
struct ContactRecord {
    /// One of his numbers after the first.
    struct Number {
        NumberId id{};
        PhoneNumber number;
        std::string kind;  ///< "mobile"; may be empty
    };

    ContactId id{};
    ClientId client{};
    ListId list{};
    NumberId number_id{};
    PhoneNumber number;
    std::string external_id;  ///< the owner's own key; may be empty
    std::string first_name;
    std::string last_name;
    std::string language;  ///< as in the list; may be empty
    std::string extra;  ///< a JSON object: the columns of the file that have no place of their own
    std::int64_t row = 0;          ///< in the imported file, whose first row is 1; 0: added by hand
    std::string kind;              ///< of `number`; may be empty
    int priority = 0;              ///< 0..campaigns::kPriorityMax
    std::vector<Number> others{};  ///< in the order in which they are tried
};

/// What a campaign has done with a contact.
enum class ContactState {
    New,      ///< never tried
    Claimed,  ///< with the engine
    Live,     ///< an attempt is alive
    Retry,    ///< to be tried again at `due`
    Done,
    Denied,  ///< a rule forbids it for good
};

struct ContactStanding {
    CampaignId campaign{};
    ContactState state = ContactState::New;
    int attempts = 0;
    std::optional<UtcTime> due;
    std::optional<campaigns::Outcome> last_outcome;
    compliance::Rule rule = compliance::Rule::None;  ///< of the last refusal
    std::string cited;                               ///< of rule Policy: its id
};

struct AttemptRecord {
    AttemptId id{};
    CallId call{};
    CampaignId campaign{};
    ClientId client{};
    ContactId contact{};
    NumberId number{};
    Epoch epoch{};
    int attempts_made = 0;
    pacing::LineDecision pacing;
    compliance::Decision decision;
    UtcTime at;
    std::optional<UtcTime> invited, ringing, answered, connected, spoken, ended;
    AgentId agent{};
    std::optional<campaigns::Outcome> outcome;  ///< none while alive
    int sip_status = 0;                         ///< of the refusal; 0: answered, or nobody refused
    std::optional<std::chrono::seconds> retry_after;
    std::string trunk;              ///< that carried it, or was tried last; empty: none was
    std::optional<int> q850_cause;  ///< 1..127, of the refusal or of the far side's BYE
    engine::HangUpReason hang_up = engine::HangUpReason::None;
    bool answered_after_cancel = false;
    compliance::Decision withdrawn_by;  ///< of Withdrawn; else Allow
};

/// Where a campaign stands. total == fresh + claimed + live + retry + done + denied.
struct CampaignFigures {
    std::int64_t total = 0;
    std::int64_t fresh = 0;  ///< never tried and not with the engine
    std::int64_t claimed = 0;
    std::int64_t live = 0;
    std::int64_t retry = 0;
    std::int64_t done = 0;
    std::int64_t denied = 0;
    std::optional<UtcTime> next_due;  ///< of those in `retry`

    /// Ended attempts by outcome, and those still alive. Their sum is every attempt ever stored.
    struct OutcomeCount {
        campaigns::Outcome outcome = campaigns::Outcome::Unknown;
        std::int64_t attempts = 0;
    };
    std::vector<OutcomeCount> outcomes;  ///< outcomes that occurred, in the order of the enum
    std::int64_t attempts_alive = 0;
    std::int64_t answered = 0;  ///< attempts with an answer, whatever became of them
    std::int64_t bridged = 0;
    std::int64_t answered_after_cancel = 0;

    std::int64_t interviews_open = 0;
    std::int64_t interviews_complete = 0;
    std::int64_t interviews_partial = 0;
    std::int64_t interviews_opted_out = 0;
    std::int64_t interviews_broken_off = 0;  ///< hung up or refused before it counts as partial
    std::int64_t interviews_screened = 0;    ///< not to be asked, or his quota is full
    std::int64_t answers = 0;

    /// Ended attempts of one column of a report.
    [[nodiscard]] std::int64_t of_class(campaigns::OutcomeClass column) const;
};

struct AnswerRecord {
    InterviewId interview{};
    AttemptId attempt{};
    ContactId contact{};
    std::string question;
    std::string value;
    UtcTime at;
};

struct InterviewRecord {
    InterviewId id{};
    AttemptId attempt{};
    ContactId contact{};
    UtcTime began;
    std::optional<UtcTime> ended;
    std::optional<campaigns::form::Outcome> end;
    std::string aapor;  ///< "1.1"; empty while open
    std::string cause;  ///< a form::EndCause; empty while open
    std::string item;   ///< key of what was at hand when it ended; empty: nothing, or not on record
};

struct AgentStateRecord {
    AgentId agent{};
    engine::AgentState state = engine::AgentState::SignedOut;
    engine::AgentReason reason = engine::AgentReason::None;
    CampaignId campaign{};
    UtcTime at;
    std::string code;  ///< of Paused: the pause code; may be empty
};

/// How a number came to be on do-not-call.
enum class DoNotCallSource {
    Command,  ///< an operator typed it
    Import,   ///< a file of numbers
    Call,     ///< the person asked on the line
};

struct DoNotCallEntry {
    PhoneNumber number;
    ClientId client{};  ///< 0: for every client organisation
    DoNotCallSource source = DoNotCallSource::Command;
    std::string actor;   ///< who did it
    std::string reason;  ///< free text; may be empty
    UtcTime at;
    std::optional<UtcTime> removed;
};

struct ImportRecord {
    ImportId id{};
    ListId list{};
    std::string file_name;
    std::string hash;  ///< of the file: SHA-256, hex
    bool complete = false;
    std::int64_t read = 0;  ///< == accepted + duplicate + rejected + suppressed
    std::int64_t accepted = 0;
    std::int64_t duplicate = 0;
    std::int64_t rejected = 0;
    std::int64_t suppressed = 0;
    UtcTime at;
    std::int64_t taken_out = 0;  ///< of `accepted`, by an undo
};

/// Attempts whose last verdict was the same, under the same weights.
struct DetectionCount {
    std::uint32_t weights_version = 0;  ///< 0: tones alone
    answer_detect::Verdict verdict = answer_detect::Verdict::Unsure;
    engine::Review review = engine::Review::None;
    std::optional<answer_detect::Verdict> truth;  ///< none: nobody has said
    bool hung_up = false;  ///< it ended as a machine: no agent was given the call, or lost it again
    std::int64_t attempts = 0;
};

/// One verdict, as the detector gave it.
struct DetectionRecord {
    AttemptId attempt{};
    UtcTime at;
    answer_detect::Verdict verdict = answer_detect::Verdict::Unsure;
    std::string code;
    double p_machine = 0;
    engine::Review review = engine::Review::None;
    std::string evidence;  ///< JSON
    std::optional<answer_detect::Verdict> truth;
};

/// From the journal's first entry to its last.
struct JournalSpan {
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    UtcTime first;
    UtcTime last;
};

/// One start of the service, or one cut in a long run: the engine as it stood before `first_seq`.
struct JournalSegment {
    std::uint64_t first_seq = 0;
    Epoch epoch{};
    Now at;
    engine::Encoded snapshot;
};

}  // namespace bellwether::store

namespace bellwether {
template <>
inline constexpr auto kEnumNames<store::ContactState> = names("NEW", "CLAIMED", "LIVE", "RETRY",
                                                              "DONE", "DENIED");
template <>
inline constexpr auto kEnumNames<store::DoNotCallSource> = names("COMMAND", "IMPORT", "CALL");
}  // namespace bellwether
