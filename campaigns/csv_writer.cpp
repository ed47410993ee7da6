#include "campaigns/csv_writer.h"

#include <algorithm>
#include <array>

namespace bellwether::campaigns {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // a reader would pass over it

bool needs_quotes(std::string_view field, char delimiter) {
    const std::array<char, 4> special{delimiter, '"', '\r', '\n'};
    return field.find_first_of(std::string_view{special.data(), special.size()}) !=
               std::string_view::npos ||
           field.starts_with(kByteOrderMark);
}

void append_quoted(std::string& out, std::string_view field) {
    out.push_back('"');
    for (const char c : field) {
        if (c == '"') out.push_back('"');
        out.push_back(c);
    }
    out.push_back('"');
}

bool holds_nul(std::string_view field) { return field.find('\0') != std::string_view::npos; }

}  // namespace

Result<void> append_csv_row(std::string& out, std::span<const std::string_view> fields,
                            CsvFormat format) {
    if (std::ranges::any_of(fields, holds_nul)) {
        return fail(Errc::InvalidInput, "a field holds a zero byte, which CSV cannot carry");
    }
    const bool would_be_empty = fields.size() == 1 && fields.front().empty();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) out.push_back(format.delimiter);
        if (would_be_empty || needs_quotes(fields[i], format.delimiter)) {
            append_quoted(out, fields[i]);
        } else {
            out.append(fields[i]);
        }
    }
    out.append(format.line_end);
    return {};
}

}  // namespace bellwether::campaigns
