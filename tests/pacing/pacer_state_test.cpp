#include "pacing/pacer_state.h"

#include <gtest/gtest.h>

#include <memory>

#include "pacing/pacer.h"
#include "tests/pacing/small_world.h"

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLater = 7h;

/// After an hour a second pacer goes on beside the first, on a time axis of its own: every decision
/// of theirs must be the same.
class TwoPacers final : public Rule {
public:
    void learn(const Happening& happening, Instant at) override {
        first_.learn(happening, at);
        if (second_) second_->learn(happening, at + kLater);
    }

    Verdict decide(const Settings& settings, const Picture& picture) override {
        if (!second_ && picture.at >= Instant{1h}) {
            second_state_ = moved(first_state_, kLater);
            second_ = std::make_unique<Pacer>(second_state_);
        }
        const Verdict verdict = first_.decide(settings, picture);
        if (second_) compare(verdict, settings, picture);
        return verdict;
    }

    [[nodiscard]] int compared() const { return compared_; }

private:
    void compare(const Verdict& verdict, const Settings& settings, Picture picture) {
        picture.at += kLater;
        const Verdict other = second_->decide(settings, picture);
        EXPECT_EQ(other.lines, verdict.lines);
        EXPECT_EQ(other.release, verdict.release);
        EXPECT_EQ(other.forecast.abandonment_chance, verdict.forecast.abandonment_chance);
        EXPECT_EQ(second_state_, moved(first_state_, kLater));
        ++compared_;
    }

    PacerState first_state_;
    PacerState second_state_;
    Pacer first_{first_state_};
    std::unique_ptr<Pacer> second_;
    int compared_ = 0;
};

TEST(PacerState, OnAnotherTimeAxisDecidesTheSame) {
    TwoPacers rule;
    const SmallDay day{.hours = 1.2, .agents = 12};
    (void)run_small_day(day, {}, [&]() -> Rule& { return rule; });
    EXPECT_GT(rule.compared(), 500);
}

TEST(PacerState, MovesEveryMomentAndNothingElse) {
    PacerState state;
    state.talks.fading.at = Instant{5s};
    state.safeguards.last_news = Instant{6s};
    state.budget.log_chance = -2;
    const PacerState later = moved(state, 1s);
    EXPECT_EQ(later.talks.fading.at, Instant{6s});
    EXPECT_EQ(later.safeguards.last_news, Instant{7s});
    EXPECT_FALSE(later.safeguards.anomaly_until);
    EXPECT_EQ(later.budget, state.budget);
    EXPECT_EQ(moved(later, -1s), state);
}

}  // namespace
}  // namespace bellwether::pacing
