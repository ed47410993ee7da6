#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "campaigns/form/form.h"
#include "campaigns/form/table.h"

namespace bellwether::campaigns::form {

/// The tel:: columns that a row of survey.csv and the settings share, for the headers of both.
[[nodiscard]] const std::vector<KnownColumn>& line_columns();

/// Reads the tel:: cells of a row over the rules it begins with (the settings'); adds a problem for
/// each cell that does not fit.
void read_line_rules(const Table& table, const Table::Row& row, LineRules& rules);

/// Is this one or two keys of a keypad?
[[nodiscard]] bool is_key_string(std::string_view text);

/// A file name relative to the questionnaire's folder that cannot lead out of it.
[[nodiscard]] bool stays_in_folder(std::string_view path);

/// yes, true, true() and their like; no and its like; none: neither.
[[nodiscard]] std::optional<bool> yes_or_no(std::string_view text);

}  // namespace bellwether::campaigns::form
