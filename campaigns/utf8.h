#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace bellwether::campaigns {

/// The place (from 0) of the first byte that is not part of well-formed UTF-8; none if all of it
/// is. Overlong forms, surrogates and values above U+10FFFF are not well-formed. Cannot fail.
/// Source: Unicode 15, table 3-7; RFC 3629 §4.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

}  // namespace bellwether::campaigns
