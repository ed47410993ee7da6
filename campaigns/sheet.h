#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/questionnaire_csv.h"

namespace bellwether::campaigns {

/// A column that a sheet may have.
struct SheetColumn {
    std::string_view name;        ///< lower case
    std::string_view alias = {};  ///< another name for it; empty: none
    bool required = false;        ///< the header must have it
};

/// The rows of one sheet, their cells ordered as the columns it may have.
struct Sheet {
    struct Row {
        std::uint64_t number = 0;        ///< from 1, the header's
        std::vector<std::string> cells;  ///< one per SheetColumn, trimmed; empty: no such cell
    };

    std::string name;
    std::span<const SheetColumn> columns;
    std::vector<Row> rows;  ///< without the header and the empty rows

    /// A problem in `row` at `column`, an index into `columns`.
    [[nodiscard]] SheetProblem problem(const Row& row, std::size_t column, std::string what,
                                       std::string mend) const;
};

/// Reads a sheet; adds to `problems` what is wrong with its CSV, its header or its UTF-8. An empty
/// text is a sheet without rows.
[[nodiscard]] Sheet read_sheet(std::string_view name, std::string_view text,
                               std::span<const SheetColumn> columns,
                               std::vector<SheetProblem>& problems);

}  // namespace bellwether::campaigns
