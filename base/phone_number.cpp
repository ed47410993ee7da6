#include "base/phone_number.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether {
namespace {

constexpr std::size_t kDigitsMin = 2;   // ITU-T E.164 6.2: a country code alone is no number
constexpr std::size_t kDigitsMax = 15;  // ITU-T E.164 6.1
constexpr std::size_t kShownAtStart = 2;
constexpr std::size_t kShownAtEnd = 2;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Result<PhoneNumber> PhoneNumber::parse(std::string_view text) {
    if (!text.starts_with('+')) return fail(Errc::InvalidInput, "phone number lacks a leading +");

    const std::string_view digits = text.substr(1);
    if (digits.size() < kDigitsMin || digits.size() > kDigitsMax) {
        return fail(Errc::InvalidInput, "phone number needs 2 to 15 digits");
    }
    if (!std::ranges::all_of(digits, is_digit)) {
        return fail(Errc::InvalidInput, "phone number has a character that is not a digit");
    }
    if (digits.front() == '0') return fail(Errc::InvalidInput, "country code starts with 0");

    std::uint64_t value = 0;
    for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return PhoneNumber{value};
}

PhoneNumber PhoneNumber::from_digits(std::uint64_t digits) {
    BW_CHECK(digits >= 10 && digits <= 999'999'999'999'999);
    return PhoneNumber{digits};
}

std::string PhoneNumber::masked() const {
    std::string text = e164();
    const std::size_t first = 1 + kShownAtStart;
    for (std::size_t i = first; i + kShownAtEnd < text.size(); ++i) text[i] = 'x';
    return text;
}

}  // namespace bellwether
