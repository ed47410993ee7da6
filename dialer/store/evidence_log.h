#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "compliance/evidence/checkpoint.h"
#include "compliance/evidence/records.h"
#include "compliance/evidence/retention.h"
#include "dialer/store/evidence_config.h"
#include "dialer/store/store.h"

// What is asked of the evidence log, beside appending (Store::append_evidence, WriteBatch).

namespace bellwether::store {

namespace evidence = compliance::evidence;

/// A leaf as it stands in the log.
struct EvidenceLeaf {
    std::uint64_t seq = 0;
    evidence::UtcMicros at;
    evidence::RecordKind kind = evidence::RecordKind::Access;
    std::string record;  ///< canonical bytes
};

/// A sealed part, opened for somebody who may see it.
struct PersonalRecord {
    std::uint64_t seq = 0;
    evidence::RecordKind kind = evidence::RecordKind::Access;
    evidence::UtcMicros at;
    std::string details;  ///< canonical JSON
};

/// Whom and why. The number is not kept; the log remembers the pseudonym.
struct ErasureRequest {
    ClientId client{};  ///< whose records; the same number with another client is another person
    PhoneNumber number;
    std::string basis;  ///< REQUEST, ...; one word
    std::string actor;
    UtcTime at;
};
struct ErasureReport {
    std::uint64_t seq = 0;       ///< of the ERASED record
    std::string subject;         ///< hex
    std::int64_t records = 0;    ///< whose sealed part is gone
    bool is_suppressed = false;  ///< stood on do-not-call: the keyed hash stays (stands_suppressed)
};

enum class HoldState {
    Asked,      ///< one has asked for it; nothing is blocked yet
    InForce,    ///< a second one has agreed: nothing of its subjects can be destroyed
    LiftAsked,  ///< in force until a second one agrees
    Lifted,
};

/// Freezes the records of people: of the numbers named, or of all that match the query now. What
/// comes later is not held.
struct HoldRequest {
    std::string name;
    ClientId client{};
    std::vector<PhoneNumber> numbers;  ///< empty: by what follows
    std::string campaign;              ///< its id as text; empty: any
    std::optional<UtcTime> from;
    std::optional<UtcTime> to;
    std::string query;  ///< the same for people, without a number in it; goes into the log
    std::string actor;
    UtcTime at;
};
struct HoldRecord {
    std::string name;
    std::string query;
    HoldState state = HoldState::Asked;
    std::int64_t subjects = 0;
    std::string asked_by;
    std::string placed_by;  ///< the second one
    std::string lift_asked_by;
    std::string lifted_by;
    UtcTime asked_at;
};

struct ExportRequest {
    std::filesystem::path out;  ///< a folder that is not there or empty; or a file ending in .tar
    std::string what = "all";   ///< all, or a name of export_kinds()
    std::optional<UtcTime> from;
    std::optional<UtcTime> to;                       ///< not included
    std::vector<evidence::RecordKind> kinds;         ///< empty: every kind
    std::optional<evidence::Hash> subject;           ///< records of one person alone
    bool with_sealed = false;                        ///< add what is sealed, still sealed
    std::map<std::string, std::string> extra_files;  ///< name to bytes: reports made elsewhere
    evidence::Object extra_query;                    ///< what they were asked for
    std::string actor;
    UtcTime at;
};
struct ExportReport {
    std::uint64_t log_size = 0;
    std::uint64_t first = 0;  ///< range of leaves told one by one
    std::uint64_t end = 0;
    std::int64_t records = 0;
    std::map<std::string, std::int64_t> counts;  ///< by kind
    std::vector<std::string> files;
};

class EvidenceLog {
public:
    explicit EvidenceLog(Store::Impl& store) : store_{store} {}

    // --- the log itself ---

    [[nodiscard]] EvidenceStatus status() const;
    [[nodiscard]] evidence::VerifierKey key() const;
    /// Puts what is durable under a checkpoint, and returns its signed note. Errors: NotFound:
    /// there is no record yet; those of files.
    [[nodiscard]] Result<std::string> checkpoint() const;
    /// A JSON object that proves one record, for bundle_check.h. Errors: NotFound.
    [[nodiscard]] Result<std::string> prove(std::uint64_t seq) const;
    /// Leaves with first <= seq < end, in order. `take` must not call the store.
    [[nodiscard]] Result<void> read(std::uint64_t first, std::uint64_t end,
                                    const std::function<void(const EvidenceLeaf&)>& take) const;
    /// Writes a bundle (compliance/evidence/README.md) and an ACCESS record. Errors: Conflict: the
    /// folder has files. NotFound: the log is empty.
    [[nodiscard]] Result<ExportReport> export_bundle(const ExportRequest& request) const;

    // --- people ---

    /// Everything that is sealed for a person, opened. Errors: Corrupt.
    [[nodiscard]] Result<std::vector<PersonalRecord>> personal_records(
        ClientId client, const PhoneNumber& number) const;
    [[nodiscard]] Result<evidence::Hash> subject(ClientId client, const PhoneNumber& number) const;
    /// Destroys the person's data key and sealed parts; the leaves stay, and keep their proofs.
    /// Errors: Refused: a legal hold, named. NotFound: nothing is sealed for this person.
    [[nodiscard]] Result<ErasureReport> erase(const ErasureRequest& request) const;
    /// Stood this number on do-not-call when its person had his data erased?
    [[nodiscard]] Result<bool> stands_suppressed(ClientId client, const PhoneNumber& number) const;
    /// Destroys sealed parts whose time is over by the rules of their record's kind, but for those
    /// on hold. Returns how many. One ERASED record tells of each person.
    [[nodiscard]] Result<std::int64_t> expire(const std::vector<evidence::RetentionRule>& rules,
                                              std::string_view actor, UtcTime now) const;

    // --- legal holds: each step needs two different people ---

    /// The first call asks, the second, by somebody else, puts it in force. Errors: Refused: the
    /// same person. Conflict: it is in force, or was lifted. InvalidInput: it matches nobody.
    [[nodiscard]] Result<HoldRecord> place_hold(const HoldRequest& request) const;
    /// Likewise. Errors: NotFound, Refused, Conflict.
    [[nodiscard]] Result<HoldRecord> lift_hold(std::string_view name, std::string_view actor,
                                               UtcTime at) const;
    [[nodiscard]] Result<std::vector<HoldRecord>> holds() const;

private:
    Store::Impl& store_;
};

/// The kinds of records behind a named export: calls, abandonment, dnc, consent, policy, access,
/// decisions. Errors: InvalidInput: no such name.
[[nodiscard]] Result<std::vector<evidence::RecordKind>> export_kinds(std::string_view what);

}  // namespace bellwether::store

namespace bellwether {
template <>
inline constexpr auto kEnumNames<store::HoldState> = names("ASKED", "IN_FORCE", "LIFT_ASKED",
                                                           "LIFTED");
}  // namespace bellwether
