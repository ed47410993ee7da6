#include "campaigns/weighting/raking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bellwether::campaigns::weighting {
namespace {

// The example of research/surveys.md 6.
std::vector<RakedCase> ten_cases() {
    const std::string sex = "mmmmfffmfm";
    const std::string region = "nnssnssnns";
    const std::vector<double> base{1, 1, 2, 1, 1, 2, 1, 1, 1, 2};
    std::vector<RakedCase> cases;
    for (std::size_t i = 0; i < base.size(); ++i)
        cases.push_back({base[i], {std::string{sex[i]}, std::string{region[i]}}});
    return cases;
}

std::vector<Margin> margins() {
    return {{"sex", {{"m", 0.48}, {"f", 0.52}}}, {"region", {{"n", 0.35}, {"s", 0.65}}}};
}

void expect_weights(const std::vector<double>& found, const std::vector<double>& expected,
                    double exact) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], exact) << "case " << i + 1;
}

TEST(Raking, ReachesThePublishedWeights) {
    const auto raked = rake(ten_cases(), margins(), {.tolerance = 1e-12});
    ASSERT_TRUE(raked.has_value());
    EXPECT_TRUE(raked->converged);
    expect_weights(raked->weights,
                   {0.54007584, 0.54007584, 1.27190900, 0.63595450, 0.93988624, 2.21348501,
                    1.10674250, 0.54007584, 0.93988624, 1.27190900},
                   5e-9);
    ASSERT_EQ(raked->steps.size(), 2U);
    const auto& precision = raked->steps[1].precision;
    EXPECT_NEAR(precision.design_effect, 1.240616, 5e-7);
    EXPECT_NEAR(precision.effective_cases, 8.060514, 5e-7);
    EXPECT_NEAR(precision.margin, 0.345179, 5e-7);
}

TEST(Raking, StopsWithinTheTolerance) {
    // The published errors: 9.986e-4 after one iteration, 6.283e-7 after two.
    EXPECT_EQ(rake(ten_cases(), margins(), {.tolerance = 1e-3})->iterations, 1);
    EXPECT_EQ(rake(ten_cases(), margins(), {.tolerance = 9.98e-4})->iterations, 2);
    EXPECT_EQ(rake(ten_cases(), margins(), {})->iterations, 2);
    EXPECT_EQ(rake(ten_cases(), margins(), {.tolerance = 6.28e-7})->iterations, 3);
    const auto once = rake(ten_cases(), margins(), {.tolerance = 1e-3});
    expect_weights(once->weights,
                   {0.541237, 0.541237, 1.274510, 0.637255, 0.938144, 2.209150, 1.104575, 0.541237,
                    0.938144, 1.274510},
                   5e-7);
}

TEST(Raking, TrimsAndHoldsTheMargins) {
    const auto raked = rake(ten_cases(), margins(), {.cap = 1.8});
    ASSERT_TRUE(raked.has_value());
    EXPECT_TRUE(raked->trimmed);
    expect_weights(raked->weights,
                   {0.491054, 0.491054, 1.330735, 0.665368, 1.013419, 1.800000, 1.373162, 0.491054,
                    1.013419, 1.330735},
                   2e-6);
    EXPECT_NEAR(raked->steps.back().precision.design_effect, 1.188744, 1e-6);
    EXPECT_NEAR(raked->steps.back().precision.effective_cases, 8.412241, 5e-6);
    for (const auto& residual : raked->residuals)
        EXPECT_NEAR(residual.reached, residual.target, 1e-6) << residual.category;
}

TEST(Raking, WithholdsWhatCannotBeHeld) {
    const auto narrow = rake(ten_cases(), margins(), {.cap = 1.05, .floor = 0.95});
    ASSERT_TRUE(narrow.has_value());
    EXPECT_TRUE(narrow->weights.empty());
    EXPECT_FALSE(narrow->trimmed && narrow->converged);
    EXPECT_EQ(narrow->residuals.size(), 4U);

    // Everybody in the north is a man and everybody in the south a woman: both cannot be.
    std::vector<RakedCase> cases{{1, {"m", "n"}}, {1, {"f", "s"}}};
    const auto impossible = rake(cases, margins(), {});
    ASSERT_TRUE(impossible.has_value());
    EXPECT_FALSE(impossible->converged);
    EXPECT_TRUE(impossible->weights.empty());
}

TEST(Raking, RefusesWithEveryReason) {
    auto cases = ten_cases();
    cases[0].categories[0] = "x";
    cases[1].categories[1] = "";
    auto wanted = margins();
    wanted[1].targets = {{"n", 0.35}, {"s", 0.6}, {"e", 0.05}};
    const auto raked = rake(cases, wanted, {});
    ASSERT_FALSE(raked.has_value());
    ASSERT_EQ(raked.error().size(), 3U);
    EXPECT_NE(raked.error()[0].find("cases of \"x\" and no target"), std::string::npos);
    EXPECT_NE(raked.error()[1].find("region: 1 cases have no value"), std::string::npos);
    EXPECT_NE(raked.error()[2].find("\"e\" has a target and no case"), std::string::npos);
    EXPECT_FALSE(rake({}, margins(), {}).has_value());
}

TEST(Raking, AMissingValueIsImputedOrACategoryOfItsOwn) {
    auto cases = ten_cases();
    cases[0].categories[1] = "";
    const auto imputed = rake(cases, margins(), {.missing = MissingValue::Impute});
    ASSERT_TRUE(imputed.has_value());
    cases[0].categories[1] = "s";  // base weights: n 4, s 8
    EXPECT_EQ(imputed->weights, rake(cases, margins(), {})->weights);

    cases[0].categories[1] = "";
    const auto own = rake(cases, margins(), {.missing = MissingValue::OwnCategory});
    ASSERT_TRUE(own.has_value());
    EXPECT_EQ(own->residuals.back().category, "(no value)");
    EXPECT_NEAR(own->residuals.back().target, 1.0 / 13, 1e-12);  // its base weight of all
    EXPECT_NEAR(own->residuals.back().reached, 1.0 / 13, 1e-6);
    EXPECT_NEAR(own->residuals[2].target, 0.35 * 12 / 13, 1e-12);
}

TEST(Raking, OneMarginIsASimpleFactor) {
    const auto raked = rake(ten_cases(), {margins()[0]}, {});
    ASSERT_TRUE(raked.has_value());
    EXPECT_EQ(raked->iterations, 1);
    // Men: base 8 of 13; so 0.48 * 10 / 8 for a base weight of 1.
    EXPECT_NEAR(raked->weights[0], 0.6, 1e-12);
}

}  // namespace
}  // namespace bellwether::campaigns::weighting
