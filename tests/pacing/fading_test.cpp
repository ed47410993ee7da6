#include "pacing/fading.h"

#include <gtest/gtest.h>

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

Instant at(double seconds) { return Instant{Duration{static_cast<std::int64_t>(seconds * 1e6)}}; }

TEST(Fading, AfterManyObservationsTheMemoryIsItsLength) {
    Fading fading;
    double sum = 0;
    for (int i = 0; i < 2000; ++i) {
        fade_by_count(fading, 200, at(i));
        sum += fading.weight;
    }
    EXPECT_NEAR(sum / fading.weight, 200, 0.1);  // geometric series: 1 / (1 - 199/200)
}

TEST(Fading, HalvesInAHalfLife) {
    Fading fading;
    fade_by_time(fading, 7200, at(100));
    const double before = fading.weight;
    fade_by_time(fading, 7200, at(7300));
    EXPECT_NEAR(fading.weight / before, 2, 1e-12);
}

TEST(Fading, LongSilenceStaysInRange) {
    Fading fading;
    fade_by_time(fading, 7200, at(1e9));
    EXPECT_LE(fading.weight, kWeightMax);
}

// Ten outcomes a second, 1000 remembered: a weight grows by a hundredth in a second.
TEST(Fading, ThePastWeighsWhatItWeighedThen) {
    Fading fading;
    for (int i = 0; i < 3000; ++i) fade_by_count(fading, 1000, at(i / 10.0));
    EXPECT_NEAR(weight_of_past(fading, 0) / fading.weight, 1, 1e-12);
    EXPECT_NEAR(weight_of_past(fading, 10) / fading.weight, 1 / 1.1, 0.003);
}

// Nothing has been forgotten yet when the first calls of a day are under way.
TEST(Fading, BeforeTheFirstObservationThePastIsAsGoodAsThePresent) {
    EXPECT_EQ(weight_of_past(Fading{}, 20), 1);
}

}  // namespace
}  // namespace bellwether::pacing
