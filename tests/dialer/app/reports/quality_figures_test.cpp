#include "dialer/app/reports/quality_figures.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;
using engine::CallQuality;

TEST(QualityFigures, TakeTheWorseDirectionOfEachCall) {
    EXPECT_EQ(worse_score({.mos_heard = 4.4, .mos_sent = 3.1}), 3.1);
    EXPECT_EQ(worse_score({.mos_heard = 3.9, .mos_sent = 4.2}), 3.9);
    EXPECT_EQ(worse_score({.mos_heard = 4.4, .mos_sent = std::nullopt}), 4.4);
    EXPECT_EQ(worse_score({.mos_heard = std::nullopt, .mos_sent = 2.0}), 2.0);
    EXPECT_EQ(worse_score({}), std::nullopt);
}

// Scores 4.4, 4.0, 3.6 and 2.0: their median is 3.8; 3.6 itself is not below 3.6. One has none.
TEST(QualityFigures, CountWhatManyAreDissatisfiedWith) {
    const auto figures = quality_figures({{.mos_heard = 2.0, .lost = 0.10, .jitter = 40ms},
                                          {.mos_heard = 4.4, .lost = 0.00, .jitter = 1ms},
                                          {.mos_heard = 3.6, .lost = 0.03, .jitter = 9ms},
                                          {.mos_heard = 4.0, .lost = 0.01, .jitter = 3ms},
                                          {.lost = 0.02, .jitter = 2ms}});
    EXPECT_EQ(figures.calls, 5);
    EXPECT_EQ(figures.scored, 4);
    EXPECT_EQ(figures.dissatisfying, 1);
    EXPECT_DOUBLE_EQ(figures.mos_median.value(), 3.8);
    EXPECT_DOUBLE_EQ(figures.lost_median, 0.02);
    EXPECT_DOUBLE_EQ(figures.jitter_median_ms, 3);
    const Json json = quality_figures_json(figures);
    EXPECT_EQ(json["share"], 0.25);
    EXPECT_EQ(json["loss_percent"], 2.0);
}

TEST(QualityFigures, SayNothingOfWhatWasNotScored) {
    const Json json = quality_figures_json(quality_figures({CallQuality{}}));
    EXPECT_EQ(json["calls"], 1);
    EXPECT_TRUE(json["mos_median"].is_null());
    EXPECT_TRUE(json["share"].is_null());
    EXPECT_TRUE(call_quality_json({})["mos_heard"].is_null());
}

TEST(QualityFigures, AreRoundedForPeople) {
    const Json json = call_quality_json(
        {.trunk = "carrier", .mos_heard = 4.41234, .lost = 0.012345, .jitter = 1'260us});
    EXPECT_EQ(json["mos_heard"], 4.41);
    EXPECT_EQ(json["loss_percent"], 1.23);
    EXPECT_EQ(json["jitter_ms"], 1.3);
    EXPECT_EQ(json["trunk"], "carrier");
}

}  // namespace
}  // namespace bellwether::app
