#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bellwether::campaigns::form {

/// The values of a reference that crosses into a repeat, in the order of the instances.
using NodeSet = std::vector<std::string>;

/// What an expression gives. Rules: research/surveys.md 1.5.
using Value = std::variant<std::string, double, bool, NodeSet>;

/// Whole numbers without a point, else the shortest decimal that reads back to the same double;
/// never an exponent. -0 is "0"; "NaN", "Infinity", "-Infinity".
[[nodiscard]] std::string number_text(double number);

/// Trims; `-?digits[.digits]`, `-?.digits`; a date (with or without a time) is its days since
/// 1970-01-01; anything else is NaN.
[[nodiscard]] double text_number(std::string_view text);

// A NodeSet reaches none of these but as an argument of a function over sets; its text is empty.
[[nodiscard]] double to_number(const Value& value);
[[nodiscard]] std::string to_text(const Value& value);
[[nodiscard]] bool to_boolean(const Value& value);

/// Rounds half up (towards +infinity) to `places` decimals, in decimal on the shortest form of the
/// number; negative places round to tens, hundreds, ….
[[nodiscard]] double round_half_up(double number, int places);

/// `-?digits[.digits]` as a canonical decimal: no leading zeros, no trailing zeros or point, no
/// minus before zero. `digits` may be of any length; the text is not turned into a double.
[[nodiscard]] std::string canonical_decimal(std::string_view text);

// --- Unicode ---

/// Code points of a text; a byte that is not UTF-8 counts as U+FFFD.
[[nodiscard]] std::u32string code_points(std::string_view utf8);
[[nodiscard]] std::string utf8_of(std::u32string_view code_points);

}  // namespace bellwether::campaigns::form
