#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "campaigns/list_layout.h"
#include "campaigns/phone_normaliser.h"
#include "dialer/store/records.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// Where a number must not stand already for a row to be accepted. Numbers are compared in E.164,
/// so the same number in another spelling is a duplicate. Other client organisations' lists never
/// count.
enum class DedupeScope {
    List,      ///< in this list
    Campaign,  ///< in this list, or one that a campaign of this client dials
    All,       ///< in any list of this client
};

struct ImportRequest {
    std::filesystem::path file;
    ListId list{};
    std::string
        default_region;  ///< ISO 3166, "US", for numbers without a country code; empty: none
    DedupeScope dedupe = DedupeScope::List;
    campaigns::ListLayout layout;
    std::filesystem::path rejects;  ///< CSV to write, replaced if it exists; empty: none
    bool dry_run = false;           ///< counts and rejects as if, and changes nothing
    UtcTime at;
};

/// read == accepted + duplicate + rejected + suppressed, at every moment.
struct ImportReport {
    ImportId id{};          ///< 0 for a dry run
    std::int64_t read = 0;  ///< rows below the heading that are not empty
    std::int64_t accepted = 0;
    std::int64_t duplicate = 0;
    std::int64_t rejected = 0;  ///< malformed, no valid number, or a prefix that no trunk may dial
    std::int64_t suppressed = 0;  ///< one of its numbers is on do-not-call, of this client or all
    std::int64_t numbers_left_out =
        0;                        ///< faulty second and further numbers of rows that were kept
    std::int64_t plus_added = 0;  ///< numbers with a country code, read though their plus was lost
    char delimiter = ',';
    bool delimiter_was_found = false;  ///< not told, but found in the first rows
};

/// Hears how far the import has come, about every 50,000 rows. False: stop and undo it.
using ImportProgress = std::function<bool(const ImportReport&)>;

/// Imports a contact list: CSV (RFC 4180) as ImportRequest::layout says. Streams: memory does not
/// grow with the file.
///
/// A row is a duplicate if any of its numbers stands with a contact within the scope, in whatever
/// place, and suppressed if any of them is on do-not-call: who asks not to be called has asked for
/// all his numbers. A faulty second or further number is left out, told in the reject file, and
/// costs the row nothing.
///
/// An import is one unit: its contacts appear, and its campaigns hear ContactsAdded, once all of it
/// is durable. A faulty row is rejected and costs itself alone. What breaks the whole (heading
/// unusable, file unreadable, disk full, stopped by `progress`, or a crash) undoes the whole.
///
/// The reject file has the columns row, line, column, reason, original: places count from 1 with
/// the heading, `column` is the heading's name for it or its number, `original` is the row as it
/// stood.
///
/// Blocks for as long as it takes; call it on a thread of its own. Calls go on meanwhile: it gives
/// way to the engine's writes every 250 rows.
///
/// Errors: NotFound: file or list. InvalidInput: heading or region. Conflict: another import runs,
/// or stopped. Exhausted: disk full.
[[nodiscard]] Result<ImportReport> import_list(Store& store, const campaigns::NumberRules& rules,
                                               const ImportRequest& request,
                                               const ImportProgress& progress = {});

}  // namespace bellwether::store

namespace bellwether {
template <>
inline constexpr auto kEnumNames<store::DedupeScope> = names("LIST", "CAMPAIGN", "ALL");
}  // namespace bellwether
