#include "pacing/fair_share.h"

#include <gtest/gtest.h>

#include <numeric>

#include "base/rng.h"

namespace bellwether::pacing {
namespace {

using Shares = std::vector<double>;

TEST(FairShare, FollowsTheTextbookExample) {
    // Bertsekas, Gallager 6.5.2, one link: whoever asks for less than an equal share gets it all.
    const std::vector<ShareDemand> demands{{2}, {8}, {10}};
    EXPECT_EQ(share_fairly(12, demands), (Shares{2, 5, 5}));
    EXPECT_EQ(share_fairly(30, demands), (Shares{2, 8, 10}));
    EXPECT_EQ(share_fairly(0, demands), (Shares{0, 0, 0}));
    EXPECT_EQ(share_fairly(12, {}), Shares{});
}

TEST(FairShare, WeighsWhatIsLeftBeyondTheReserves) {
    EXPECT_EQ(share_fairly(12, std::vector<ShareDemand>{{20, 0, 1}, {20, 0, 3}}), (Shares{3, 9}));
    EXPECT_EQ(share_fairly(12, std::vector<ShareDemand>{{20, 8, 1}, {20, 0, 1}}), (Shares{10, 2}));
    // A reserve that is not wanted is not held; reserves that do not fit shrink alike.
    EXPECT_EQ(share_fairly(12, std::vector<ShareDemand>{{1, 8, 1}, {20, 0, 1}}), (Shares{1, 11}));
    EXPECT_EQ(share_fairly(6, std::vector<ShareDemand>{{20, 8, 1}, {20, 4, 1}}), (Shares{4, 2}));
}

TEST(FairShare, WastesNothingAndGivesNobodyMoreThanHeWants) {
    Rng rng{7, "demands"};
    for (int round = 0; round < 2000; ++round) {
        std::vector<ShareDemand> demands(1 + rng.below(6));
        for (auto& demand : demands) {
            demand = {static_cast<double>(rng.below(50)), static_cast<double>(rng.below(20)),
                      1.0 + static_cast<double>(rng.below(9))};
        }
        const auto capacity = static_cast<double>(rng.below(120));
        const Shares shares = share_fairly(capacity, demands);
        double wanted = 0;
        for (std::size_t i = 0; i < demands.size(); ++i) {
            EXPECT_GE(shares[i], 0);
            EXPECT_LE(shares[i], demands[i].wants + 1e-6);
            wanted += demands[i].wants;
        }
        const double given = std::accumulate(shares.begin(), shares.end(), 0.0);
        EXPECT_NEAR(given, std::min(capacity, wanted), 1e-6);
    }
}

}  // namespace
}  // namespace bellwether::pacing
