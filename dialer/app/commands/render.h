#pragma once

#include <string>

#include "dialer/app/files/json_text.h"

namespace bellwether::app {

/// An answer for people: single values as aligned "key  value" lines, lists of objects as tables
/// with a heading. Members called `number` or `phone` show masked; null shows as "-". Not for
/// programs: they read
/// --json.
[[nodiscard]] std::string render(const Json& body);

}  // namespace bellwether::app
