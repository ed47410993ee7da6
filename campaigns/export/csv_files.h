#pragma once

#include <string_view>
#include <vector>

#include "campaigns/export/flat.h"

namespace bellwether::campaigns::exports {

/// NAME.csv with the data and NAME_codebook.csv with a row per variable and code: CSV for people,
/// who open it in a spreadsheet program. Every text is quoted, lines end with CRLF (RFC 4180), line
/// breaks within texts stay.
///
/// A cell of an open answer or a label that begins with =, +, -, @, a tab or a line break gets an
/// apostrophe in front, so that no spreadsheet runs it as a formula: what strangers say must not
/// run on a researcher's machine. Texts of the case (case_id, …) are the researcher's own, and
/// numbers are numbers: both stay exact. The other formats are not for spreadsheets and write texts
/// as they are. Source: OWASP, CSV Injection.
[[nodiscard]] std::vector<OutputFile> csv_files(const Dataset& data);

/// The codebook alone. Columns: research/surveys.md 5.3.
[[nodiscard]] std::string codebook_csv(const Dataset& data);

/// `text` with an apostrophe before it where a spreadsheet would take it for a formula.
[[nodiscard]] std::string harmless(std::string_view text);

}  // namespace bellwether::campaigns::exports
