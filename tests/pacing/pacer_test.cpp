#include "pacing/pacer.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "tests/pacing/small_world.h"

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{10h};
constexpr AccountView kRoomyAccount{0.03, 2000, 20, 4 * 3600};

Picture idle_agents(int idle) { return {.at = kStart, .idle = idle, .accounts = {kRoomyAccount}}; }

Verdict decide_once(const Settings& settings, const Picture& picture) {
    PacerState state;
    return Pacer{state}.decide(settings, picture);
}

TEST(Pacer, ProgressiveIsALineForEachReadyAgent) {
    Picture picture = idle_agents(6);
    picture.waiting = 1;
    picture.ringing.resize(2);
    picture.detecting.resize(1);
    EXPECT_EQ(decide_once({.mode = DialMode::Progressive}, picture).lines, 2);
    picture.ringing.resize(9);
    EXPECT_EQ(decide_once({.mode = DialMode::Progressive}, picture).lines, 0);
}

TEST(Pacer, RatioIsRoundedDownButNotByABit) {
    EXPECT_EQ(decide_once({.mode = DialMode::Ratio, .ratio = 1.15}, idle_agents(20)).lines, 23);
    EXPECT_EQ(decide_once({.mode = DialMode::Ratio, .ratio = 1.5}, idle_agents(3)).lines, 4);
}

TEST(Pacer, WithoutRoomRatioIsProgressiveAndSaysWhy) {
    Picture picture = idle_agents(10);
    picture.accounts = {{0.03, 1000, 60, 0}};
    const Verdict verdict = decide_once({.mode = DialMode::Ratio, .ratio = 2}, picture);
    EXPECT_EQ(verdict.lines, 10);
    EXPECT_EQ(verdict.forecast.mode, DialMode::Progressive);
    EXPECT_EQ(verdict.forecast.reason, ModeReason::Guarded);
    EXPECT_LT(verdict.forecast.headroom, 0);
    EXPECT_GT(verdict.forecast.chance_over_cap, 0.99);
}

TEST(Pacer, PredictiveDialsMoreThanProgressive) {
    const Verdict verdict = decide_once({.safeguards = false}, idle_agents(4));
    EXPECT_GT(verdict.lines, 6);
    EXPECT_EQ(verdict.forecast.mode, DialMode::Predictive);
    EXPECT_EQ(verdict.forecast.reason, ModeReason::AsConfigured);
    EXPECT_GT(verdict.forecast.abandonment_chance,
              verdict.forecast.budget);  // of the first refused
    EXPECT_LT(verdict.lines, 20 + 4 / 2);
    EXPECT_EQ(decide_once({.safeguards = false}, idle_agents(200)).lines,
              20 + 200 / 2);  // the burst
}

TEST(Pacer, SafeguardsNameTheirReason) {
    const auto reason = [](PacerState state, const Picture& picture) {
        return Pacer{state}.decide({}, picture).forecast.reason;
    };
    PacerState warm;
    warm.safeguards.outcomes = 1000;
    warm.safeguards.live_answers = 200;
    EXPECT_EQ(reason(PacerState{}, idle_agents(10)), ModeReason::WarmUp);
    EXPECT_EQ(reason(warm, idle_agents(10)), ModeReason::AsConfigured);
    EXPECT_EQ(reason(warm, idle_agents(2)), ModeReason::FewAgents);

    Picture short_window = idle_agents(10);
    short_window.accounts = {{0.03, 0, 0, 600}};
    EXPECT_EQ(reason(warm, short_window), ModeReason::SmallBudget);

    Picture spent = idle_agents(10);
    spent.accounts.push_back({0.03, 5000, 300, 3600});
    EXPECT_EQ(reason(warm, spent), ModeReason::Guarded);

    PacerState strange = warm;
    strange.safeguards.anomaly_until = kStart + 10s;
    EXPECT_EQ(reason(strange, idle_agents(10)), ModeReason::CarrierAnomaly);
}

TEST(Pacer, WhenNothingIsHeardNothingIsDialed) {
    PacerState state;
    Pacer pacer{state};
    Picture picture = idle_agents(50);
    picture.ringing.resize(60);
    (void)pacer.decide({.safeguards = false}, picture);
    pacer.learn(RingEnded{RingEnd::Censored, 20, {}}, kStart);
    picture.at = kStart + 6s;
    const Verdict verdict = pacer.decide({.safeguards = false}, picture);
    EXPECT_EQ(verdict.lines, 0);
    EXPECT_EQ(verdict.forecast.reason, ModeReason::StaleState);
}

/// All agents busy and likely to stay so, and calls that ring.
Picture overload(double age_s, int ringing) {
    Picture picture{.at = kStart, .accounts = {kRoomyAccount}};
    for (int i = 0; i < 8; ++i) {
        picture.talking.push_back({AgentId{static_cast<std::uint64_t>(i) + 1}, 1, false});
    }
    for (int i = 0; i < ringing; ++i) {
        picture.ringing.push_back({CallId{static_cast<std::uint64_t>(i) + 1}, age_s, {}, true});
    }
    return picture;
}

TEST(Pacer, GivesUpOneRingingCallThatWouldFindNobody) {
    const Settings settings{.safeguards = false};
    EXPECT_EQ(decide_once(settings, overload(16, 4)).release.size(), 1U);
    EXPECT_TRUE(decide_once(settings, overload(15.1, 4)).release.empty());  // 15 s and a margin
    EXPECT_TRUE(
        decide_once({.safeguards = false, .ring_release = false}, overload(16, 4)).release.empty());
    Picture uncancellable = overload(16, 4);
    for (auto& call : uncancellable.ringing) call.may_be_released = false;
    EXPECT_TRUE(decide_once(settings, uncancellable).release.empty());
}

TEST(Pacer, AfterAMassLogoutEverythingThatMayGoGoes) {
    Picture picture = overload(16, 60);
    picture.talking.resize(2);
    EXPECT_EQ(decide_once({.safeguards = false}, picture).release.size(), 60U);
}

TEST(Pacer, RefusedLinesFreezeTheBudget) {
    PacerState state;
    Pacer pacer{state};
    Picture picture = idle_agents(5);
    picture.lines_refused_s = 31;
    (void)pacer.decide({.safeguards = false}, picture);
    EXPECT_TRUE(state.budget.frozen);
    picture.lines_refused_s = 0;
    (void)pacer.decide({.safeguards = false}, picture);
    EXPECT_FALSE(state.budget.frozen);
}

TEST(Pacer, MistakenMachinesLowerTheAim) {
    PacerState state;
    Pacer pacer{state};
    (void)pacer.decide({.safeguards = false}, idle_agents(5));
    EXPECT_NEAR(state.budget.aim, 0.027, 1e-12);
    (void)pacer.decide({.safeguards = false, .count_mistaken = true}, idle_agents(5));
    EXPECT_LT(state.budget.aim, 0.025);
}

/// A Pacer beside another that is now and then thrown away and made anew from a copy of its state.
class Twins final : public Rule {
public:
    void learn(const Happening& happening, Instant at) override {
        steady_.learn(happening, at);
        renewed_->learn(happening, at);
    }
    Verdict decide(const Settings& settings, const Picture& picture) override {
        if (rng_.below(7) == 0) {
            renewed_state_ = PacerState{renewed_state_};
            renewed_ = std::make_unique<Pacer>(renewed_state_);
        }
        Verdict verdict = steady_.decide(settings, picture);
        const Verdict other = renewed_->decide(settings, picture);
        differences += verdict.lines != other.lines || verdict.release != other.release ||
                       verdict.forecast != other.forecast || steady_state_ != renewed_state_;
        return verdict;
    }
    int differences = 0;

private:
    Rng rng_{1, "twins"};
    PacerState steady_state_;
    PacerState renewed_state_;
    Pacer steady_{steady_state_};
    std::unique_ptr<Pacer> renewed_ = std::make_unique<Pacer>(renewed_state_);
};

TEST(Pacer, MadeAnewFromItsStateDecidesTheSame) {
    for (const int agents : {8, 60}) {  // both forms of the demand
        Twins twins;
        const auto result = run_small_day({.seed = 5, .hours = 0.2, .agents = agents},
                                          {.agent_floor = 1}, [&]() -> Rule& { return twins; });
        EXPECT_GT(result.decisions, 700);
        EXPECT_EQ(twins.differences, 0);
    }
}

TEST(PacerDeath, ImpossibleSettingsAreBugs) {
    EXPECT_DEATH((void)decide_once({.mode = DialMode::Manual}, idle_agents(1)),
                 "internal check failed");
    EXPECT_DEATH((void)decide_once({.mode = DialMode::Ratio, .ratio = 0.5}, idle_agents(1)),
                 "internal check failed");
}

}  // namespace
}  // namespace bellwether::pacing
