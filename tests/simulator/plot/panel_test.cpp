#include "simulator/plot/panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace bellwether::simulator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string drawn(const std::function<void(Panel&)>& draw) {
    Svg svg(400, 200, "test");
    Panel panel(svg, {100, 50, 200, 100}, {"share", 1.0, true}, 4.0);
    draw(panel);
    return std::move(svg).finish();
}

// The frame spans x 100..300 over four hours and y 150..50 over 0..1: 50 px an hour.
TEST(Panel, PutsAPointInTheMiddleOfItsStretch) {
    const auto text = drawn([](Panel& panel) {
        panel.curve({{0.0}, {0.5}, {1.0}}, 1.0, look_of(0));
    });
    EXPECT_THAT(text, HasSubstr("points=\"125,150 175,100 225,50\""));
}

TEST(Panel, BreaksTheLineWhereAValueIsMissing) {
    const auto text = drawn([](Panel& panel) {
        panel.curve({{0.0}, {0.0}, std::nullopt, {1.0}, {1.0}}, 0.5, look_of(0));
    });
    EXPECT_THAT(text, HasSubstr("points=\"112.5,150 137.5,150\""));
    EXPECT_THAT(text, HasSubstr("points=\"187.5,50 212.5,50\""));
}

TEST(Panel, KeepsALineInsideItsFrame) {
    const auto text = drawn([](Panel& panel) { panel.curve({{-1.0}, {7.0}}, 1.0, look_of(0)); });
    EXPECT_THAT(text, HasSubstr("points=\"125,150 175,50\""));
}

TEST(Panel, TintsWhatIsBeyondALimit) {
    const auto text = drawn([](Panel& panel) {
        panel.beyond(0.75);
        panel.limit(0.75);
    });
    EXPECT_THAT(text, HasSubstr("<rect x=\"100\" y=\"50\" width=\"200\" height=\"25\""));
    EXPECT_THAT(text, HasSubstr("<line x1=\"100\" y1=\"75\" x2=\"300\" y2=\"75\""));
    EXPECT_THAT(drawn([](Panel& panel) { panel.limit(1.5); }), Not(HasSubstr("#b00020")));
}

TEST(Panel, MarksItsAxisWithTheUnit) {
    const auto text = drawn([](Panel&) {});
    EXPECT_THAT(text, HasSubstr(">20 %</text>"));
    EXPECT_THAT(text, HasSubstr(">100 %</text>"));
    EXPECT_THAT(text, HasSubstr(">share</text>"));
}

TEST(SpreadOut, MovesOnlyWhatWouldCollide) {
    EXPECT_THAT(spread_out({10, 50, 90}, 14, 0, 100), ElementsAre(10, 50, 90));
    EXPECT_THAT(spread_out({50, 50}, 14, 0, 100), ElementsAre(50, 64));
    EXPECT_THAT(spread_out({100, 100}, 14, 0, 100), ElementsAre(86, 100));
    EXPECT_THAT(spread_out({60, 10}, 14, 0, 100), ElementsAre(60, 10));
}

RC_GTEST_PROP(SpreadOutProperty, KeepsLabelsApartAndInside, ()) {
    auto wanted = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 171));
    if (wanted.size() > 6) wanted.resize(6);
    const std::vector<double> values(wanted.begin(), wanted.end());
    auto places = spread_out(values, 14, 0, 170);
    std::sort(places.begin(), places.end());
    for (std::size_t i = 0; i < places.size(); ++i) {
        RC_ASSERT(places[i] >= 0 && places[i] <= 170);
        if (i > 0) RC_ASSERT(places[i] - places[i - 1] >= 14 - 1e-9);
    }
}

}  // namespace
}  // namespace bellwether::simulator
