#include "base/nearest_name.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bellwether {
namespace {

constexpr std::size_t kEditsMax = 3;
constexpr std::size_t kLengthMax = 64;  // longer text is no misspelt name; bounds the work

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(char a, char b) { return lower(a) == lower(b); }

/// Edits between two words. Source: the optimal string alignment distance (Damerau 1964,
/// restricted).
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped =
                i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = last;
        last = row;
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view text,
                                             std::span<const std::string_view> names) {
    if (text.empty() || text.size() > kLengthMax) return std::nullopt;
    std::optional<std::string_view> nearest;
    std::size_t fewest = kEditsMax + 1;
    for (const std::string_view name : names) {
        const std::size_t needed = edits(text, name);
        if (needed >= fewest || needed * 3 > std::max(text.size(), name.size())) continue;
        fewest = needed;
        nearest = name;
    }
    return nearest;
}

}  // namespace bellwether
