#include "simulator/baselines/vicidial.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <ostream>
#include <string>

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;
using pacing::LiveAnswerResolved;
using pacing::RingEnded;

// The made-up floor of scripts/reference/vicidial.py, second by second.
pacing::Picture picture_at(int second, double cap) {
    pacing::Picture picture;
    picture.at = Instant{} + std::chrono::seconds{second};
    picture.idle = (7 * second) % 5;
    picture.waiting = (3 * second) % 2;
    picture.talking.resize(static_cast<std::size_t>(8 + second % 3));
    picture.wrapping.resize(2);
    picture.ringing.resize(static_cast<std::size_t>((11 * second) % 7));
    picture.accounts.push_back({.cap = cap});
    return picture;
}

struct Floor {
    DayScenario::Vicidial settings;
    double cap = 0.03;
    int calls = 2;  // a second
    int drops_from = 0;
    int drops_to = 0;  // seconds, past the last
};

const std::map<std::string, Floor> kFloors{
    {"Defaults", {{}}},
    {"AllStates", {{.count_all_but_wrap = false}}},
    {"AvailableOnly", {{.max_level = 5.0, .available_only = true}}},
    {"DropsOverTheCap", {{}, 0.03, 2, 70, 73}},
    {"DropsOfHalfTheCalls", {{.max_level = 10.0}, 1.0, 1, 60, 179}},
};

struct Row {
    const char* floor;
    int tick;
    int lines;
    double level;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.floor << " at tick " << row.tick; }

class VicidialTrace : public testing::TestWithParam<Row> {};

TEST_P(VicidialTrace, MatchesReference) {
    const Floor& floor = kFloors.at(GetParam().floor);
    Vicidial rule{floor.settings};
    pacing::Verdict verdict;
    for (int second = 0; second < GetParam().tick; ++second) {
        const auto picture = picture_at(second, floor.cap);
        for (int call = 0; call < floor.calls; ++call) rule.learn(RingEnded{}, picture.at);
        if (second % 2 == 0) rule.learn(LiveAnswerResolved{false}, picture.at);
        if (second >= floor.drops_from && second < floor.drops_to) {
            rule.learn(LiveAnswerResolved{true}, picture.at);
        }
        verdict = rule.decide({}, picture);
    }
    EXPECT_EQ(verdict.lines, GetParam().lines);
    EXPECT_NEAR(rule.level(), GetParam().level, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(
    Reference, VicidialTrace,
    testing::Values(
        Row{"Defaults", 1, 0, 1}, Row{"Defaults", 15, 5, 1.11794871795},
        Row{"Defaults", 16, 0, 1.11794871795}, Row{"Defaults", 30, 1, 1.24407626561},
        Row{"Defaults", 60, 4, 1.54772575467}, Row{"Defaults", 75, 10, 1.73027802316},
        Row{"Defaults", 120, 20, 2.39545501166}, Row{"Defaults", 121, 7, 2.39545501166},
        Row{"Defaults", 135, 21, 2.67799585918}, Row{"Defaults", 240, 24, 3},
        Row{"Defaults", 300, 22, 3}, Row{"Defaults", 480, 23, 3}, Row{"AllStates", 1, 2, 1},
        Row{"AllStates", 15, 7, 1.11794871795}, Row{"AllStates", 16, 0, 1.11794871795},
        Row{"AllStates", 30, 4, 1.24407626561}, Row{"AllStates", 60, 7, 1.54772575467},
        Row{"AllStates", 75, 14, 1.73027802316}, Row{"AllStates", 120, 25, 2.39545501166},
        Row{"AllStates", 121, 12, 2.39545501166}, Row{"AllStates", 135, 26, 2.67799585918},
        Row{"AllStates", 240, 30, 3}, Row{"AllStates", 300, 28, 3}, Row{"AllStates", 480, 29, 3},
        Row{"AvailableOnly", 1, 0, 1}, Row{"AvailableOnly", 15, 3, 1.11794871795},
        Row{"AvailableOnly", 16, 0, 1.11794871795}, Row{"AvailableOnly", 30, 0, 1.24407626561},
        Row{"AvailableOnly", 60, 0, 1.54772575467}, Row{"AvailableOnly", 75, 3, 1.73027802316},
        Row{"AvailableOnly", 120, 6, 2.39545501166}, Row{"AvailableOnly", 121, 0, 2.39545501166},
        Row{"AvailableOnly", 135, 4, 2.67799585918}, Row{"AvailableOnly", 240, 10, 5},
        Row{"AvailableOnly", 300, 8, 5}, Row{"AvailableOnly", 480, 9, 5},
        Row{"DropsOverTheCap", 1, 0, 1}, Row{"DropsOverTheCap", 15, 5, 1.11794871795},
        Row{"DropsOverTheCap", 16, 0, 1.11794871795}, Row{"DropsOverTheCap", 30, 1, 1.24407626561},
        Row{"DropsOverTheCap", 60, 4, 1.54772575467}, Row{"DropsOverTheCap", 75, 10, 1.73027802316},
        Row{"DropsOverTheCap", 120, 2, 1}, Row{"DropsOverTheCap", 121, 0, 1},
        Row{"DropsOverTheCap", 135, 0, 1}, Row{"DropsOverTheCap", 240, 0, 1.11282051282},
        Row{"DropsOverTheCap", 300, 5, 1.72234096801}, Row{"DropsOverTheCap", 480, 23, 3},
        Row{"DropsOfHalfTheCalls", 1, 0, 1}, Row{"DropsOfHalfTheCalls", 15, 5, 1.11794871795},
        Row{"DropsOfHalfTheCalls", 16, 0, 1.11794871795},
        Row{"DropsOfHalfTheCalls", 30, 1, 1.24407626561},
        Row{"DropsOfHalfTheCalls", 60, 4, 1.54772575467},
        Row{"DropsOfHalfTheCalls", 75, 10, 1.73027802316},
        Row{"DropsOfHalfTheCalls", 120, 5, 1.19772750583},
        Row{"DropsOfHalfTheCalls", 121, 0, 1.19772750583}, Row{"DropsOfHalfTheCalls", 135, 0, 1},
        Row{"DropsOfHalfTheCalls", 240, 0, 1.11282051282},
        Row{"DropsOfHalfTheCalls", 300, 5, 1.72234096801},
        Row{"DropsOfHalfTheCalls", 480, 67, 6.38559191124}),
    [](const auto& row) { return std::string(row.param.floor) + std::to_string(row.param.tick); });

TEST(Vicidial, PlacesOncePerSecondHoweverOftenItIsAsked) {
    Vicidial rule{{}};
    pacing::Picture picture;
    picture.idle = 4;
    EXPECT_EQ(rule.decide({}, picture).lines, 4);
    picture.at += 250ms;
    EXPECT_EQ(rule.decide({}, picture).lines, 0);
    picture.at += 750ms;
    EXPECT_EQ(rule.decide({}, picture).lines, 4);
}

TEST(Vicidial, ForgetsYesterdaysDrops) {
    Vicidial rule{{}};
    pacing::Picture picture;
    picture.idle = 10;
    picture.accounts.push_back({.cap = 0.03});
    const auto run_to = [&](Duration end) {
        for (; picture.at.time_since_epoch() < end; picture.at += 1s) {
            (void)rule.decide({}, picture);
        }
    };
    for (int call = 0; call < 60; ++call) {
        rule.learn(RingEnded{}, picture.at);
        rule.learn(LiveAnswerResolved{true}, picture.at);
    }
    run_to(10min);
    EXPECT_EQ(rule.level(), 1.0);
    picture.at = Instant{} + 24h;
    run_to(24h + 10min);
    EXPECT_EQ(rule.level(), 3.0);
}

}  // namespace
}  // namespace bellwether::simulator
