#pragma once

#include "dialer/store/consents.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

inline constexpr const char* kConsentColumns =
    "SELECT id, ifnull(client_id, 0), digits, name, given, purposes, topics, channels, form, "
    "jurisdiction, method, request_sha256, response_sha256, evidence_uri, script_version, "
    "collector, expires, rnd_checked, rnd_result, last_used_at, recorded_at, actor, revoked_at, "
    "revoked_channel, revoked_by, revoked_reason, revoked_artefact FROM consents ";

/// A row of kConsentColumns. Throws SqliteError.
[[nodiscard]] ConsentRecord read_consent(const Statement& row);

}  // namespace bellwether::store
