#include "dialer/sip/sip_text.h"

#include <algorithm>

namespace bellwether::sip {
namespace {

bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// RFC 3261 §25.1: unreserved and user-unreserved.
bool plain_in_user(char c) {
    return is_alnum(c) || std::string_view{"-_.!~*'()&=+$,;?/"}.find(c) != std::string_view::npos;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

bool safe_in_header(std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos;
}

bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return is_alnum(c) || std::string_view{"-.!%*_+`'~"}.find(c) != std::string_view::npos;
    });
}

std::string escape_user(std::string_view user) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (const char c : user) {
        if (plain_in_user(c)) {
            text += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
    return text;
}

std::string unescape_user(std::string_view text) {
    std::string user;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
        if (!escape) {
            user += text[i];
            continue;
        }
        user += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
        i += 2;
    }
    return user;
}

std::string header_lines(const Headers& headers) {
    std::string lines;
    for (const auto& [name, value] : headers) {
        if (!is_header_name(name) || !safe_in_header(value)) continue;
        if (!lines.empty()) lines += "\r\n";
        lines += name + ": " + value;
    }
    return lines;
}

std::string q850_reason(int cause, std::string_view text) {
    std::string value = "Q.850;cause=" + std::to_string(cause);
    if (text.empty()) return value;
    value += ";text=\"";
    for (const char c : text)
        if (c >= ' ' && c < '\x7f' && c != '"' && c != '\\') value += c;
    return value + "\"";
}

bool destination_allowed(std::string_view e164, std::span<const std::string> prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
        return !prefix.empty() && e164.starts_with(prefix);
    });
}

bool is_md5_hex(std::string_view text) {
    return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::optional<std::string> hex_decode(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = hex_value(hex[i]);
        const int low = hex_value(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

}  // namespace bellwether::sip
