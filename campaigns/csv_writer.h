#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bellwether::campaigns {

struct CsvFormat {
    char delimiter = ',';
    std::string_view line_end = "\r\n";  ///< RFC 4180 §2.1; or "\n"
};

/// Appends one row to `out` as RFC 4180 defines it. A field is quoted only if it must be: it holds
/// the delimiter, a quote, CR or LF, begins with a byte order mark, or is the row's only field and
/// empty.
///
/// What is written is what CsvReader reads: nothing is trimmed, escaped or made harmless. In
/// particular a field that begins with =, +, - or @ is written as it is, although a spreadsheet
/// program may take it for a formula: a phone number begins with +, and a file that differs from
/// its data is worse. Fails with InvalidInput if a field holds a zero byte, which CSV cannot carry;
/// `out` is then unchanged.
[[nodiscard]] Result<void> append_csv_row(std::string& out,
                                          std::span<const std::string_view> fields,
                                          CsvFormat format = {});

}  // namespace bellwether::campaigns
