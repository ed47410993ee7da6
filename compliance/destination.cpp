#include "compliance/destination.h"

#include <algorithm>

namespace bellwether::compliance {
namespace {

constexpr std::size_t kDigitsMax = 15;  // ITU-T E.164 §6.1

/// What is wrong with one entry; empty: nothing.
std::string_view fault_of(std::string_view prefix) {
    if (!prefix.starts_with('+')) return "lacks a leading +";
    const std::string_view digits = prefix.substr(1);
    if (digits.empty() || digits.size() > kDigitsMax) return "needs 1 to 15 digits after the +";
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::ranges::all_of(digits, is_digit)) return "has a character that is not a digit";
    if (digits.front() == '0') return "begins with 0, and no country code does";
    return {};
}

}  // namespace

std::optional<std::string_view> allowing_prefix(std::span<const std::string> prefixes,
                                                PhoneNumber number) {
    const std::string text = number.e164();
    std::optional<std::string_view> longest;
    for (const std::string_view prefix : prefixes) {
        const bool is_one =
            prefix.size() > 1 && text.starts_with(prefix);  // "+" alone allows nothing
        if (is_one && (!longest || prefix.size() > longest->size())) longest = prefix;
    }
    return longest;
}

bool allowed(std::span<const std::string> prefixes, PhoneNumber number) {
    return allowing_prefix(prefixes, number).has_value();
}

Result<void> check_prefixes(std::span<const std::string> prefixes) {
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
        const auto earlier = prefixes.first(i);
        std::string_view fault = fault_of(prefixes[i]);
        if (fault.empty() && std::ranges::find(earlier, prefixes[i]) != earlier.end()) {
            fault = "is listed twice";
        }
        if (!fault.empty()) {
            return fail(Errc::InvalidInput,
                        "destination prefix " + std::to_string(i + 1) + " " + std::string{fault});
        }
    }
    return {};
}

}  // namespace bellwether::compliance
