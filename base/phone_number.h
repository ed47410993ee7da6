#pragma once

#include <compare>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bellwether {

/// A phone number in E.164: a plus sign, a country code that does not start with 0, 2 to 15 digits.
/// Says nothing about whether the number is in service. Prints masked; the digits come only from
/// e164().
class PhoneNumber {
public:
    /// @param text  "+" and digits, nothing else. Errors name the fault and never repeat the
    /// number.
    [[nodiscard]] static Result<PhoneNumber> parse(std::string_view text);

    /// @param digits  the number without the plus sign, as stored; checked: 10 ..
    /// 999'999'999'999'999.
    [[nodiscard]] static PhoneNumber from_digits(std::uint64_t digits);

    [[nodiscard]] std::string e164() const { return "+" + std::to_string(digits_); }
    [[nodiscard]] std::uint64_t digits() const { return digits_; }
    /// The country code and the last two digits, the rest as x: "+12xxxxxxx34".
    [[nodiscard]] std::string masked() const;

    friend auto operator<=>(const PhoneNumber&, const PhoneNumber&) = default;
    friend std::ostream& operator<<(std::ostream& out, const PhoneNumber& number) {
        return out << number.masked();
    }

private:
    explicit PhoneNumber(std::uint64_t digits) : digits_{digits} {}

    std::uint64_t digits_;
};

}  // namespace bellwether
