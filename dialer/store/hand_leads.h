#pragma once

#include "base/result.h"
#include "dialer/store/import_sink.h"
#include "dialer/store/list_import.h"
#include "dialer/store/store.h"

namespace bellwether::store {

enum class HandLeadFate { Accepted, Duplicate, Suppressed };

struct HandLeadResult {
    HandLeadFate fate = HandLeadFate::Accepted;
    ContactId contact{};  ///< the new one; Duplicate: who has the number already
};

/// Adds one contact to a list that campaigns may be dialing: its campaigns hear ContactsAdded once
/// it is durable, and claim it by its priority. Numbers, duplicates and do-not-call are as of an
/// import; whether a trunk may dial them is the caller's to ask.
/// Errors: NotFound: no such list.
[[nodiscard]] Result<HandLeadResult> add_lead(Store& store, ListId list, const ImportRow& lead,
                                              DedupeScope dedupe, UtcTime at);

}  // namespace bellwether::store

namespace bellwether {
template <>
inline constexpr auto kEnumNames<store::HandLeadFate> = names("ACCEPTED", "DUPLICATE",
                                                              "SUPPRESSED");
}  // namespace bellwether
