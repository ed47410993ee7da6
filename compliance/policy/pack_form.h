#pragma once

#include <string>

#include "compliance/evidence/canonical_json.h"
#include "compliance/policy/pack.h"

namespace bellwether::compliance::policy {

/// A pack as JSON, the same for every pack that says the same, however its file is laid out: what
/// is left out stands with its default, durations in milliseconds, shares in parts of a million.
[[nodiscard]] evidence::Value form_of(const Pack& pack);
[[nodiscard]] evidence::Value form_of(const Rule& rule);

/// SHA-256 of the form's canonical bytes (RFC 8785 style), in lower-case hexadecimal digits.
[[nodiscard]] std::string pack_hash(const Pack& pack);

/// A week's hours as packs write them: {"mon": "08:00-20:00"}; closed days are left out.
[[nodiscard]] evidence::Value form_of(const std::vector<HoursWindow>& weekly);

}  // namespace bellwether::compliance::policy
