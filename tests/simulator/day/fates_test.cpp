#include "simulator/day/fates.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>

#include "simulator/day/draws.h"

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

// Expected moments: scripts/reference/day_moments.py.

struct Moments {
    double mean = 0;
    double sd = 0;
};

constexpr std::uint64_t kPeople = 200'000;

/// Of everybody for whom `value` answers with a number that is not negative.
Moments moments(const std::function<double(std::uint64_t)>& value) {
    double count = 0;
    double first = 0;
    double second = 0;
    for (std::uint64_t person = 0; person < kPeople; ++person) {
        const double x = value(person);
        if (x < 0) continue;
        ++count;
        first += x;
        second += x * x;
    }
    first /= count;
    return {first, std::sqrt(second / count - first * first)};
}

DayScenario plain() {
    DayScenario scenario;
    scenario.agents.count = 25;
    return scenario;
}

TEST(Fates, SharesAreTheFiles) {
    const DayScenario scenario = plain();
    const Fates fates{scenario, 7};
    std::array<double, 4> count{};
    for (std::uint64_t person = 0; person < kPeople; ++person) {
        ++count.at(static_cast<std::size_t>(fates.fate_of(person, 0s).kind));
    }
    // Four standard deviations of a share are at most 0.0045.
    EXPECT_NEAR(count[0] / kPeople, 0.20, 0.0045);
    EXPECT_NEAR(count[1] / kPeople, 0.25, 0.0045);
    EXPECT_NEAR(count[2] / kPeople, 0.08, 0.0045);
    EXPECT_NEAR(count[3] / kPeople, 0.47, 0.0045);
}

double ring_s(const Fates& fates, std::uint64_t person, Fate::Kind kind) {
    const Fate fate = fates.fate_of(person, 0s);
    return fate.kind == kind ? to_seconds(fate.resolves_after) : -1;
}

TEST(Fates, RingsAreLognormalRedrawnBeyondTheLimit) {
    const DayScenario scenario = plain();
    const Fates fates{scenario, 7};
    const auto live = moments([&](std::uint64_t p) { return ring_s(fates, p, Fate::Kind::Live); });
    EXPECT_NEAR(live.mean, 11.288767, 0.1);
    EXPECT_NEAR(live.sd, 4.716066, 0.1);
    const auto machine =
        moments([&](std::uint64_t p) { return ring_s(fates, p, Fate::Kind::Machine); });
    EXPECT_NEAR(machine.mean, 17.454478, 0.1);
    EXPECT_NEAR(machine.sd, 3.329141, 0.1);
}

TEST(Fates, EverythingStaysInItsRange) {
    const DayScenario scenario = plain();
    const Fates fates{scenario, 11};
    for (std::uint64_t person = 0; person < 20'000; ++person) {
        const Fate fate = fates.fate_of(person, 1h);
        EXPECT_GT(fate.resolves_after, 0s);
        EXPECT_LE(fate.resolves_after, 25s);
        if (fate.kind == Fate::Kind::RingsOut) {
            EXPECT_EQ(fate.resolves_after, 25s);
        }
        if (fate.kind == Fate::Kind::FastFail) {
            EXPECT_GE(fate.resolves_after, 2s);
            EXPECT_LE(fate.resolves_after, 6s);
        }
        if (fate.kind != Fate::Kind::Live && fate.kind != Fate::Kind::Machine) continue;
        EXPECT_GE(fate.verdict_after, 1s);
        EXPECT_LE(fate.verdict_after, 2500ms);
        if (fate.kind != Fate::Kind::Live) continue;
        EXPECT_GE(fate.greeting_after, 600ms);
        EXPECT_LE(fate.greeting_after, 1400ms);
    }
}

TEST(Fates, TalksAreLognormalOfTwoSecondsAtLeast) {
    DayScenario scenario = plain();
    const Fates fates{scenario, 7};
    const auto talk = [&](std::uint64_t p) { return to_seconds(fates.talk_of(p, 0s)); };
    const auto minute = moments(talk);
    EXPECT_NEAR(minute.mean, 60.000041, 0.6);
    EXPECT_NEAR(minute.sd, 60, 3);
    scenario.talk = {.mean_s = 5, .cv = 2};
    EXPECT_NEAR(moments(talk).mean, 5.492635, 0.1);
    for (std::uint64_t person = 0; person < 1000; ++person) EXPECT_GE(talk(person), 2);
}

TEST(Fates, ALongerMeanMakesTheSamePersonTalkLonger) {
    DayScenario scenario = plain();
    scenario.talk.mean_changes = {{4.0, 150}};
    const Fates fates{scenario, 3};
    const double before = to_seconds(fates.talk_of(1, 4h - 1us));
    const double after = to_seconds(fates.talk_of(1, 4h));
    ASSERT_GT(before, 2);
    EXPECT_NEAR(after / before, 2.5, 1e-4);
}

TEST(Fates, DependOnSeedPersonAndTimeAlone) {
    const DayScenario scenario = plain();
    const Fates fates{scenario, 7};
    const Fates again{scenario, 7};
    const Fates other{scenario, 8};
    int differ = 0;
    for (std::uint64_t person = 1000; person-- > 0;) {
        const Fate fate = fates.fate_of(person, 2h);
        EXPECT_EQ(fate.kind, again.fate_of(person, 2h).kind);
        EXPECT_EQ(fate.resolves_after, again.fate_of(person, 2h).resolves_after);
        EXPECT_EQ(fates.talk_of(person, 2h), again.talk_of(person, 2h));
        differ += fate.kind != other.fate_of(person, 2h).kind;
    }
    EXPECT_GT(differ, 500);
}

/// A person who answers at a low rate answers at a higher one too, after the same ring.
TEST(Fates, ARisingRateKeepsThosePeopleWhoAnsweredBefore) {
    DayScenario scenario = plain();
    scenario.line.live_changes = {{1.0, 0.4}};
    const Fates fates{scenario, 5};
    for (std::uint64_t person = 0; person < 1000; ++person) {
        const Fate before = fates.fate_of(person, 0s);
        if (before.kind != Fate::Kind::Live) continue;
        EXPECT_EQ(fates.fate_of(person, 1h).kind, Fate::Kind::Live);
        EXPECT_EQ(fates.fate_of(person, 1h).resolves_after, before.resolves_after);
    }
}

TEST(Draws, NeighboursHaveNothingInCommon) {
    double product = 0;
    for (std::uint64_t contact = 0; contact < 100'000; ++contact) {
        const double here = Draws{1, "fate", contact}.uniform() - 0.5;
        const double beside = Draws{1, "fate", contact + 1}.uniform() - 0.5;
        product += here * beside * 12;  // a uniform's variance is 1/12
    }
    EXPECT_NEAR(product / 100'000, 0, 0.0135);  // four standard deviations
}

TEST(Draws, NormalsAreStandard) {
    const auto drawn = moments([](std::uint64_t p) { return Draws{2, "z", p}.normal() + 100; });
    EXPECT_NEAR(drawn.mean, 100, 0.009);
    EXPECT_NEAR(drawn.sd, 1, 0.007);
}

}  // namespace
}  // namespace bellwether::simulator
