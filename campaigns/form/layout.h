#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace bellwether::campaigns::form {

// Sheets as other programs write them, made into the sheets that read_form() takes. Faulty rows are
// handed on as they stand: read_form() names them. Pure; cannot fail; O(bytes).

/// A sheet whose rows end with their last filled cell, as spreadsheet programs export it: each row
/// gets as many cells as the header. Cells beyond the header go if they are empty. Empty rows stay,
/// so that row numbers do.
[[nodiscard]] std::string evened(std::string_view csv);

/// One sheet of several in a file.
struct SheetPart {
    std::string csv;
    std::uint64_t first_row = 1;  ///< of its header in the file, from 1
};

/// Several sheets in one CSV, as pyxform's tests write them: a sheet's name in the first column
/// begins it, alone in its row or beside its header; the first column of the rows below is empty.
/// What stands before the first name is passed over.
/// @return by name, in lower case; a sheet named twice is kept where it stands first, and its
///         second part under the name with a blank behind it, which no sheet has.
[[nodiscard]] std::map<std::string, SheetPart, std::less<>> split_sheets(std::string_view csv);

}  // namespace bellwether::campaigns::form
