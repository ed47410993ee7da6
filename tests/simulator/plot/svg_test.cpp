#include "simulator/plot/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PlainNumber, HasNoExponentAndNoNeedlessZeros) {
    EXPECT_EQ(plain_number(0), "0");
    EXPECT_EQ(plain_number(12), "12");
    EXPECT_EQ(plain_number(12.5), "12.5");
    EXPECT_EQ(plain_number(12.345), "12.35");  // 12.345 is a little more in binary
    EXPECT_EQ(plain_number(-0.001), "0");
    EXPECT_EQ(plain_number(100), "100");
    EXPECT_EQ(plain_number(1e7), "10000000");
    EXPECT_EQ(plain_number(2.7, 0), "3");
}

TEST(Svg, EscapesWhatXmlForbids) {
    Svg svg(10, 10, "a < b & \"c\"");
    svg.text({1, 2}, "x\x01y > z");
    const std::string text = std::move(svg).finish();
    EXPECT_THAT(text, HasSubstr("<title>a &lt; b &amp; &quot;c&quot;</title>"));
    EXPECT_THAT(text, HasSubstr(">x y &gt; z</text>"));
}

TEST(Svg, WritesShapesWithTheirStyle) {
    Svg svg(100, 50, "shapes");
    svg.line({0, 1}, {2, 3}, {.stroke = "#123456", .width = 1.5, .dashes = "6 4"});
    svg.rectangle({1, 2}, 3, 4, {.fill = "#abcdef", .opacity = 0.5});
    svg.circle({5, 6}, 7, {.fill = "#000000"});
    svg.polyline({{0, 0}, {1.25, 2}, {3, 4}}, {.stroke = "#111111"});
    const std::string text = std::move(svg).finish();
    EXPECT_THAT(text,
                HasSubstr("<line x1=\"0\" y1=\"1\" x2=\"2\" y2=\"3\" fill=\"none\" "
                          "stroke=\"#123456\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>"));
    EXPECT_THAT(text, HasSubstr("<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"#abcdef\" "
                                "opacity=\"0.5\"/>"));
    EXPECT_THAT(text, HasSubstr("<circle cx=\"5\" cy=\"6\" r=\"7\" fill=\"#000000\"/>"));
    EXPECT_THAT(text, HasSubstr("points=\"0,0 1.25,2 3,4\""));
}

TEST(Svg, DrawsNoLineThroughOnePoint) {
    Svg svg(10, 10, "");
    svg.polyline({{1, 1}}, {.stroke = "#000000"});
    EXPECT_THAT(std::move(svg).finish(), Not(HasSubstr("polyline")));
}

TEST(Svg, HasALightGround) {
    EXPECT_THAT(Svg(10, 20, "").finish(),
                HasSubstr("<rect x=\"0\" y=\"0\" width=\"10\" height=\"20\" fill=\"#ffffff\"/>"));
}

}  // namespace
}  // namespace bellwether::simulator
