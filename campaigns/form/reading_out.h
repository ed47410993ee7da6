#pragma once

#include <cstddef>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// Does an interviewer read a row's choices out? `count` of them are offered.
/// Source: research/surveys.md 7, Styling.
[[nodiscard]] bool reads_choices(const Row& row, std::size_t count);

/// Words that an interviewer reads out at a row: its label in the form's default language without
/// merge fields, and its choices where they are read out.
[[nodiscard]] std::size_t words_to_read(const Form& form, const Row& row);

}  // namespace bellwether::campaigns::form
