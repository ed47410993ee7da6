#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "campaigns/contact_columns.h"
#include "campaigns/text_encoding.h"

namespace bellwether::campaigns {

/// How a list's file is to be read: what a saved mapping keeps.
struct ListLayout {
    std::optional<char> delimiter;  ///< one of kDelimiters; none: found in the first rows
    TextEncoding encoding = TextEncoding::Utf8;
    bool has_heading = true;
    std::vector<ColumnChoice> columns;  ///< mapped by hand; without a heading by number, from 1
    bool is_vicidial = false;           ///< VICIdial's standard order, with or without a heading
};

/// The columns of a file, and what each is called in messages.
struct LayoutColumns {
    ContactColumns columns;
    std::vector<std::string> names;
    bool first_is_contact = false;  ///< the first row is a row, not a heading
};

/// Reads a file's first row as the layout says. A file without a heading has columns named
/// column_1, column_2, …; in VICIdial's order they have VICIdial's names.
/// Fails with InvalidInput as read_contact_header() does, and where the columns are too few or too
/// many for VICIdial's order.
[[nodiscard]] Result<LayoutColumns> read_first_row(std::span<const std::string_view> fields,
                                                   const ListLayout& layout);

}  // namespace bellwether::campaigns
