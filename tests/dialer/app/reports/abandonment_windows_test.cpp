#include "dialer/app/reports/abandonment_windows.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using compliance::AbandonmentRegime;
using compliance::Rational;

AbandonmentWindow window(std::int64_t connected, std::int64_t message_played,
                         std::int64_t machine_verdicts, const Rational& error) {
    AbandonmentWindow window{.regime = AbandonmentRegime::Uk, .has_detector = true};
    window.counts.connected = connected;
    window.counts.message_played = message_played;
    window.counts.machine_verdicts = machine_verdicts;
    window.amd_error = error;
    return window;
}

// UK-1 of research: compliance 5 (59 of 2,059), as two campaigns of one client.
TEST(JoinedWindow, IsWhatTheCampaignsComeToTogether) {
    const auto all = joined({window(1'200, 20, 1'000, {1, 125}), window(800, 25, 400, {3, 200})});
    EXPECT_EQ(compliance::fraction_text(all.figures.numerator), "59");
    EXPECT_EQ(compliance::fraction_text(all.figures.denominator), "2059");
    EXPECT_FALSE(all.figures.is_breach);
}

TEST(ClientWindows, JoinTheSameWindowOfTheSameClientAlone) {
    const UtcTime monday{std::chrono::hours{24}};
    const auto first = window(97, 3, 0, 0);
    const auto second = window(10, 2, 0, 0);
    auto other_day = window(50, 0, 0, 0);
    other_day.from = monday;
    const auto clients =
        client_windows({{"acme", first}, {"acme", second}, {"acme", other_day}, {"bolt", first}});
    ASSERT_EQ(clients.size(), 1U);
    EXPECT_EQ(clients[0].client, "acme");
    EXPECT_EQ(compliance::fraction_text(clients[0].window.figures.denominator), "112");
    EXPECT_TRUE(clients[0].window.figures.is_breach);
}

TEST(PlotWindows, DrawsABarForEachWindowAndTheCap) {
    const auto all = joined({window(97, 3, 0, 0)});
    const std::string svg = plot_windows("acme spring", {all, all});
    EXPECT_NE(svg.find("acme spring"), std::string::npos);
    EXPECT_NE(svg.find("cap 3.0 %"), std::string::npos);
    EXPECT_NE(svg.find("3.00 %"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::app
