#include "campaigns/aapor/rates.h"

#include "base/check.h"

namespace bellwether::campaigns::aapor {
namespace {

using Share = std::optional<double>;

Share over(double numerator, double denominator) {
    if (denominator <= 0) return std::nullopt;
    return numerator / denominator;
}

Share over(double numerator, Share denominator) {
    return denominator ? over(numerator, *denominator) : std::nullopt;
}

Share plus(double a, Share b) { return b ? Share{a + *b} : std::nullopt; }

/// 0 of nothing is 0, whatever the share.
Share part_of(double whole, Share share) {
    if (whole == 0) return 0.0;
    return share ? Share{*share * whole} : std::nullopt;
}

void estimate_in_two_stages(const Tally& tally, Eligibility& result) {
    const double known_households = tally.eligible() + tally.not_eligible_households;
    const double known_numbers = tally.eligible() + tally.unknown_others + tally.not_eligible;
    result.e1 = over(tally.eligible() + tally.unknown_others + tally.not_eligible_households,
                     known_numbers);
    result.e2 = over(tally.eligible(), known_households);
    result.of_others = result.e2;
    if (result.e1 && result.e2) result.of_households = *result.e1 * *result.e2;
}

}  // namespace

Result<void> check(const EChoice& choice) {
    if (choice.method != EMethod::Fixed) return {};
    if (!(choice.value >= 0 && choice.value <= 1))
        return fail(Errc::InvalidInput, "a fixed e is a share: from 0 to 1");
    if (choice.citation.empty())
        return fail(Errc::InvalidInput, "a fixed e needs a citation: say where it is from");
    return {};
}

Eligibility estimate(const Tally& tally, const EChoice& choice) {
    BW_CHECK(check(choice).has_value());
    Eligibility result;
    switch (choice.method) {
        case EMethod::Proportional:
            result.of_households = over(tally.eligible(), tally.eligible() + tally.not_eligible);
            result.of_others = result.of_households;
            break;
        case EMethod::TwoStage:
            estimate_in_two_stages(tally, result);
            break;
        case EMethod::Fixed:
            result.of_households = result.of_others = choice.value;
            break;
        case EMethod::One:
            result.of_households = result.of_others = 1;
            break;
        case EMethod::Zero:
            result.of_households = result.of_others = 0;
            break;
    }
    const Share households = part_of(tally.unknown_households, result.of_households);
    const Share others = part_of(tally.unknown_others, result.of_others);
    if (households && others) result.eligible_unknown = *households + *others;
    if (choice.method != EMethod::TwoStage) {
        result.e = result.of_households;
    } else if (result.eligible_unknown) {
        result.e = over(*result.eligible_unknown, tally.unknown());
    }
    return result;
}

Rates rates_of(const Tally& tally, const Eligibility& eligibility) {
    const double complete = tally.interviews;
    const double either = tally.interviews + tally.partials;
    const double reached = either + tally.refusals + tally.others;  // a person of the case

    const double all = tally.eligible() + tally.unknown();
    const Share likely = plus(tally.eligible(), eligibility.eligible_unknown);
    const double sure = tally.eligible();

    Rates rates;
    rates.response = {over(complete, all),  over(either, all),    over(complete, likely),
                      over(either, likely), over(complete, sure), over(either, sure)};
    rates.cooperation = {over(complete, reached), over(either, reached),
                         over(complete, either + tally.refusals),
                         over(either, either + tally.refusals)};
    rates.refusal = {over(tally.refusals, all), over(tally.refusals, likely),
                     over(tally.refusals, sure)};
    rates.contact = {over(reached, all), over(reached, likely), over(reached, sure)};
    return rates;
}

}  // namespace bellwether::campaigns::aapor
