#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/phone_number.h"
#include "base/result.h"
#include "base/time.h"
#include "compliance/evidence/canonical_json.h"
#include "compliance/evidence/hash.h"

// What the log tells of. A record's leaf holds facts that name no person; whom it is about, and
// what is personal, stands apart and is sealed (dialer/store/evidence_log.h does it).

namespace bellwether::compliance::evidence {

using UtcMicros = std::chrono::sys_time<std::chrono::microseconds>;

enum class RecordKind {
    Decision,       ///< may this number be dialed? allowed or not
    Call,           ///< one attempt, ended
    Abandonment,    ///< the account of one window; a correction is a new version
    DncAdded,       ///< a number came on do-not-call
    DncRemoved,     ///< and off it
    ListActivated,  ///< a version of a suppression list is in force from here on
    ConsentGiven,
    ConsentRevoked,
    PackInForce,  ///< a policy pack is in force from here on
    Override,     ///< somebody set a rule's judgement aside
    Erased,       ///< a person's data was destroyed
    HoldPlaced,   ///< records are kept for a court, by the word of two
    HoldLifted,
    Access,        ///< somebody looked at or exported personal records
    ImportUndone,  ///< contacts of an import were taken out of the store
    ListReset,     ///< contacts that a campaign was done with are dialed again
};

/// Whom a record is about, and what it knows of him.
struct Person {
    ClientId client{};  ///< whose record it is; his pseudonym is another with each
    PhoneNumber number;
    Object details;  ///< personal: sealed, never in a leaf; may be empty
};

/// One record before it has its place in the log.
struct Record {
    RecordKind kind = RecordKind::Access;
    UtcMicros at;
    Object facts;  ///< members of the leaf; none named at, kind, personal, seq, subject (checked)
    std::optional<Person> person;
};

/// The leaf's bytes: canonical JSON of the facts with `at` (UTC, microseconds), `kind` and `seq`,
/// and where it is about a person `subject` and, if something was sealed, the SHA-256 of it.
[[nodiscard]] std::string encode_leaf(const Record& record, std::uint64_t seq,
                                      const std::optional<Hash>& subject,
                                      const std::optional<Hash>& sealed);

/// What all leaves have. Errors: InvalidInput: not a leaf in its canonical form.
struct LeafHeader {
    std::uint64_t seq = 0;
    RecordKind kind = RecordKind::Access;
    UtcMicros at;
    std::optional<Hash> subject;
    std::optional<Hash> sealed;
};
[[nodiscard]] Result<LeafHeader> read_leaf(std::string_view leaf);

// --- one builder for each kind; ids of 0 and empty texts are left out ---

/// A policy pack, or a list's version, and the digest of what it held.
struct NamedHash {
    std::string name;
    std::string hash;  ///< hex
};

struct DecisionFacts {
    UtcTime at;
    std::string point;  ///< IMPORT, SELECTION or INVITE
    ClientId client{};
    CampaignId campaign{};
    AttemptId attempt{};
    ContactId contact{};
    PhoneNumber number;
    std::string verdict;  ///< ALLOW, DEFER, DENY
    std::optional<UtcTime> until;
    std::string primary;                   ///< the deciding rule; empty on ALLOW
    std::string scope;                     ///< empty on ALLOW
    std::vector<std::string> reasons;      ///< ids of rules
    std::vector<std::string> obligations;  ///< "reserve_agent us.fcc.abandon"
    std::string inputs_hash;               ///< hex
    std::vector<NamedHash> packs;
    std::string tzdata;
    std::string inputs;  ///< the case in its canonical bytes, to decide it again; personal
};
[[nodiscard]] Record to_record(const DecisionFacts& facts);

struct CallFacts {
    UtcTime at;  ///< of the end
    ClientId client{};
    CampaignId campaign{};
    AttemptId attempt{};
    ContactId contact{};
    AgentId agent{};
    PhoneNumber number;
    std::string purpose;
    std::string mode;       ///< pacing mode in force
    std::string caller_id;  ///< ours: not personal
    std::string trunk;
    std::optional<std::uint64_t> decision_seq;  ///< the DECISION record that allowed it
    /// Moments in their order: queued, invited, ringing, answered, greeting_end, verdict, offered,
    /// connected, message_started, message_ended, ended.
    std::vector<std::pair<std::string, UtcTime>> moments;
    std::string amd_verdict;
    std::int64_t amd_p_machine_ppm = -1;  ///< -1: nobody listened
    std::string amd_weights;
    std::string message_hash;  ///< of the message played, hex
    bool opted_out = false;
    std::string hung_up_by;
    int sip_status = 0;
    int q850_cause = 0;  ///< 1..127; 0: the network gave none
    std::string outcome;
    std::vector<std::string> obligations;
    std::vector<NamedHash> lists;  ///< the list versions that were asked
    Object details;                ///< name, recording, answers' references; personal
};
[[nodiscard]] Record to_record(const CallFacts& facts);

/// One window's account; a later version replaces an earlier one of the same window.
struct AbandonmentFacts {
    UtcTime at;
    ClientId client{};
    CampaignId campaign{};
    std::string regime;  ///< us, uk, ca
    std::string window;
    UtcTime from;
    UtcTime to;
    int version = 1;
    std::string numerator;    ///< exact, as "3150/43"
    std::string denominator;  ///< exact
    std::string cap;          ///< exact, as "3/100"
    std::string verdict;      ///< PASS or BREACH
    Object counts;            ///< connected, late, message_played, silent, ...
    std::string calls_hash;   ///< of the attempts counted, hex
    std::string cause;        ///< why a new version; empty: the first
};
[[nodiscard]] Record to_record(const AbandonmentFacts& facts);

struct DncFacts {
    UtcTime at;
    bool added = true;
    ClientId client{};  ///< 0: for every client organisation
    PhoneNumber number;
    std::string source;  ///< COMMAND, IMPORT, KEYPAD, AGENT, API
    std::string actor;
    AttemptId attempt{};
    std::string reason;  ///< free text: personal
};
[[nodiscard]] Record to_record(const DncFacts& facts);

struct ListFacts {
    UtcTime at;
    ClientId client{};
    std::string list;
    std::string version;
    std::string source;
    std::string licence;
    UtcTime retrieved;
    std::string hash;  ///< of the file, hex
    std::int64_t rows = 0;
    std::int64_t adds = 0;
    std::int64_t deletes = 0;
    std::int64_t rejects = 0;
    std::string override_by;  ///< who let a shrunken list pass
    std::string override_reason;
};
[[nodiscard]] Record to_record(const ListFacts& facts);

struct ConsentFacts {
    UtcTime at;
    bool given = true;  ///< false: revoked
    ClientId client{};
    std::string consent;  ///< its id
    PhoneNumber number;
    std::string jurisdiction;
    std::string method;  ///< web, paper, voice, api; or how it was revoked
    std::vector<std::string> channels;
    std::vector<std::string> purposes;
    std::string request_hash;   ///< of what was shown or read, hex
    std::string response_hash;  ///< of the signature, recording or form, hex
    std::string actor;
    Object details;  ///< name, address, user agent; personal
};
[[nodiscard]] Record to_record(const ConsentFacts& facts);

struct PackFacts {
    UtcTime at;
    std::string pack;
    std::string version;
    std::string status;  ///< draft or reviewed
    std::string hash;    ///< hex
    std::string actor;
};
[[nodiscard]] Record to_record(const PackFacts& facts);

struct OverrideFacts {
    UtcTime at;
    ClientId client{};
    CampaignId campaign{};
    std::string rule;
    std::string reason;  ///< of the matter, not of a person
    std::string actor;
    std::string second_actor;
    std::optional<UtcTime> expires;
};
[[nodiscard]] Record to_record(const OverrideFacts& facts);

/// `record.person` carries the pseudonym only; nothing is sealed with it.
struct ErasedFacts {
    UtcTime at;
    std::string subject;  ///< hex: the number itself is gone
    ClientId client{};
    std::string basis;  ///< REQUEST, RETENTION, ...
    std::string actor;
    std::int64_t records = 0;  ///< whose sealed part is gone
};
[[nodiscard]] Record to_record(const ErasedFacts& facts);

struct HoldFacts {
    UtcTime at;
    bool placed = true;
    std::string hold;
    std::string query;
    std::int64_t subjects = 0;
    std::string subjects_hash;  ///< SHA-256 over the frozen pseudonyms, sorted, hex
    std::string actor;
    std::string second_actor;
};
[[nodiscard]] Record to_record(const HoldFacts& facts);

/// A step of an undo or a reset, durable with the change itself: the steps of one order add up.
struct ImportUndoFacts {
    UtcTime at;
    ClientId client{};
    std::string list;    ///< its name
    std::string import;  ///< its id
    std::string actor;
    std::int64_t contacts = 0;  ///< taken out by this step, with their numbers
    std::int64_t stayed = 0;    ///< looked at and left, because the records name them
};
[[nodiscard]] Record to_record(const ImportUndoFacts& facts);

struct ListResetFacts {
    UtcTime at;
    ClientId client{};
    std::string list;  ///< its name
    CampaignId campaign{};
    std::vector<std::string> outcomes;  ///< of the contacts that are dialed again
    std::string actor;
    std::int64_t contacts = 0;  ///< so many of them in this step
};
[[nodiscard]] Record to_record(const ListResetFacts& facts);

struct AccessFacts {
    UtcTime at;
    std::string actor;
    std::string what;   ///< "export all", "subject access"
    std::string query;  ///< names no person
    std::int64_t records = 0;
};
[[nodiscard]] Record to_record(const AccessFacts& facts);

}  // namespace bellwether::compliance::evidence

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::evidence::RecordKind> =
    names("DECISION", "CALL", "ABANDONMENT", "DNC_ADDED", "DNC_REMOVED", "LIST_ACTIVATED",
          "CONSENT_GIVEN", "CONSENT_REVOKED", "PACK_IN_FORCE", "OVERRIDE", "ERASED", "HOLD_PLACED",
          "HOLD_LIFTED", "ACCESS", "IMPORT_UNDONE", "LIST_RESET");
}  // namespace bellwether
