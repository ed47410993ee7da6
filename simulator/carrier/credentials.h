#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulator/carrier/run.h"

namespace bellwether::carrier {

/// Reads {"user": "...", "password": "..."} lines; empty lines and further members are ignored.
/// Fails with InvalidInput, naming the line and never its content.
[[nodiscard]] Result<std::vector<AgentCredential>> parse_credentials(std::string_view ndjson);

/// All phones of the options: the file's, then `credentials`, at most `n`.
/// Fails also if the file cannot be read (Unavailable), names a user twice or there are fewer than
/// `n`, or none at all (InvalidInput).
[[nodiscard]] Result<std::vector<AgentCredential>> credentials_of(const AgentsOptions& options);

}  // namespace bellwether::carrier
