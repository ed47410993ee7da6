#include "campaigns/delimiter.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "base/check.h"

namespace bellwether::campaigns {
namespace {

// Enough rows to tell a delimiter from a comma that stands in some of the names.
constexpr std::size_t kRowsLookedAt = 50;

using Counts = std::array<std::size_t, kDelimiters.size()>;

/// How often each delimiter stands in each row, outside quotes; the last row only if it is whole.
std::vector<Counts> count_by_row(std::string_view sample) {
    std::vector<Counts> rows;
    Counts counts{};
    bool quoted = false;
    bool empty = true;
    for (const char c : sample) {
        if (c == '"') quoted = !quoted;  // a doubled quote toggles twice
        const auto known = kDelimiters.find(c);
        if (!quoted && known != std::string_view::npos) ++counts[known];
        if (c != '\n' || quoted) {
            empty = empty && c == '\r';
            continue;
        }
        if (!empty) rows.push_back(counts);
        if (rows.size() == kRowsLookedAt) return rows;
        counts = {};
        empty = true;
    }
    if (!empty && rows.empty()) rows.push_back(counts);
    return rows;
}

}  // namespace

char find_delimiter(std::string_view sample) {
    const auto rows = count_by_row(sample);
    char best = kDelimiters.front();
    std::size_t best_agreeing = 0;
    std::size_t best_fields = 0;
    for (std::size_t i = 0; i < kDelimiters.size(); ++i) {
        const std::size_t fields = rows.empty() ? 0 : rows.front()[i];
        if (fields == 0) continue;
        const auto agreeing = static_cast<std::size_t>(
            std::ranges::count_if(rows, [&](const Counts& row) { return row[i] == fields; }));
        // Rows that agree weigh more than fields: a faulty row must not hand the file to a comma
        // that every name has.
        if (agreeing < best_agreeing || (agreeing == best_agreeing && fields <= best_fields))
            continue;
        best = kDelimiters[i];
        best_agreeing = agreeing;
        best_fields = fields;
    }
    return best;
}

std::optional<char> delimiter_named(std::string_view name) {
    for (const char delimiter : kDelimiters) {
        if (name == delimiter_name(delimiter) || name == std::string_view{&delimiter, 1})
            return delimiter;
    }
    if (name == "\\t") return '\t';
    return std::nullopt;
}

std::string_view delimiter_name(char delimiter) {
    switch (delimiter) {
        case ',':
            return "comma";
        case ';':
            return "semicolon";
        case '\t':
            return "tab";
        default:
            BW_CHECK(delimiter == '|');
            return "pipe";
    }
}

}  // namespace bellwether::campaigns
