#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "campaigns/form/form.h"
#include "campaigns/form/table.h"

// The parts of reading a form, in the order in which read_form() calls them. Each adds to the form
// and to the findings; none stops at the first fault.

namespace bellwether::campaigns::form {

/// The three sheets, their headers read.
struct Tables {
    Table survey;
    Table choices;
    Table settings;

    Tables(const FormSheets& sheets, Findings& findings);
    [[nodiscard]] const Table::Row* settings_row() const;
};

/// Languages, title, commands, and what the settings say of the line.
/// @return the rules that every row begins with.
[[nodiscard]] LineRules read_settings(const Tables& tables, Form& form);

void read_choices(const Table& table, Form& form);

/// The rows of survey.csv with their expressions parsed; names are not looked up yet.
void read_rows(const Tables& tables, const LineRules& defaults, Form& form);

/// Looks the names in all expressions up, and checks that each stands where it may.
void bind_names(const Table& survey, Form& form);

/// The same for an expression that stands outside all rows and sees the whole interview: names in
/// repeats through sums, counts and the like alone. Faults name the table's row and column.
/// @param contact_columns  those it refers to are added.
void bind_outside(const Table& table, const Table::Row& row, std::string_view column,
                  const Form& form, Expression& expression,
                  std::set<std::string, std::less<>>& contact_columns);

/// Sets Form::order; a cycle is a problem that names its rows.
void sort_rows(const Table& survey, Form& form);

/// Keys that clash, and choices and commands that no key reaches.
void check_keys(const Tables& tables, const Form& form);

// --- what several of them use ---

/// The cells of a column in all languages of the form.
[[nodiscard]] ByLanguage texts_of(const Form& form, const Table& table, const Table::Row& row,
                                  std::string_view column);
/// The same as audio files; one outside the folder is a problem.
[[nodiscard]] ByLanguage audio_of(const Form& form, const Table& table, const Table::Row& row,
                                  std::string_view column);
/// Rules of a column that are given once or as `first|second`.
[[nodiscard]] std::vector<ByLanguage> escalation_of(const Form& form, const Table& table,
                                                    const Table::Row& row, std::string_view column);
/// A cell as an expression; empty if the cell is, or if it is faulty (a problem then).
[[nodiscard]] Expression expression_of(const Table& table, const Table::Row& row,
                                       std::string_view column);
/// Is this a name that can be a column of the data?
[[nodiscard]] bool is_name(std::string_view text);
/// A text with `${…}` cut into its parts.
[[nodiscard]] tl::expected<Template, ExpressionFault> parse_template(std::string_view text);

/// The row of the table that a row of the form came from, for messages.
[[nodiscard]] inline Table::Row place_of(const Row& row) {
    return {.number = row.sheet_row, .cells = {}};
}

}  // namespace bellwether::campaigns::form
