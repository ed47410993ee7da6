#include "campaigns/form/text_functions.h"

#include <algorithm>
#include <cmath>

#include "campaigns/cell_text.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {
namespace {

/// An index of substring() as a place from 0 to `size`.
std::size_t place(double index, std::size_t size) {
    if (std::isnan(index)) return 0;
    const auto limit = static_cast<double>(size);
    const double whole = std::trunc(index);
    return static_cast<std::size_t>(std::clamp(whole < 0 ? whole + limit : whole, 0.0, limit));
}

}  // namespace

std::string substring_before(std::string_view text, std::string_view mark) {
    const auto at = text.find(mark);
    return at == std::string_view::npos ? "" : std::string{text.substr(0, at)};
}

std::string substring_after(std::string_view text, std::string_view mark) {
    const auto at = text.find(mark);
    return at == std::string_view::npos ? "" : std::string{text.substr(at + mark.size())};
}

std::string substring(std::string_view text, double from, double to) {
    const std::u32string points = code_points(text);
    const std::size_t begin = place(from, points.size());
    const std::size_t end = std::max(begin, place(to, points.size()));
    return utf8_of(std::u32string_view{points}.substr(begin, end - begin));
}

std::string translated(std::string_view text, std::string_view from, std::string_view to) {
    const std::u32string sought = code_points(from);
    const std::u32string given = code_points(to);
    std::u32string out;
    for (const char32_t c : code_points(text)) {
        const auto at = sought.find(c);
        if (at == std::u32string::npos) {
            out += c;
        } else if (at < given.size()) {
            out += given[at];
        }
    }
    return utf8_of(out);
}

std::string normalized_space(std::string_view text) {
    std::string out;
    for (const std::string_view word : words_of(text)) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

bool is_selected(std::string_view list, std::string_view name) {
    const auto words = words_of(list);
    return std::ranges::find(words, trimmed(name)) != words.end();
}

std::string cut(std::string text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    text.resize(bytes);
    return text;
}

}  // namespace bellwether::campaigns::form
