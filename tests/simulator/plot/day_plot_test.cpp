#include "simulator/plot/day_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulator/plot/sample.h"

namespace bellwether::simulator {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PlotStudy, ShowsEachController) {
    const std::string text = plot_study(sample_study({"predictive", "vicidial"}));
    EXPECT_THAT(text, HasSubstr(">predictive 86 %</text>"));
    EXPECT_THAT(text, HasSubstr(">vicidial 86 %</text>"));
    EXPECT_THAT(text, HasSubstr(">cap 3 %</text>"));
    EXPECT_THAT(text, HasSubstr("Lines in flight"));
    EXPECT_THAT(text, HasSubstr("Mode in force"));
}

TEST(PlotStudy, NamesOnlyTheModesThatOccur) {
    const std::string text = plot_study(sample_study({"predictive"}));
    EXPECT_THAT(text, HasSubstr(">progressive</text>"));
    EXPECT_THAT(text, Not(HasSubstr(">preview</text>")));
}

TEST(PlotStudy, IsTheSameTextEachTime) {
    EXPECT_EQ(plot_study(sample_study({"predictive"})), plot_study(sample_study({"predictive"})));
}

TEST(PlotStudy, DrawsAMinuteWithoutAnybody) {
    PlotStudy study = sample_study({"predictive"});
    study.runs.front().minutes.assign(3, PlotMinute{});
    EXPECT_THAT(plot_study(study), HasSubstr("</svg>"));
}

TEST(MinutesPerPoint, MakesAboutAHundredPoints) {
    EXPECT_EQ(minutes_per_point(30), 1);
    EXPECT_EQ(minutes_per_point(100), 1);
    EXPECT_EQ(minutes_per_point(480), 5);
    EXPECT_EQ(minutes_per_point(720), 10);
    EXPECT_EQ(minutes_per_point(6000), 60);
}

}  // namespace
}  // namespace bellwether::simulator
