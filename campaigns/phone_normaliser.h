#pragma once

#include <optional>
#include <string_view>

#include "base/phone_number.h"
#include "base/result.h"

namespace bellwether::campaigns {

/// The numbering plans of the world: turns what people write into E.164. Implemented by
/// dialer/store on libphonenumber, by tests on a table.
class NumberRules {
public:
    virtual ~NumberRules() = default;

    /// @param text            as in the list, with whatever spaces, dots and brackets.
    /// @param default_region  ISO 3166 code ("US") for numbers without a country code.
    /// @return the number, if it is a possible and valid one. Fails with InvalidInput, saying why,
    /// and never
    ///         repeats the number.
    [[nodiscard]] virtual Result<PhoneNumber> normalise(std::string_view text,
                                                        std::string_view default_region) const = 0;
};

/// The short way for the numbers that most lists are made of: North American ones of 10 digits, of
/// 11 with the leading 1, or with "+1", with spaces, dots, hyphens, slashes and brackets between
/// the digits. About a thousand times faster than a full library (research/scale.md 2c: 26 ns
/// against 20 µs).
///
/// @param default_region  10 and 11 digits without a plus sign count only in a region of country
/// code 1.
/// @return none for everything else, right or wrong: ask NumberRules then. Whatever comes back has
/// the
///         shape that the North American plan demands; whether its area code is assigned only
///         NumberRules knows (12 of 98,962 accepted were not, scale.md 2c).
///
/// Cannot fail, does not allocate. Source: ATIS-0300055 (area codes), ATIS-0300051 (central office
/// codes).
[[nodiscard]] std::optional<PhoneNumber> normalise_plain(std::string_view text,
                                                         std::string_view default_region);

}  // namespace bellwether::campaigns
