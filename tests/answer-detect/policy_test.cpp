#include "answer-detect/policy.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace bellwether::answer_detect {
namespace {

TEST(Policy, AsksForMoreTheDearerAMistakeIs) {
    const Policy balanced = policy_of(Mode::Balanced);
    const Policy careful = policy_of(Mode::Careful);
    const Policy background = policy_of(Mode::Background);
    EXPECT_GE(careful.machine_log_odds, balanced.machine_log_odds);
    EXPECT_GT(careful.machine_late_log_odds, balanced.machine_late_log_odds);
    EXPECT_GT(background.machine_late_log_odds, careful.machine_late_log_odds);
    EXPECT_NEAR(background.machine_log_odds, 5.293, 0.01);  // ln(0.995 / 0.005)
}

TEST(Policy, LeavesHalfASecondForTheFirstVerdict) {
    for (const Mode mode : {Mode::Careful, Mode::Balanced, Mode::Background}) {
        EXPECT_EQ(policy_of(mode).mode, mode);
        EXPECT_GE(policy_of(mode).machine_after_s, 0.5);
        EXPECT_EQ(policy_of(mode).no_speech_s, 3.5);
    }
}

TEST(Policy, AsksForMoreAndWaitsLongerAtAHigherCost) {
    const Policy base = policy_of(Mode::Balanced);
    const Policy same = at_cost(base, 0);
    EXPECT_EQ(same.machine_log_odds, base.machine_log_odds);
    EXPECT_EQ(same.human_log_odds, base.human_log_odds);
    const Policy dearer = at_cost(base, 1.5F);
    EXPECT_FLOAT_EQ(dearer.machine_log_odds, base.machine_log_odds + 1.5F);
    EXPECT_FLOAT_EQ(dearer.machine_late_log_odds, base.machine_late_log_odds + 1.5F);
    EXPECT_LT(dearer.human_log_odds, base.human_log_odds);
    EXPECT_LT(dearer.human_late_log_odds, base.human_late_log_odds);
    EXPECT_LT(at_cost(base, -1).machine_log_odds, base.machine_log_odds);
    EXPECT_LT(at_cost(base, -1).human_log_odds, base.human_log_odds);
}

TEST(Prior, IsNothingWhenNothingIsKnown) { EXPECT_EQ(prior_log_odds({}), 0); }

TEST(Prior, LeansTheWayThatItsSignsPoint) {
    EXPECT_GT(prior_log_odds({.diverted = true}), 0);
    EXPECT_GT(prior_log_odds({.ring_s = 25}), 0);
    EXPECT_GT(prior_log_odds({.ring_s = 1}), 0);
    EXPECT_LT(prior_log_odds({.ring_s = 8}), 0);
    EXPECT_GT(prior_log_odds({.earlier_machines = 2}), prior_log_odds({.earlier_machines = 1}));
    EXPECT_LT(prior_log_odds({.earlier_humans = 1}), 0);
}

RC_GTEST_PROP(PriorLaws, NeverOutweighsWhatIsHeard, ()) {
    const Prior prior{.ring_s = static_cast<double>(*rc::gen::inRange(-10, 100)),
                      .early_media = *rc::gen::arbitrary<bool>(),
                      .diverted = *rc::gen::arbitrary<bool>(),
                      .earlier_machines = *rc::gen::inRange(0, 50),
                      .earlier_humans = *rc::gen::inRange(0, 50)};
    RC_ASSERT(prior_log_odds(prior) <= 1.2F && prior_log_odds(prior) >= -1.2F);
}

}  // namespace
}  // namespace bellwether::answer_detect
