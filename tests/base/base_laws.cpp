// Laws of base/, checked on random input.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/phone_number.h"
#include "base/rng.h"

namespace bellwether {
namespace {

constexpr std::uint64_t kDigitsMin = 10;
constexpr std::uint64_t kDigitsEnd = 1'000'000'000'000'000;

PhoneNumber any_number() {
    return PhoneNumber::from_digits(*rc::gen::inRange(kDigitsMin, kDigitsEnd));
}

RC_GTEST_PROP(PhoneNumberLaw, TextAndDigitsAreTheSameNumber, ()) {
    const PhoneNumber number = any_number();
    RC_ASSERT(PhoneNumber::parse(number.e164()) == number);
    RC_ASSERT(PhoneNumber::from_digits(number.digits()) == number);
}

RC_GTEST_PROP(PhoneNumberLaw, MaskedHidesEveryMiddleDigit, ()) {
    const PhoneNumber number = any_number();
    const std::string plain = number.e164();
    const std::string masked = number.masked();
    RC_ASSERT(masked.size() == plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const bool at_an_end = i < 3 || i + 2 >= plain.size();
        RC_ASSERT(masked[i] == (at_an_end ? plain[i] : 'x'));
    }
}

RC_GTEST_PROP(PhoneNumberLaw, NoTextIsReadTwoWaysOrRepeatedInAnError, ()) {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"+0123456789 -"}));
    const auto number = PhoneNumber::parse(text);
    if (number) {
        RC_ASSERT(number->e164() == text);
    } else {
        RC_ASSERT(text.size() < 5 || number.error().detail.find(text) == std::string::npos);
    }
}

RC_GTEST_PROP(RngLaw, BelowStaysBelowAndTheSeedFixesIt, ()) {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto bound = *rc::gen::inRange<std::uint64_t>(1, UINT64_MAX);
    Rng first{seed, "law"};
    Rng second{seed, "law"};
    const std::uint64_t drawn = first.below(bound);
    RC_ASSERT(drawn < bound);
    RC_ASSERT(drawn == second.below(bound));
}

}  // namespace
}  // namespace bellwether
