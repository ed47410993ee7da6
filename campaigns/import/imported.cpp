#include "campaigns/import/imported.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/check.h"
#include "campaigns/cell_text.h"
#include "campaigns/csv_writer.h"

namespace bellwether::campaigns::import {
namespace {

constexpr std::size_t kNameMax = 64;    // bytes; source: research/surveys.md 1.2
constexpr std::size_t kEntityMax = 10;  // "&#x10FFFF;" without its &
constexpr char32_t kCodePointMax = 0x10FFFF;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Entity {
    std::string_view name;
    char32_t character;
};
// The five of XML, and those that editors of questionnaires write.
constexpr std::array<Entity, 16> kEntities{{{"amp", '&'},
                                            {"lt", '<'},
                                            {"gt", '>'},
                                            {"quot", '"'},
                                            {"apos", '\''},
                                            {"nbsp", ' '},
                                            {"ndash", 0x2013},
                                            {"mdash", 0x2014},
                                            {"hellip", 0x2026},
                                            {"euro", 0x20AC},
                                            {"lsquo", 0x2018},
                                            {"rsquo", 0x2019},
                                            {"ldquo", 0x201C},
                                            {"rdquo", 0x201D},
                                            {"eacute", 0xE9},
                                            {"ouml", 0xF6}}};

/// The character that an entity's name stands for; 0: none.
char32_t character_of(std::string_view name) {
    if (name.starts_with('#')) {
        const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        const std::string_view digits = name.substr(hex ? 2 : 1);
        std::uint32_t value = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value, hex ? 16 : 10);
        const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
        const bool fits = error == std::errc{} && stop == end && value >= ' ' &&
                          value <= kCodePointMax && !surrogate;
        return fits ? static_cast<char32_t>(value) : 0;
    }
    const auto entity = std::ranges::find(kEntities, name, &Entity::name);
    return entity == kEntities.end() ? 0 : entity->character;
}

/// Is this what stands behind a `<` that begins a tag or a comment?
bool begins_tag(std::string_view rest) {
    return !rest.empty() && (is_letter(rest[0]) || rest[0] == '/' || rest[0] == '!');
}

/// Does a tag change how words look, and does not part them?
bool stands_inside_words(std::string_view tag) {
    constexpr std::array<std::string_view, 8> kInside{"b",      "i",    "u",    "em",
                                                      "strong", "span", "font", "a"};
    if (tag.starts_with('/')) tag.remove_prefix(1);
    const std::string name = lower_case(tag.substr(0, tag.find_first_of(" \t\n/")));
    return std::ranges::find(kInside, name) != kInside.end();
}

std::string single_spaced(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

}  // namespace

void append_utf8(std::string& out, char32_t c) {
    const auto byte = [&](char32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) return byte(c);
    if (c < 0x800) {
        byte(0xC0 | c >> 6U);
    } else if (c < 0x10000) {
        byte(0xE0 | c >> 12U);
        byte(0x80 | (c >> 6U & 0x3FU));
    } else {
        byte(0xF0 | c >> 18U);
        byte(0x80 | (c >> 12U & 0x3FU));
        byte(0x80 | (c >> 6U & 0x3FU));
    }
    byte(0x80 | (c & 0x3FU));
}

std::string SheetRows::csv() const {
    std::set<std::string, std::less<>> used;
    for (const Row& row : rows_) {
        for (const auto& [column, cell] : row) {
            BW_CHECK(std::ranges::find(columns_, column) != columns_.end());
            if (!cell.empty()) used.insert(column);
        }
    }
    std::vector<std::string_view> header;
    for (const std::string& column : columns_) {
        if (used.contains(column)) header.push_back(column);
    }
    std::string out;
    if (header.empty()) return out;
    BW_CHECK(append_csv_row(out, header, {.line_end = "\n"}).has_value());
    for (const Row& row : rows_) {
        std::vector<std::string_view> cells;
        for (const std::string_view column : header) {
            const auto cell = row.find(column);
            cells.push_back(cell == row.end() ? std::string_view{} : cell->second);
        }
        // The readers of other programs' files let no zero byte through.
        BW_CHECK(append_csv_row(out, cells, {.line_end = "\n"}).has_value());
    }
    return out;
}

std::string Names::make(std::string_view wanted) {
    std::string name;
    for (const char c : wanted.substr(0, kNameMax)) {
        const bool fits = is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-';
        name += fits ? c : '_';
    }
    if (name.empty() || (!is_letter(name[0]) && name[0] != '_')) name.insert(0, "q");
    const std::string lower = lower_case(name);
    if (lower.starts_with("contact.") || lower.starts_with("tel.")) name.insert(0, "q_");
    name.resize(std::min(name.size(), kNameMax));
    const auto [first, is_new] = taken_.try_emplace(lower_case(name), 2);
    if (is_new) return name;
    std::string unique;
    do {  // goes on where the last one of this name ended
        const std::string number = "_" + std::to_string(first->second++);
        unique = name.substr(0, kNameMax - number.size()) + number;
    } while (!taken_.try_emplace(lower_case(unique), 2).second);
    return unique;
}

std::string literal_of(std::string_view text) {
    if (text.find('\'') == std::string_view::npos) return "'" + std::string{text} + "'";
    if (text.find('"') == std::string_view::npos) return "\"" + std::string{text} + "\"";
    std::string out = "concat(";
    while (!text.empty()) {
        const char other = text.front() == '\'' ? '"' : '\'';  // the quote around this piece
        const auto end = std::min(text.find(other), text.size());
        if (out.back() != '(') out += ", ";
        out += other + std::string{text.substr(0, end)} + other;
        text.remove_prefix(end);
    }
    return out + ")";
}

std::string all_of(const std::vector<std::string>& conditions) {
    std::vector<std::string> held;
    for (const std::string& condition : conditions) {
        if (!condition.empty() && std::ranges::find(held, condition) == held.end())
            held.push_back(condition);
    }
    if (held.size() == 1) return held.front();
    std::string out;
    for (const std::string& condition : held)
        out += (out.empty() ? "(" : " and (") + condition + ")";
    return out;
}

PlainText plain_text(std::string_view html) {
    PlainText plain;
    std::string out;
    while (!html.empty()) {
        const char c = html.front();
        if (c == '<' && begins_tag(html.substr(1))) {
            const auto end = html.find('>');
            if (end != std::string_view::npos) {
                plain.had_html = true;
                const bool inside_words = stands_inside_words(html.substr(1, end - 1));
                if (!inside_words) out += ' ';
                html.remove_prefix(end + 1);
                continue;
            }
        }
        const auto end =
            c == '&' ? html.substr(0, kEntityMax + 1).find(';') : std::string_view::npos;
        const char32_t character =
            end == std::string_view::npos ? 0 : character_of(html.substr(1, end - 1));
        if (character != 0) {
            append_utf8(out, character);
            plain.had_html = true;
            html.remove_prefix(end + 1);
            continue;
        }
        out += c;
        html.remove_prefix(1);
    }
    plain.text = single_spaced(out);
    return plain;
}

}  // namespace bellwether::campaigns::import
