#pragma once

#include "compliance/evidence/canonical_json.h"
#include "compliance/policy/dial_case.h"

namespace bellwether::compliance::policy {

/// A case as JSON, in the shape of `bellwether compliance decide`: every fact that a decision may
/// rest on, and nothing that it may not. What is unknown is left out; defaults stand in full. Zones
/// stand by name, and number.kind, which no caller may write, is added. read_case() reads it back.
[[nodiscard]] evidence::Value form_of(const DialCase& dial_case);

}  // namespace bellwether::compliance::policy
