#pragma once

#include <cstdint>

#include "base/result.h"
#include "dialer/store/records.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// contacts == taken_out + dialed + with_engine + gone.
struct UndoReport {
    ImportId import{};
    ListId list{};
    std::int64_t contacts = 0;     ///< that the import accepted
    std::int64_t taken_out = 0;    ///< never dialed: removed, with their numbers
    std::int64_t dialed = 0;       ///< stay: an attempt names them
    std::int64_t with_engine = 0;  ///< stay: about to be dialed; undo again to try these
    std::int64_t gone = 0;         ///< taken out by an earlier undo
};

/// Takes an import back: every contact of it that was never dialed is removed, from its campaigns
/// too. What was dialed stays, for its attempts are on record. A little per transaction, so that
/// calls go on; a campaign may dial some of them meanwhile, and those stay.
///
/// @param dry_run  counts and changes nothing.
/// Errors: NotFound: no such import. InvalidInput: contacts added by hand are no import.
[[nodiscard]] Result<UndoReport> undo_import(Store& store, ImportId import, bool dry_run);

}  // namespace bellwether::store
