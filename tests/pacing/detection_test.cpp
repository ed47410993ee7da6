#include "pacing/detection.h"

#include <gtest/gtest.h>

namespace bellwether::pacing {
namespace {

TEST(Detection, BelievesThePriorUntilItHears) {
    EXPECT_NEAR(mean_delay_s(DetectionMemory{}), 1.75, 1e-12);
    EXPECT_NEAR(mean_patience_s(DetectionMemory{}), 1.0, 1e-12);
    EXPECT_NEAR(false_machine_share(DetectionMemory{}), 0.01, 1e-12);  // Beta(1, 99)
}

TEST(Detection, LearnsItsDelayFromAllAndPatienceFromPeople) {
    DetectionMemory memory;
    for (int i = 0; i < 1000; ++i) {
        learn_verdict(memory, {.delay_s = 0.8, .patience_s = 2.5, .human = true});
        learn_verdict(memory, {.delay_s = 1.2, .patience_s = 0, .human = false});
    }
    EXPECT_NEAR(mean_delay_s(memory), 1.0, 0.01);
    EXPECT_NEAR(mean_patience_s(memory), 2.5, 0.01);
}

TEST(Detection, FollowsAChange) {
    DetectionMemory memory;
    for (int i = 0; i < 3000; ++i)
        learn_verdict(memory, {.delay_s = 1, .patience_s = 1, .human = true});
    for (int i = 0; i < 8000; ++i)
        learn_verdict(memory, {.delay_s = 3, .patience_s = 1, .human = true});
    EXPECT_NEAR(mean_delay_s(memory), 3, 0.05);
}

// Five of 200 recordings heard were people: (1 + 5) / (100 + 200).
TEST(Detection, AuditsTellTheShareOfMistakes) {
    DetectionMemory memory;
    for (int i = 0; i < 200; ++i) learn_audit(memory, {.person = i % 40 == 0});
    EXPECT_NEAR(false_machine_share(memory), 0.02, 1e-12);
}

TEST(Detection, MuchPatienceIsNoMoreThanTen) {
    DetectionMemory memory;
    for (int i = 0; i < 1000; ++i) {
        learn_verdict(memory, {.delay_s = 0, .patience_s = 600, .human = true});
    }
    EXPECT_LE(mean_patience_s(memory), 10);
}

}  // namespace
}  // namespace bellwether::pacing
