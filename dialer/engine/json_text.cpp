#include "dialer/engine/json_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/check.h"
#include "campaigns/utf8.h"

namespace bellwether::engine {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kHex = "0123456789abcdef";

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void write_escaped(std::string& out, char c) {
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
        return;
    }
    out += "\\u00";
    out += kHex[static_cast<unsigned char>(c) >> 4U];
    out += kHex[static_cast<unsigned char>(c) & 0xfU];
}

void write_valid(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (needs_escape(c)) {
            write_escaped(out, c);
        } else {
            out += c;
        }
    }
}

template <class Number>
void write_number(std::string& out, Number number) {
    // Longest: the shortest text of a double, -2.2250738585072014e-308, has 24 characters.
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.append(buffer.data(), end);
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
    out += '"';
    while (const auto wrong = campaigns::first_invalid_utf8(text)) {
        write_valid(out, text.substr(0, *wrong));
        out += kReplacement;
        text.remove_prefix(*wrong + 1);
    }
    write_valid(out, text);
    out += '"';
}

void write_double(std::string& out, double number) {
    BW_CHECK(std::isfinite(number));
    const std::size_t begin = out.size();
    write_number(out, number);
    // "1" would read back as an integer, and "-0" as one without its sign.
    if (out.find_first_of(".e", begin) == std::string::npos) out += ".0";
}

void write_integer(std::string& out, std::int64_t number) { write_number(out, number); }
void write_unsigned(std::string& out, std::uint64_t number) { write_number(out, number); }

}  // namespace bellwether::engine
