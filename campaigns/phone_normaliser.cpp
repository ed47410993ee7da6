#include "campaigns/phone_normaliser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace bellwether::campaigns {
namespace {

constexpr std::size_t kNationalDigits = 10;  // area code 3, central office code 3, line 4
constexpr std::string_view kSeparators = " -.()/";

// Regions of country code 1. Source: ITU-T E.164 Annex (List of assigned country codes), ISO
// 3166-1.
constexpr std::array<std::string_view, 25> kRegionsOfCountryCode1{
    "US", "CA", "AG", "AI", "AS", "BB", "BM", "BS", "DM", "DO", "GD", "GU", "JM",
    "KN", "KY", "LC", "MP", "MS", "PR", "SX", "TC", "TT", "VC", "VG", "VI"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The digits of a text that holds nothing but digits and separators, and not more than 11 of them.
struct Digits {
    std::array<char, kNationalDigits + 1> digit{};
    std::size_t count = 0;
};

std::optional<Digits> digits_of(std::string_view text) {
    Digits digits;
    for (const char c : text) {
        if (is_digit(c)) {
            if (digits.count == digits.digit.size()) return std::nullopt;
            digits.digit[digits.count++] = c;
        } else if (kSeparators.find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    return digits;
}

/// Area and central office codes are NXX with N from 2 to 9, and never N11 (those are services,
/// 911).
bool is_code(std::string_view code) {
    return code[0] >= '2' && !(code[1] == '1' && code[2] == '1');
}

/// Of area codes, N9X is kept for a longer plan, and 37X and 96X are set aside (ATIS-0300055).
bool is_area_code(std::string_view code) {
    return is_code(code) && code[1] != '9' && !code.starts_with("37") && !code.starts_with("96");
}

}  // namespace

std::optional<PhoneNumber> normalise_plain(std::string_view text, std::string_view default_region) {
    std::string_view rest = trimmed(text);
    const bool international = rest.starts_with('+');
    if (international) rest.remove_prefix(1);
    if (rest.empty() || !is_digit(rest.back()))
        return std::nullopt;  // "202-555-0123-" is not plain

    const auto digits = digits_of(rest);
    if (!digits || digits->count < kNationalDigits) return std::nullopt;

    std::string_view national{digits->digit.data(), digits->count};
    const bool has_country_code = national.size() == kNationalDigits + 1;
    if (has_country_code && national.front() != '1') return std::nullopt;
    if (international && !has_country_code) return std::nullopt;
    if (has_country_code) national.remove_prefix(1);
    if (!international &&
        std::ranges::find(kRegionsOfCountryCode1, default_region) == kRegionsOfCountryCode1.end()) {
        return std::nullopt;
    }
    if (!is_area_code(national) || !is_code(national.substr(3))) return std::nullopt;

    std::uint64_t number = 1;
    for (const char digit : national)
        number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    return PhoneNumber::from_digits(number);
}

}  // namespace bellwether::campaigns
