#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"

namespace bellwether::app {

/// The sheets of an .xlsx workbook as CSV, by name in lower case; rows keep their numbers.
using Workbook = std::map<std::string, std::string, std::less<>>;

/// Reads a workbook by Debian's xlsx2csv, a program of its own (docs/decisions/0027). Blocks, at
/// most 20 s. Errors: NotFound; InvalidInput: no workbook, or one that unpacks to more than a
/// questionnaire holds; Unavailable: xlsx2csv is not installed. The text names the mend; the caller
/// names the file.
[[nodiscard]] Result<Workbook> read_workbook(const std::filesystem::path& file);

}  // namespace bellwether::app
