#pragma once

#include "dialer/store/records.h"
#include "dialer/store/sqlite.h"

// How rows that more than one query reads become records.

namespace bellwether::store {

inline constexpr const char* kAttemptColumns =
    "SELECT id, call_id, campaign_id, client_id, contact_id, number_id, epoch, attempts_made, "
    "pacing_start, pacing_wanted, pacing_limit, verdict, rule, verdict_until, at, invited_at, "
    "ringing_at, "
    "answered_at, connected_at, spoken_at, ended_at, ifnull(agent_id, 0), outcome, sip_status, "
    "retry_after_s, hang_up, answered_after_cancel, end_verdict, end_rule, end_verdict_until, "
    "pacing_mode, pacing_reason, cited, end_cited, trunk, q850_cause "
    "FROM attempts ";

/// A row of kAttemptColumns. Throws SqliteError.
[[nodiscard]] AttemptRecord read_attempt(const Statement& row);

}  // namespace bellwether::store
