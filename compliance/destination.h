#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/phone_number.h"
#include "base/result.h"

namespace bellwether::compliance {

/// The longest prefix of the list that `number` begins with; none if the number may not be dialed:
/// every destination is denied unless a prefix allows it, and an empty list allows nothing. The
/// view points into `prefixes`. Cannot fail. O(prefixes).
[[nodiscard]] std::optional<std::string_view> allowing_prefix(std::span<const std::string> prefixes,
                                                              PhoneNumber number);

/// May `number` be dialed at all? See allowing_prefix().
[[nodiscard]] bool allowed(std::span<const std::string> prefixes, PhoneNumber number);

/// Checks a list as an operator wrote it: each entry a plus sign and 1 to 15 digits ("+1202555"),
/// not beginning with 0, none twice. Fails with InvalidInput, naming the first wrong entry by its
/// place.
[[nodiscard]] Result<void> check_prefixes(std::span<const std::string> prefixes);

}  // namespace bellwether::compliance
