#include "campaigns/form/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "campaigns/cell_text.h"
#include "campaigns/form/calendar.h"

namespace bellwether::campaigns::form {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSecondsPerDay = 86'400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A decimal number taken apart: 0.d1d2d3… times ten to the power of `point`.
struct Decimal {
    bool negative = false;
    std::string digits;  // no leading zero; empty: zero
    int point = 0;       // digits before the decimal point; may be negative
};

/// The shortest digits that read back to `number`, which is finite.
Decimal shortest(double number) {
    std::array<char, 64> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                            std::fabs(number), std::chars_format::scientific);
    std::string_view text{buffer.data(), static_cast<std::size_t>(end - buffer.data())};
    const auto e = text.find('e');
    std::string_view power = text.substr(e + 1);
    if (power.front() == '+') power.remove_prefix(1);
    int exponent = 0;
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    Decimal decimal{.negative = std::signbit(number), .digits = {}, .point = exponent + 1};
    for (const char c : text.substr(0, e)) {
        if (is_digit(c)) decimal.digits += c;
    }
    if (decimal.digits == "0") return {};
    return decimal;
}

std::string text_of(const Decimal& decimal) {
    if (decimal.digits.empty()) return "0";
    std::string text = decimal.negative ? "-" : "";
    const auto count = static_cast<int>(decimal.digits.size());
    if (decimal.point <= 0) {
        return text + "0." + std::string(static_cast<std::size_t>(-decimal.point), '0') +
               decimal.digits;
    }
    if (decimal.point >= count) {
        return text + decimal.digits +
               std::string(static_cast<std::size_t>(decimal.point - count), '0');
    }
    const auto whole = static_cast<std::size_t>(decimal.point);
    return text + decimal.digits.substr(0, whole) + '.' + decimal.digits.substr(whole);
}

/// Adds one to the last of the digits.
void increment(Decimal& decimal) {
    for (auto digit = decimal.digits.rbegin(); digit != decimal.digits.rend(); ++digit) {
        if (*digit != '9') {
            ++*digit;
            return;
        }
        *digit = '0';
    }
    decimal.digits.insert(decimal.digits.begin(), '1');
    ++decimal.point;
}

/// Is the text `-?digits[.digits]` or `-?.digits`?
bool is_plain_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    if (!std::ranges::all_of(whole, is_digit)) return false;
    if (point == text.size()) return !whole.empty();
    const std::string_view fraction = text.substr(point + 1);
    return !fraction.empty() && std::ranges::all_of(fraction, is_digit);
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

/// Bytes of the code point that begins with `lead`; 0: none begins so.
std::size_t utf8_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/// The code point of `bytes`, which is as long as its first byte says; U+FFFD if it is none.
char32_t decode(std::string_view bytes) {
    constexpr std::array<unsigned char, 5> kLeadMask{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t c = static_cast<unsigned char>(bytes.front()) & kLeadMask[bytes.size()];
    for (const char byte : bytes.substr(1)) {
        const auto b = static_cast<unsigned char>(byte);
        if ((b & 0xC0) != 0x80) return U'\uFFFD';
        c = (c << 6) | (b & 0x3F);
    }
    return c;
}

}  // namespace

std::string number_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    return text_of(shortest(number));
}

double text_number(std::string_view text) {
    text = trimmed(text);
    if (is_plain_number(text)) {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{}) return number;
        if (error != std::errc::result_out_of_range) return kNaN;
        const bool tiny = text.find_first_of("123456789") > text.find('.');
        const double limit = tiny ? 0 : std::numeric_limits<double>::infinity();
        return text.starts_with('-') ? -limit : limit;
    }
    const auto moment = parse_moment(text);
    if (!moment) return kNaN;
    return static_cast<double>(day_number(moment->date)) + moment->second / kSecondsPerDay;
}

double to_number(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return text_number(*text);
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* boolean = std::get_if<bool>(&value)) return *boolean ? 1 : 0;
    return kNaN;
}

std::string to_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
    if (const auto* boolean = std::get_if<bool>(&value)) return *boolean ? "true" : "false";
    return "";
}

bool to_boolean(const Value& value) {
    if (const auto* boolean = std::get_if<bool>(&value)) return *boolean;
    if (const auto* number = std::get_if<double>(&value))
        return *number != 0 && !std::isnan(*number);
    return !to_text(value).empty();
}

double round_half_up(double number, int places) {
    if (!std::isfinite(number) || number == 0) return number;
    Decimal decimal = shortest(number);
    const int kept = decimal.point + std::clamp(places, -400, 400);
    if (kept >= static_cast<int>(decimal.digits.size())) return number;
    if (kept < 0) return 0;
    const auto cut = static_cast<std::size_t>(kept);
    const char next = decimal.digits[cut];
    const bool half = next == '5' && cut + 1 == decimal.digits.size();
    const bool away = decimal.negative ? next >= '5' && !half : next >= '5';
    decimal.digits.resize(cut);
    if (decimal.digits.empty() && away) {
        decimal.digits = "1";
        ++decimal.point;
    } else if (away) {
        increment(decimal);
    }
    if (decimal.digits.empty()) return 0;
    return text_number(text_of(decimal));
}

std::string canonical_decimal(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    std::string_view whole = text.substr(0, point);
    std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view{};
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    std::string canonical = whole.empty() ? "0" : std::string{whole};
    if (!fraction.empty()) canonical += '.' + std::string{fraction};
    return negative && canonical != "0" ? '-' + canonical : canonical;
}

std::u32string code_points(std::string_view utf8) {
    std::u32string points;
    while (!utf8.empty()) {
        const std::size_t length = utf8_length(static_cast<unsigned char>(utf8.front()));
        const bool whole = length > 0 && length <= utf8.size();
        points += whole ? decode(utf8.substr(0, length)) : U'\uFFFD';
        utf8.remove_prefix(whole ? length : 1);
    }
    return points;
}

std::string utf8_of(std::u32string_view points) {
    std::string text;
    for (const char32_t c : points) append_utf8(text, c);
    return text;
}

}  // namespace bellwether::campaigns::form
