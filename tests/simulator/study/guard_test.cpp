#include <gtest/gtest.h>

#include <memory>

#include "pacing/pacer.h"
#include "simulator/day/study.h"

// Proves that the tests which find no day over its cap could find one.

namespace bellwether::simulator {
namespace {

/// The product's rule, told to spend the whole cap, with or without its guard.
class WholeCap final : public pacing::Rule {
public:
    explicit WholeCap(bool guard) : guard_{guard} {}
    void learn(const pacing::Happening& happening, Instant at) override {
        pacer_.learn(happening, at);
    }
    [[nodiscard]] pacing::Verdict decide(const pacing::Settings& settings,
                                         const pacing::Picture& picture) override {
        pacing::Settings changed = settings;
        changed.guard = guard_;
        changed.budget_share = 1.0;
        return pacer_.decide(changed, picture);
    }

private:
    bool guard_;
    pacing::PacerState state_;
    pacing::Pacer pacer_{state_};
};

// Ten agents, p = 0.2, as in the reference study: 14 of 20 such days ended over the cap.
int days_over_cap(bool guard) {
    constexpr int kDays = 6;
    DayScenario scenario;
    scenario.agents.count = 10;
    StudyOptions options{.seed = 101, .days = kDays};
    options.day.controller = Controller::Expectation;  // any whose rule is not the product's own
    options.day.make_rule = [guard](Outlook&) { return std::make_unique<WholeCap>(guard); };
    return run_study(scenario, options).days_over_cap;
}

TEST(Guard, HoldsDaysThatSpendTheWholeCap) { EXPECT_EQ(days_over_cap(true), 0); }

TEST(Guard, IsWhatHoldsThem) { EXPECT_GE(days_over_cap(false), 2); }

}  // namespace
}  // namespace bellwether::simulator
