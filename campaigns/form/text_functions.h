#pragma once

#include <string>
#include <string_view>

namespace bellwether::campaigns::form {

// The string functions of research/surveys.md 1.7. Positions count code points.

[[nodiscard]] std::string substring_before(std::string_view text, std::string_view mark);
[[nodiscard]] std::string substring_after(std::string_view text, std::string_view mark);
/// From `from` (included) to `to` (not), from 0; negative ones count from the end. NaN is 0.
[[nodiscard]] std::string substring(std::string_view text, double from, double to);
/// Each character of `from` becomes the one at its place in `to`, or nothing.
[[nodiscard]] std::string translated(std::string_view text, std::string_view from,
                                     std::string_view to);
/// White space trimmed at the ends and folded into one blank between words.
[[nodiscard]] std::string normalized_space(std::string_view text);
/// Is `name` one of the words of `list`?
[[nodiscard]] bool is_selected(std::string_view list, std::string_view name);
/// Cut to at most `bytes`, never inside a character.
[[nodiscard]] std::string cut(std::string text, std::size_t bytes);

}  // namespace bellwether::campaigns::form
