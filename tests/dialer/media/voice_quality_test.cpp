#include "dialer/media/voice_quality.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bellwether::media {
namespace {

struct Expected {
    int delay_ms;
    double lost_percent;
    double burst_ratio;
    double rating;
    double score;
};

constexpr Expected kExpected[] = {
#include "voice_quality_reference.inc"
};

VoicePath path_of(const Expected& row) {
    return {.one_way_delay = std::chrono::milliseconds{row.delay_ms},
            .lost = row.lost_percent / 100.0,
            .burst_ratio = row.burst_ratio};
}

TEST(VoiceQuality, FollowsTheRecommendation) {
    for (const auto& row : kExpected) {
        const double rating = transmission_rating(path_of(row));
        EXPECT_NEAR(rating, row.rating, 1e-4)
            << row.delay_ms << " ms, " << row.lost_percent << " %";
        EXPECT_NEAR(mean_opinion_score(rating), row.score, 1e-4);
    }
    // G.107 §7.7 gives R = 93.2 for its defaults, annex B a MOS of 4.41 for it.
    EXPECT_NEAR(transmission_rating({}), 93.2, 0.01);
    EXPECT_NEAR(mean_opinion_score(93.2), 4.41, 0.005);
}

RC_GTEST_PROP(VoiceQuality, NeverImprovesWithDelayOrLoss, ()) {
    const auto delay = std::chrono::milliseconds{*rc::gen::inRange(0, 1000)};
    const double lost = *rc::gen::inRange(0, 1000) / 1000.0;
    const VoicePath better{.one_way_delay = delay, .lost = lost};
    const VoicePath later{.one_way_delay = delay + std::chrono::milliseconds{20}, .lost = lost};
    const VoicePath lossier{.one_way_delay = delay, .lost = lost + 0.01};
    const double score = mean_opinion_score(transmission_rating(better));
    RC_ASSERT(score >= 1.0 && score <= 4.5);
    RC_ASSERT(transmission_rating(later) <= transmission_rating(better) + 0.05);
    RC_ASSERT(transmission_rating(lossier) <= transmission_rating(better));
}

TEST(VoiceQuality, TakesALegsLossDelayAndBursts) {
    LegStats stats;
    EXPECT_EQ(with_quality(stats).mos_received, std::nullopt) << "nothing was heard";
    EXPECT_EQ(with_quality(stats).mos_sent, std::nullopt) << "nothing was reported";
    stats.frames_played = 950;
    stats.frames_concealed = 50;
    stats.losses = 10;  // five frames each: 4.75 times as long as random ones
    stats.playout_delay = std::chrono::milliseconds{40};
    stats.rtt = std::chrono::milliseconds{60};
    stats.peer_expected = 1000;
    stats.peer_lost = 20;
    const auto received = received_path(stats);
    ASSERT_TRUE(received);
    EXPECT_DOUBLE_EQ(received->lost, 0.05);
    EXPECT_DOUBLE_EQ(received->burst_ratio, 4.75);
    EXPECT_EQ(received->one_way_delay.count(), 30 + 20 + 10 + 40);
    const auto sent = sent_path(stats);
    ASSERT_TRUE(sent);
    EXPECT_DOUBLE_EQ(sent->lost, 0.02);
    EXPECT_EQ(sent->one_way_delay.count(), 30 + 20 + 40);
    // The table's rows for 100 ms, 5 % in single losses and for none of either bound it.
    EXPECT_LT(*with_quality(stats).mos_received, 3.9);
    EXPECT_GT(*with_quality(stats).mos_received, 3.0);
    LegStats later = stats;
    later.frames_played += 1000;
    later.peer_expected += 1000;
    EXPECT_EQ(received_path(later, stats)->lost, 0.0) << "since the statistics before";
    EXPECT_EQ(sent_path(later, stats)->lost, 0.0);
}

}  // namespace
}  // namespace bellwether::media
