#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bellwether::campaigns::form {

// The shuffle that XLSForm prescribes: Park-Miller numbers and the inside-out Fisher-Yates. Every
// engine that follows the XForms specification gives the same order for the same seed.
// Source: research/surveys.md 1.8.

/// `count` places in shuffled order: the i-th of the result is the place of the i-th item in the
/// unshuffled list.
[[nodiscard]] std::vector<std::size_t> shuffled(std::size_t count, double seed);

/// The first draw of the generator, in [0, 1).
[[nodiscard]] double first_draw(double seed);

/// The seed that a text stands for: a number is truncated, any other text is hashed, empty is 0.
[[nodiscard]] double seed_of_text(std::string_view text);

/// The seed of a row (or of one instance of it) that names none of its own.
/// @param interview_seed  31 bits, stored with the interview.
[[nodiscard]] double seed_of_row(std::uint32_t interview_seed, std::string_view name);

}  // namespace bellwether::campaigns::form
