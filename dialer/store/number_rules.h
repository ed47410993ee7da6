#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

#include "campaigns/phone_normaliser.h"
#include "compliance/policy/words.h"

namespace bellwether::store {

/// The world's numbering plans by libphonenumber (Debian's 8.12: metadata of 2022), with a short
/// way for plain North American numbers: their shape is decided by campaigns::normalise_plain, and
/// the library is asked once per area code and exchange. Measured in research/scale.md 2c: 20 µs a
/// number by the library, 30 ns by the short way, no disagreement in 100,000. Thread-safe; about 1
/// MB.
class LibPhoneNumberRules final : public campaigns::NumberRules {
public:
    LibPhoneNumberRules();

    /// Also refuses, beyond what the interface says, numbers with an extension: nobody is there to
    /// dial it. An empty region: only numbers that begin with a plus sign.
    [[nodiscard]] Result<PhoneNumber> normalise(std::string_view text,
                                                std::string_view default_region) const override;

    /// Is it an ISO 3166 code that the library knows? Upper case.
    [[nodiscard]] static bool knows_region(std::string_view region);

    /// What the numbering plan says of a number in E.164: text of another form is Invalid.
    [[nodiscard]] static compliance::policy::NumberKind kind_of(std::string_view e164);

private:
    enum class Exchange : std::uint8_t { NotAsked, Valid, Invalid };

    [[nodiscard]] bool is_valid_exchange(const PhoneNumber& number) const;

    /// By the six digits after the country code 1.
    mutable std::vector<std::atomic<Exchange>> exchanges_;
};

}  // namespace bellwether::store
