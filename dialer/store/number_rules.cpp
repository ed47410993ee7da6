#include "dialer/store/number_rules.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <set>
#include <string>

#include "base/check.h"

namespace bellwether::store {

namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;
using LibraryNumber = i18n::phonenumbers::PhoneNumber;

constexpr std::size_t kExchanges = 1'000'000;  // every six digits

const PhoneNumberUtil& library() { return *PhoneNumberUtil::GetInstance(); }

std::string why_not_parsed(PhoneNumberUtil::ErrorType error) {
    switch (error) {
        case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
            return "the country code does not exist, or is missing and no default region was given";
        case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
        case PhoneNumberUtil::TOO_SHORT_NSN:
            return "the number is too short";
        case PhoneNumberUtil::TOO_LONG_NSN:
            return "the number is too long";
        default:
            return "this is not a phone number";
    }
}

std::string why_not_valid(const LibraryNumber& number) {
    switch (library().IsPossibleNumberWithReason(number)) {
        case PhoneNumberUtil::TOO_SHORT:
            return "the number is too short";
        case PhoneNumberUtil::TOO_LONG:
            return "the number is too long";
        case PhoneNumberUtil::INVALID_LENGTH:
            return "the number has the wrong length for its country";
        case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
            return "the number lacks its area code";
        default:
            return "no such number exists in its country's numbering plan";
    }
}

PhoneNumber to_e164(const LibraryNumber& number) {
    std::string text;
    library().Format(number, PhoneNumberUtil::E164, &text);
    const auto parsed = PhoneNumber::parse(text);
    BW_CHECK(parsed.has_value());
    return *parsed;
}

Result<PhoneNumber> ask_library(std::string_view text, std::string_view default_region) {
    LibraryNumber number;
    const std::string region{default_region.empty() ? "ZZ"
                                                    : default_region};  // ZZ: the unknown one
    const auto error = library().Parse(std::string{text}, region, &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR) {
        return fail(Errc::InvalidInput, why_not_parsed(error));
    }
    if (number.has_extension()) {
        return fail(Errc::InvalidInput, "the number has an extension, which cannot be dialed");
    }
    if (!library().IsValidNumber(number)) return fail(Errc::InvalidInput, why_not_valid(number));
    return to_e164(number);
}

}  // namespace

LibPhoneNumberRules::LibPhoneNumberRules() : exchanges_(kExchanges) {}

Result<PhoneNumber> LibPhoneNumberRules::normalise(std::string_view text,
                                                   std::string_view default_region) const {
    const auto plain = campaigns::normalise_plain(text, default_region);
    if (plain && is_valid_exchange(*plain)) return *plain;
    return ask_library(text, default_region);  // also for the words of a refusal
}

bool LibPhoneNumberRules::is_valid_exchange(const PhoneNumber& number) const {
    const auto exchange = static_cast<std::size_t>(number.digits() / 10'000 % kExchanges);
    std::atomic<Exchange>& known = exchanges_[exchange];
    if (known.load(std::memory_order_relaxed) == Exchange::NotAsked) {
        const bool valid = ask_library(number.e164(), {}).has_value();
        known.store(valid ? Exchange::Valid : Exchange::Invalid, std::memory_order_relaxed);
    }
    return known.load(std::memory_order_relaxed) == Exchange::Valid;
}

bool LibPhoneNumberRules::knows_region(std::string_view region) {
    static const std::set<std::string> regions = [] {
        std::set<std::string> all;
        library().GetSupportedRegions(&all);
        return all;
    }();
    return regions.contains(std::string{region});
}

compliance::policy::NumberKind LibPhoneNumberRules::kind_of(std::string_view e164) {
    using compliance::policy::NumberKind;
    LibraryNumber number;
    const std::string text{e164};
    if (library().Parse(text, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) {
        return NumberKind::Invalid;
    }
    if (!library().IsValidNumber(number)) {
        std::string region;
        library().GetRegionCodeForCountryCode(number.country_code(), &region);
        const bool is_emergency =
            ShortNumberInfo{}.IsEmergencyNumber(std::to_string(number.national_number()), region);
        return is_emergency ? NumberKind::Emergency : NumberKind::Invalid;
    }
    return library().GetNumberType(number) == PhoneNumberUtil::PREMIUM_RATE ? NumberKind::Premium
                                                                            : NumberKind::Ordinary;
}

}  // namespace bellwether::store
