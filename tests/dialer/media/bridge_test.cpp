#include "dialer/media/bridge.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <list>
#include <set>
#include <utility>
#include <vector>

namespace bellwether::media {
namespace {

BridgePort port(std::uint64_t id, std::int16_t level) {
    BridgePort made;
    made.leg = CallId{id};
    made.said.fill(level);
    return made;
}

int heard(const BridgePort& listener) {
    return listener.hears == nullptr ? 0 : (*listener.hears)[80];
}

TEST(Bridge, AloneOneHearsNothing) {
    Bridge bridge;
    auto one = port(1, 100);
    bridge.add(one);
    bridge.mix();
    EXPECT_EQ(heard(one), 0);
}

TEST(Bridge, TwoHearEachOther) {
    Bridge bridge;
    auto one = port(1, 100);
    auto two = port(2, 20);
    bridge.add(one);
    bridge.add(two);
    bridge.mix();
    EXPECT_EQ(heard(one), 20);
    EXPECT_EQ(heard(two), 100);
}

TEST(Bridge, ThreeHearTheSumOfTheOthers) {
    Bridge bridge;
    auto one = port(1, 100);
    auto two = port(2, 20);
    auto three = port(3, -3);
    for (auto* each : {&one, &two, &three}) bridge.add(*each);
    bridge.mix();
    EXPECT_EQ(heard(one), 17);
    EXPECT_EQ(heard(two), 97);
    EXPECT_EQ(heard(three), 120);
    bridge.remove(three);
    bridge.mix();
    EXPECT_EQ(heard(one), 20);
    EXPECT_EQ(heard(three), 0);
}

TEST(Bridge, SumsSaturate) {
    Bridge bridge;
    auto quiet = port(1, 0);
    auto loud = port(2, 30'000);
    auto louder = port(3, 30'000);
    auto low = port(4, -1);
    for (auto* each : {&quiet, &loud, &louder, &low}) bridge.add(*each);
    bridge.mix();
    EXPECT_EQ(heard(quiet), 32'767);
    EXPECT_EQ(heard(loud), 29'999) << "nothing was lost on the way to the sum";
}

TEST(Bridge, ASupervisorMonitorsAndWhispers) {
    Bridge bridge;
    auto customer = port(1, 1);
    auto agent = port(2, 10);
    auto supervisor = port(3, 100);
    for (auto* each : {&customer, &agent, &supervisor}) bridge.add(*each);
    bridge.set_hears(CallId{1}, CallId{3}, false);
    bridge.set_hears(CallId{2}, CallId{3}, false);
    bridge.mix();  // monitor
    EXPECT_EQ(heard(customer), 10);
    EXPECT_EQ(heard(agent), 1);
    EXPECT_EQ(heard(supervisor), 11);
    bridge.set_hears(CallId{2}, CallId{3}, true);
    bridge.mix();  // whisper
    EXPECT_EQ(heard(customer), 10);
    EXPECT_EQ(heard(agent), 101);
}

TEST(Bridge, DeafnessEndsWithMembership) {
    Bridge bridge;
    auto one = port(1, 1);
    auto two = port(2, 10);
    bridge.add(one);
    bridge.add(two);
    bridge.set_hears(CallId{1}, CallId{2}, false);
    bridge.mix();
    EXPECT_EQ(heard(one), 0);
    EXPECT_EQ(heard(two), 1);
    bridge.remove(two);
    bridge.add(two);
    bridge.mix();
    EXPECT_EQ(heard(one), 10);
}

// The plain definition: for each listener, add up every other it hears.
RC_GTEST_PROP(Bridge, EveryoneHearsExactlyTheSumOfWhomTheyHear, ()) {
    const auto levels =
        *rc::gen::container<std::vector<std::int16_t>>(rc::gen::arbitrary<std::int16_t>());
    const auto pairs = *rc::gen::container<std::set<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 6), rc::gen::inRange(0, 6)));
    Bridge bridge;
    std::list<BridgePort> ports;
    for (const auto level : levels) {
        ports.push_back(port(ports.size(), level));
        bridge.add(ports.back());
    }
    for (const auto& [listener, speaker] : pairs) {
        if (listener == speaker) continue;
        bridge.set_hears(CallId{static_cast<std::uint64_t>(listener)},
                         CallId{static_cast<std::uint64_t>(speaker)}, false);
    }
    if (ports.empty()) return;
    bridge.mix();
    int index = 0;
    for (const auto& listener : ports) {
        int sum = 0;
        for (int other = 0; other < static_cast<int>(levels.size()); ++other) {
            if (other != index && !pairs.contains({index, other}))
                sum += levels[static_cast<std::size_t>(other)];
        }
        RC_ASSERT(heard(listener) == std::clamp(sum, -32'768, 32'767));
        ++index;
    }
}

}  // namespace
}  // namespace bellwether::media
