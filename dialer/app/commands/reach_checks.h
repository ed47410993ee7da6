#pragma once

#include <chrono>
#include <string>

#include "dialer/app/commands/host_checks.h"
#include "dialer/sip/trunk_config.h"

namespace bellwether::app {

/// Does the trunk's host answer an OPTIONS (over UDP; TCP and TLS: does it take a connection)? Any
/// answer will do: a carrier that refuses it (403, 405) is there all the same. Blocks for
/// `patience` at the most, and asks twice, for UDP loses.
[[nodiscard]] Check check_trunk_answers(const sip::TrunkConfig& trunk,
                                        std::chrono::milliseconds patience);

/// How long a forced write takes where the store stands: every call waits for one (promise R2).
/// Writes 64 small blocks into a file of its own and removes it.
[[nodiscard]] Check check_write_speed(const Config& config);

/// The evidence log's signing key: there, and for its owner alone to read.
[[nodiscard]] Check check_evidence_key(const Config& config);

}  // namespace bellwether::app
