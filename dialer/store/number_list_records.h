#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/time.h"
#include "compliance/suppression/list_kind.h"
#include "compliance/suppression/list_rows.h"

// Lists of numbers that others keep: what the store gives back of them, as plain values.

namespace bellwether::store {

using compliance::suppression::kListKinds;
using compliance::suppression::ListFormat;
using compliance::suppression::ListKind;

enum class NumberListId : std::uint64_t {};         ///< 0 names nothing
enum class NumberListVersionId : std::uint64_t {};  ///< one import; 0 names nothing

/// What the lists of one kind say of one number, for one client organisation.
struct ListFinding {
    enum class State : std::uint8_t {
        NotHeld,     ///< the client has no list of this kind: nothing is known
        Clear,       ///< on none of them
        Listed,      ///< on one at least
        Unreadable,  ///< a list's file is damaged or gone, and the others do not hold the number
    };
    State state = State::NotHeld;
    /// North America: some list of the kind has numbers of this area code. A seller may have bought
    /// a few area codes alone; then "clear" says nothing of the others. Elsewhere true.
    bool covers_area = false;
    std::chrono::sys_days retrieved{};  ///< of the oldest list asked; unless NotHeld
    /// Listed: since when; none: for longer than was noted.
    std::optional<std::chrono::sys_days> listed_since;
    NumberListVersionId
        version{};  ///< of the list that holds it, else of the oldest; unless NotHeld

    friend bool operator==(const ListFinding&, const ListFinding&) = default;
};

/// By ListKind.
using ListFindings = std::array<ListFinding, kListKinds>;

/// Counts of one import: rows_read == accepted + duplicate + rejected.
struct NumberListCounts {
    std::int64_t rows_read = 0;
    std::int64_t accepted = 0;   ///< a full list: numbers; a change list: rows that changed it
    std::int64_t duplicate = 0;  ///< said what was so already
    std::int64_t rejected = 0;
    std::int64_t numbers = 0;  ///< on the list now
    std::int64_t adds = 0;     ///< against the version before
    std::int64_t deletes = 0;

    friend bool operator==(const NumberListCounts&, const NumberListCounts&) = default;
};

/// Who answers for a full list that shrank beyond the threshold, and why.
struct ShrinkOverride {
    std::string reason;
    std::string by;
    std::string signature;  ///< of who answers for it; empty: none was given

    friend bool operator==(const ShrinkOverride&, const ShrinkOverride&) = default;
};

/// One line of the register.
struct NumberListVersion {
    NumberListVersionId id{};
    NumberListId list{};
    ListFormat format{};
    std::string source;   ///< name of the file
    std::string licence;  ///< SAN or other; may be empty
    std::chrono::sys_days retrieved{};
    std::string sha256;  ///< of the source, hex
    NumberListCounts counts;
    std::string file;          ///< of the numbers, in the folder `lists`
    std::string changes_file;  ///< empty: none
    std::optional<ShrinkOverride> shrink_override;
    std::string actor;
    UtcTime active_from;
    std::optional<UtcTime> active_to;  ///< none: in force
};

struct NumberListRecord {
    NumberListId id{};
    ClientId client{};
    std::string name;
    ListKind kind{};
    NumberListVersion version;  ///< in force
    std::int64_t versions = 0;  ///< how many there have been
    std::string fault;          ///< why the version in force cannot be read; empty: it can
};

struct NumberListRequest {
    std::filesystem::path file;
    ListFormat format{};
    std::optional<ListKind> kind;  ///< none: the format's usual one, or the list's
    std::string list;
    ClientId client{};
    std::string client_name;  ///< written into the file: whose it is
    std::chrono::sys_days retrieved{};
    std::string licence;
    compliance::suppression::ChangeColumns columns;
    std::optional<ShrinkOverride> shrink_override;
    std::filesystem::path rejects;  ///< a CSV of rejected rows; empty: none
    bool dry_run = false;
    std::string actor;
    UtcTime at;
};

struct NumberListReport {
    NumberListVersionId version{};  ///< 0: a dry run
    ListKind kind{};
    NumberListCounts counts;
    std::string sha256;
    bool shrinks_too_much = false;  ///< beyond the threshold; answered for, or a dry run
    struct Reject {
        std::uint64_t line = 0;
        compliance::suppression::RowFault fault{};
    };
    std::vector<Reject> rejects;  ///< the first kRejectsKept
    static constexpr std::size_t kRejectsKept = 100;
};

/// What one list says of one number.
struct ListEntry {
    NumberListRecord list;
    ListFinding finding;
};

}  // namespace bellwether::store

namespace bellwether {
template <>
inline constexpr auto kEnumNames<store::ListFinding::State> = names("NOT_HELD", "CLEAR", "LISTED",
                                                                    "UNREADABLE");
}  // namespace bellwether
