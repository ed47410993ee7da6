#include "answer-detect/evaluation/statistics.h"

#include <gtest/gtest.h>

#include <vector>

namespace bellwether::answer_detect::evaluation {
namespace {

// Expected values: scripts/reference/amd.py.
constexpr double kExact = 1e-9;

TEST(Wilson95, AgreesWithTheTestThatDefinesIt) {
    struct Row {
        Share share;
        double low;
        double high;
    };
    const std::vector<Row> rows{{{0, 20}, 0.0, 0.161125158053},
                                {{4, 168}, 0.009297119491, 0.059612088461},
                                {{13, 168}, 0.045776964101, 0.127879957956},
                                {{129, 150}, 0.795447912241, 0.906573511814},
                                {{20, 20}, 0.838874841947, 1.0},
                                {{1, 1}, 0.206549314377, 1.0}};
    for (const Row& row : rows) {
        const Interval interval = wilson95(row.share);
        EXPECT_NEAR(interval.low, row.low, kExact) << row.share.count << "/" << row.share.of;
        EXPECT_NEAR(interval.high, row.high, kExact) << row.share.count << "/" << row.share.of;
    }
}

TEST(Wilson95, IsEverythingWithoutTrials) {
    EXPECT_EQ(wilson95({}).low, 0);
    EXPECT_EQ(wilson95({}).high, 1);
    EXPECT_FALSE(Share{}.value());
}

TEST(Auc, CountsPairs) {
    const std::vector<double> positives{0.9, 0.8, 0.7, 0.7, 0.4, 0.95, 0.2};
    const std::vector<double> negatives{0.1, 0.4, 0.7, 0.3, 0.05};
    EXPECT_NEAR(auc(positives, negatives).value(), 0.842857142857, kExact);
}

TEST(Auc, TiesAreHalf) {
    const std::vector<double> same{0.5, 0.5, 0.5};
    EXPECT_EQ(auc(same, same), 0.5);
}

TEST(Auc, NeedsBothSides) {
    const std::vector<double> some{0.5};
    EXPECT_FALSE(auc(some, {}));
    EXPECT_FALSE(auc({}, some));
}

TEST(Percentile, LiesBetweenNeighbours) {
    const std::vector<double> delays{0.42, 0.55, 0.61, 0.64, 0.7, 0.93, 1.31, 2.4};
    EXPECT_NEAR(percentile(delays, 0.5).value(), 0.67, kExact);
    EXPECT_NEAR(percentile(delays, 0.9).value(), 1.637, kExact);
    EXPECT_EQ(percentile(delays, 0), 0.42);
    EXPECT_EQ(percentile(delays, 1), 2.4);
    EXPECT_FALSE(percentile({}, 0.5));
}

}  // namespace
}  // namespace bellwether::answer_detect::evaluation
