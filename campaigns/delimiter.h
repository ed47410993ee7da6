#pragma once

#include <optional>
#include <string_view>

namespace bellwether::campaigns {

/// The delimiters a list may have, in the order in which they are preferred among equals.
inline constexpr std::string_view kDelimiters = ",;\t|";

/// The delimiter of a text's first rows: the one that divides all of them into the same number of
/// fields, and into the most. Quoted fields are looked over. A text of one column has none of them,
/// and is read with commas.
///
/// @param sample  the beginning of a file; where it is cut in a row, that row does not count.
/// Cannot fail. O(bytes).
[[nodiscard]] char find_delimiter(std::string_view sample);

/// "comma", "semicolon", "tab" or "pipe", or the character itself; none for any other text.
[[nodiscard]] std::optional<char> delimiter_named(std::string_view name);
/// The first of those names.
[[nodiscard]] std::string_view delimiter_name(char delimiter);

}  // namespace bellwether::campaigns
