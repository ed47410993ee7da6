#include "campaigns/aapor/rates.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::aapor {
namespace {

// Expected values: research/surveys.md 4.5, printed to six places.
constexpr double kPrinted = 5e-7;

Tally large() {
    return {.interviews = 312,
            .partials = 24,
            .refusals = 410,
            .noncontacts = 268,
            .others = 56,
            .unknown_households = 1240,
            .unknown_others = 90,
            .not_eligible = 1600,
            .not_eligible_households = 140};
}

/// The table of the documentation of R's package outcomerate.
Tally twelve_cases() {
    return {.interviews = 4,
            .partials = 2,
            .refusals = 1,
            .noncontacts = 1,
            .others = 1,
            .unknown_households = 1,
            .unknown_others = 1,
            .not_eligible = 1};
}

template <std::size_t N>
void expect_rates(const std::array<std::optional<double>, N>& found,
                  const std::array<double, N>& expected) {
    for (std::size_t i = 0; i < N; ++i) {
        ASSERT_TRUE(found[i].has_value());
        EXPECT_NEAR(*found[i], expected[i], kPrinted) << "number " << i + 1;
    }
}

TEST(AaporRates, OfAThousandEligibleCasesByProportionalE) {
    const auto e = estimate(large(), {});
    EXPECT_NEAR(*e.e, 0.400749, kPrinted);
    const auto rates = rates_of(large(), e);
    expect_rates(rates.response, {0.13, 0.14, 0.194636, 0.209607, 0.291589, 0.314019});
    expect_rates(rates.cooperation, {0.389027, 0.418953, 0.418231, 0.450402});
    expect_rates(rates.refusal, {0.170833, 0.255771, 0.383178});
    expect_rates(rates.contact, {0.334167, 0.500313, 0.749533});
}

TEST(AaporRates, OfTwelveCases) {
    const auto e = estimate(twelve_cases(), {});
    EXPECT_NEAR(*e.e, 0.9, kPrinted);
    const auto rates = rates_of(twelve_cases(), e);
    expect_rates(rates.response, {0.363636, 0.545455, 0.370370, 0.555556, 0.444444, 0.666667});
    expect_rates(rates.cooperation, {0.5, 0.75, 0.571429, 0.857143});
    expect_rates(rates.refusal, {0.090909, 0.092593, 0.111111});
    expect_rates(rates.contact, {0.727273, 0.740741, 0.888889});
}

TEST(AaporRates, InTwoStagesHouseholdsAndPersonsHaveTheirOwnShare) {
    const auto e = estimate(large(), {.method = EMethod::TwoStage});
    EXPECT_NEAR(*e.e1, 0.471014, kPrinted);
    EXPECT_NEAR(*e.e2, 0.884298, kPrinted);
    EXPECT_NEAR(*e.of_households, 0.416517, kPrinted);
    EXPECT_NEAR(*e.eligible_unknown, 596.067793, kPrinted);
    EXPECT_NEAR(*e.e, 0.448171, kPrinted);
    const auto rates = rates_of(large(), e);
    EXPECT_NEAR(*rates.response[2], 0.187267, kPrinted);
    EXPECT_NEAR(*rates.response[3], 0.201672, kPrinted);
}

TEST(AaporRates, TheBoundsAreRatesOneAndFive) {
    const auto all = rates_of(large(), estimate(large(), {.method = EMethod::One}));
    EXPECT_EQ(all.response[2], all.response[0]);
    EXPECT_EQ(all.contact[1], all.contact[0]);
    const auto none = rates_of(large(), estimate(large(), {.method = EMethod::Zero}));
    EXPECT_EQ(none.response[2], none.response[4]);
    EXPECT_EQ(none.refusal[1], none.refusal[2]);
}

TEST(AaporRates, AFixedEIsAShareWithACitation) {
    const EChoice good{EMethod::Fixed, 0.3, "business office checks, March 2026"};
    ASSERT_TRUE(check(good).has_value());
    // 312 / (1070 + 0.3 * 1330)
    EXPECT_NEAR(*rates_of(large(), estimate(large(), good)).response[2], 312.0 / 1469, 1e-12);
    EXPECT_EQ(check({EMethod::Fixed, 0.3, ""}).error().code, Errc::InvalidInput);
    EXPECT_EQ(check({EMethod::Fixed, 1.1, "x"}).error().code, Errc::InvalidInput);
    EXPECT_TRUE(check({EMethod::One, 7, ""}).has_value());
}

TEST(AaporRates, EIsToldAlsoWhereNoCaseIsUnknown) {
    const Tally known{.interviews = 3, .not_eligible = 1};
    EXPECT_EQ(estimate(known, {EMethod::Fixed, 0.4, "x"}).e, 0.4);
    EXPECT_EQ(estimate(known, {}).e, 0.75);
    EXPECT_FALSE(estimate(known, {.method = EMethod::TwoStage}).e.has_value());
}

TEST(AaporRates, NothingToDivideByIsNoRate) {
    const auto nothing = rates_of({}, estimate({}, {}));
    EXPECT_FALSE(nothing.response[0].has_value());
    EXPECT_FALSE(nothing.cooperation[3].has_value());

    // Only unknown cases: no e can be estimated, RR1 is a true 0, RR3 and RR5 are nothing.
    const Tally unknown{.unknown_households = 10};
    const auto rates = rates_of(unknown, estimate(unknown, {}));
    EXPECT_EQ(rates.response[0], 0.0);
    EXPECT_FALSE(rates.response[2].has_value());
    EXPECT_FALSE(rates.response[4].has_value());
}

}  // namespace
}  // namespace bellwether::campaigns::aapor
