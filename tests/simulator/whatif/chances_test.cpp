#include "simulator/whatif/chances.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

using End = CallRecord::End;
using namespace std::chrono_literals;

/// Calls one second apart; each is made by `make(i)`.
template <class Make>
Recording recording_of(int count, Make make) {
    Recording recording;
    for (int i = 0; i < count; ++i) {
        CallRecord call = make(i);
        call.at = i * Duration{1s};
        recording.calls[ContactId{static_cast<std::uint64_t>(i) + 1}].push_back(call);
    }
    return recording;
}

/// How often a draw is answered by a person.
double share_of_people(const Chances& chances, Duration at) {
    int people = 0;
    constexpr int kDraws = 4000;
    for (std::uint64_t i = 0; i < kDraws; ++i) {
        Draws draws{7, "test", i};
        people += chances.call(at, draws).end == End::Person;
    }
    return people / double{kDraws};
}

TEST(Chances, AreThoseOfTheCallsNearestInTime) {
    // People answer every fifth call in the first half and every second in the other.
    const auto recording = recording_of(4000, [](int i) {
        const bool person = i < 2000 ? i % 5 == 0 : i % 2 == 0;
        return CallRecord{.end = person ? End::Person : End::RangOut, .rang = 5s};
    });
    const Chances chances{recording};
    // Standard error of 4000 draws at 0.5: 0.008.
    EXPECT_NEAR(share_of_people(chances, 500s), 0.2, 0.03);
    EXPECT_NEAR(share_of_people(chances, 3500s), 0.5, 0.03);
    EXPECT_NEAR(share_of_people(chances, 9999s), 0.5, 0.03);
}

TEST(Chances, OfARingThatWasCutAreThoseOfRingsThatLastedLonger) {
    // Half are answered after 5 s; of the others half after 20 s, and half ring out.
    const auto recording = recording_of(400, [](int i) {
        if (i % 2 == 0) return CallRecord{.end = End::Person, .rang = 5s};
        if (i % 4 == 1) return CallRecord{.end = End::Person, .rang = 20s};
        return CallRecord{.end = End::RangOut, .rang = 25s};
    });
    const Chances chances{recording};
    int people = 0;
    for (std::uint64_t i = 0; i < 4000; ++i) {
        Draws draws{3, "test", i};
        const CallRecord drawn = chances.rest_of(200s, 10s, draws);
        EXPECT_NE(drawn.end, End::Cut);
        EXPECT_GT(drawn.rang, Duration{10s});
        people += drawn.end == End::Person;
    }
    EXPECT_NEAR(people / 4000.0, 0.5, 0.03);
}

TEST(Chances, CutRingsDoNotLowerTheAnswerRate) {
    // Answers come after 20 s; every second ring was cut at 15 s, before one could come. Of the
    // others half are answered, so that half of all would have been.
    const auto recording = recording_of(1000, [](int i) {
        if (i % 2 == 0) return CallRecord{.end = End::Cut, .rang = 15s};
        if (i % 4 == 1) return CallRecord{.end = End::Person, .rang = 20s};
        return CallRecord{.end = End::RangOut, .rang = 25s};
    });
    EXPECT_NEAR(share_of_people(Chances{recording}, 500s), 0.5, 0.03);
}

TEST(Chances, WithoutCallsNobodyAnswers) {
    const Recording empty;
    const Chances chances{empty};
    Draws draws{1, "test", 1};
    EXPECT_EQ(chances.call(0s, draws).end, End::RangOut);
    EXPECT_EQ(chances.rest_of(0s, 3s, draws).end, End::RangOut);
    EXPECT_EQ(chances.talk(0s, draws), Duration{});
    EXPECT_EQ(chances.wrap(AgentId{1}, draws), Duration{});
}

TEST(Chances, WrapUpsAreTheAgentsOwn) {
    Recording recording;
    recording.wraps[AgentId{1}] = {10s};
    recording.wraps[AgentId{2}] = {20s};
    const Chances chances{recording};
    Draws draws{1, "test", 1};
    EXPECT_EQ(chances.wrap(AgentId{1}, draws), Duration{10s});
    EXPECT_EQ(chances.wrap(AgentId{2}, draws), Duration{20s});
    EXPECT_GE(chances.wrap(AgentId{3}, draws), Duration{10s});
}

}  // namespace
}  // namespace bellwether::simulator
