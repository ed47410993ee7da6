#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellwether::campaigns {

/// Is this one key of a telephone's keypad: 0 to 9, * or #? Cannot fail.
[[nodiscard]] bool is_keypad_key(std::string_view text);

/// The parts of a text between blanks and tabs; none of them empty. Views into `text`.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

/// A text without the white space (ASCII) at its ends. A view into `text`.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A text with A to Z turned into a to z.
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace bellwether::campaigns
