#pragma once

#include <string>

#include "dialer/app/files/json_text.h"

// Explanations for people: sentences and figures with units, where render() would show bare
// numbers. Programs read --json.

namespace bellwether::app {

/// `campaign explain --at`.
[[nodiscard]] std::string show_past_decision(const Json& body);
/// `campaign explain`.
[[nodiscard]] std::string show_explanation(const Json& body);
/// `campaign stats`.
[[nodiscard]] std::string show_stats(const Json& body);
/// `lead why`.
[[nodiscard]] std::string show_why(const Json& body);

}  // namespace bellwether::app
