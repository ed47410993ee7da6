#include "base/rng.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>

namespace bellwether {
namespace {

constexpr int kDraws = 100'000;
constexpr double kSigmas = 5.0;  // of the sample mean; the seed is fixed, so this never flickers

struct Moments {
    double mean;
    double variance;
};

Moments moments_of(const std::function<double()>& draw) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double value = draw();
        sum += value;
        squares += value * value;
    }
    const double mean = sum / kDraws;
    return {.mean = mean, .variance = squares / kDraws - mean * mean};
}

void expect_mean(const Moments& moments, double mean, double sd) {
    EXPECT_NEAR(moments.mean, mean, kSigmas * sd / std::sqrt(kDraws));
}

// FNV-1a of "foobar" is 85944171f73967e8 (test vectors of draft-eastlake-fnv, appendix C).
TEST(Rng, IsTheStandardEngineSeededWithSeedAndPurpose) {
    std::mt19937_64 engine{0x85944171f73967e8U ^ 7U};
    Rng rng{7, "foobar"};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(rng.uniform(), static_cast<double>(engine() >> 11U) * 0x1.0p-53);
    }
}

TEST(Rng, StreamsOfTwoPurposesDiffer) {
    Rng ring{1, "ring"};
    Rng talk{1, "talk"};
    EXPECT_NE(ring.uniform(), talk.uniform());
}

// Means and variances below are those of the distributions' definitions.

TEST(Rng, UniformHasItsMoments) {
    Rng rng{1, "uniform"};
    const Moments moments = moments_of([&] { return rng.uniform(); });
    expect_mean(moments, 0.5, std::sqrt(1.0 / 12));
    EXPECT_NEAR(moments.variance, 1.0 / 12, 0.002);
}

TEST(Rng, UniformStaysInItsRange) {
    Rng rng{1, "range"};
    for (int i = 0; i < kDraws; ++i) {
        const double value = rng.uniform(-2.0, 3.0);
        ASSERT_GE(value, -2.0);
        ASSERT_LT(value, 3.0);
    }
}

TEST(Rng, BelowIsEven) {
    Rng rng{1, "below"};
    constexpr std::size_t kFaces = 6;
    std::array<int, kFaces> counts{};
    for (int i = 0; i < kDraws; ++i) ++counts[rng.below(kFaces)];
    double chi_square = 0;
    for (const int count : counts) {
        const double expected = double{kDraws} / kFaces;
        chi_square += (count - expected) * (count - expected) / expected;
    }
    EXPECT_LT(chi_square, 20.515);  // 5 degrees of freedom, 99.9 % (NIST handbook, 1.3.6.7.4)
}

TEST(Rng, ExponentialHasItsMoments) {
    Rng rng{1, "exponential"};
    const Moments moments = moments_of([&] { return rng.exponential(20.0); });
    expect_mean(moments, 20.0, 20.0);
    EXPECT_NEAR(moments.variance, 400.0, 20.0);
}

TEST(Rng, NormalHasItsMoments) {
    Rng rng{1, "normal"};
    const Moments moments = moments_of([&] { return rng.normal(); });
    expect_mean(moments, 0.0, 1.0);
    EXPECT_NEAR(moments.variance, 1.0, 0.03);
}

TEST(Rng, LognormalHasTheMomentsOfTheValueItself) {
    Rng rng{1, "lognormal"};
    const Moments moments = moments_of([&] { return rng.lognormal(90.0, 45.0); });
    expect_mean(moments, 90.0, 45.0);
    EXPECT_NEAR(moments.variance, 45.0 * 45.0, 150.0);
}

TEST(Rng, HappensAsOftenAsItShould) {
    Rng rng{1, "happens"};
    const Moments moments = moments_of([&] { return rng.happens(Probability{0.25}) ? 1.0 : 0.0; });
    expect_mean(moments, 0.25, std::sqrt(0.25 * 0.75));
    EXPECT_FALSE(rng.happens(Probability{0.0}));
    EXPECT_TRUE(rng.happens(Probability{1.0}));
}

TEST(RngDeath, NonsenseParametersAreBugs) {
    Rng rng{1, "death"};
    EXPECT_DEATH((void)rng.below(0), "internal check failed");
    EXPECT_DEATH((void)rng.exponential(0), "internal check failed");
    EXPECT_DEATH((void)rng.uniform(2, 1), "internal check failed");
}

}  // namespace
}  // namespace bellwether
