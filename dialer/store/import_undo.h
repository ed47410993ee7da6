#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "dialer/store/records.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// contacts == taken_out + dialed + in_touch + with_engine + gone.
struct UndoReport {
    ImportId import{};
    ListId list{};
    std::int64_t contacts = 0;     ///< that the import accepted
    std::int64_t taken_out = 0;    ///< never dialed: removed, with their numbers
    std::int64_t dialed = 0;       ///< stay: an attempt names them
    std::int64_t in_touch = 0;     ///< stay: a callback or a call that came in names them
    std::int64_t with_engine = 0;  ///< stay: about to be dialed; undo again to try these
    std::int64_t gone = 0;         ///< taken out by an earlier undo
};

struct ImportUndo {
    ImportId import{};
    std::string actor;  ///< whose order it is, for the evidence log
    UtcTime at;
    bool dry_run = false;  ///< counts and changes nothing
};

/// Takes an import back: every contact of it that no record names is removed, from its campaigns
/// too. Who was dialed, called in or was promised a call stays. A little per transaction, so that
/// calls go on; a campaign may dial some of them meanwhile, and those stay. Each transaction that
/// removes somebody puts an IMPORT_UNDONE into the evidence log.
///
/// Errors: NotFound: no such import. InvalidInput: contacts added by hand are no import.
[[nodiscard]] Result<UndoReport> undo_import(Store& store, const ImportUndo& undo);

}  // namespace bellwether::store
