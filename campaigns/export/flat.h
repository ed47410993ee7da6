#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "campaigns/export/dataset.h"

// A dataset as a table of plain columns: what CSV, SPSS and DDI share. A Multiple is a column of 0
// and 1 per category.

namespace bellwether::campaigns::exports {

/// One file of an export.
struct OutputFile {
    std::string name;  ///< without a folder
    std::string text;  ///< UTF-8
};

struct FlatColumn {
    std::size_t variable = 0;        ///< in Dataset::variables
    const Category* part = nullptr;  ///< of a Multiple; null: the variable itself
    std::string name;
};

/// Points into the dataset, which must outlive it and stay as it is.
[[nodiscard]] std::vector<FlatColumn> flat_columns(const Dataset& data);

/// Are its values texts (also dates and times), to be quoted?
[[nodiscard]] bool is_text(const Variable& variable);

/// The value as it stands in a file; empty: nothing was asked.
[[nodiscard]] std::string flat_text(const FlatColumn& column, const Cell& cell);

/// "Which departments?: Toys" in a language; the variable's own label if it is no part.
[[nodiscard]] std::string flat_label(const Dataset& data, const FlatColumn& column,
                                     std::size_t language);

/// Line breaks and other control characters as blanks: many programs read a line as a row.
[[nodiscard]] std::string on_one_line(std::string_view text);

/// A field in quotes, its own quotes doubled.
[[nodiscard]] std::string quoted(std::string_view text);

/// `text` cut to at most so many bytes, between code points.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t bytes_max);

/// A header row and a row per interview: texts quoted and on one line, numbers bare, lines ended by
/// LF. What a respondent said stands as it was said.
[[nodiscard]] std::string plain_csv(const Dataset& data);

}  // namespace bellwether::campaigns::exports
