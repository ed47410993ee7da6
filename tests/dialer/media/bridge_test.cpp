#include "dialer/media/bridge.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
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

// Past the one frame in which a change is faded.
void mix_settled(Bridge& bridge) {
    bridge.mix();
    bridge.mix();
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
    mix_settled(bridge);
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
    mix_settled(bridge);  // monitor
    EXPECT_EQ(heard(customer), 10);
    EXPECT_EQ(heard(agent), 1);
    EXPECT_EQ(heard(supervisor), 11);
    bridge.set_hears(CallId{2}, CallId{3}, true);
    mix_settled(bridge);  // whisper
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

/// Who hears whom, a row a listener, as the words of Role say it.
TEST(Bridge, RolesDecideWhoHearsWhom) {
    const std::vector<Role> roles{Role::Party, Role::Agent, Role::Monitor, Role::Whisper};
    const std::vector<std::vector<bool>> hears{{true, true, false, false},
                                               {true, true, false, true},
                                               {true, true, false, false},
                                               {true, true, false, false}};
    for (std::size_t listener = 0; listener < 4; ++listener) {
        for (std::size_t speaker = 0; speaker < 4; ++speaker) {
            EXPECT_EQ(hears_by_role(roles[listener], roles[speaker]), hears[listener][speaker])
                << listener << " hears " << speaker;
        }
    }
}

TEST(Bridge, ASupervisorMonitorsWhispersAndBargesInInPlace) {
    Bridge bridge;
    auto customer = port(1, 1);
    auto agent = port(2, 10);
    auto supervisor = port(3, 100);
    bridge.add(customer);
    bridge.add(agent, Role::Agent);
    bridge.add(supervisor, Role::Monitor);
    const auto heard_by = [&](Role role) {
        bridge.set_role(CallId{3}, role);
        mix_settled(bridge);
        return std::vector<int>{heard(customer), heard(agent), heard(supervisor)};
    };
    EXPECT_EQ(heard_by(Role::Monitor), (std::vector<int>{10, 1, 11}));
    EXPECT_EQ(heard_by(Role::Whisper), (std::vector<int>{10, 101, 11}));
    EXPECT_EQ(heard_by(Role::Party), (std::vector<int>{110, 101, 11}));
    EXPECT_EQ(heard_by(Role::Monitor), (std::vector<int>{10, 1, 11}));
}

TEST(Bridge, WhoIsOnHoldNeitherHearsNorIsHeard) {
    Bridge bridge;
    auto customer = port(1, 1);
    auto agent = port(2, 10);
    auto third = port(3, 100);
    for (auto* each : {&customer, &agent, &third}) bridge.add(*each);
    bridge.mix();
    bridge.set_held(CallId{1}, true);
    mix_settled(bridge);
    EXPECT_EQ(heard(customer), 0);
    EXPECT_EQ(heard(agent), 100);
    bridge.set_held(CallId{1}, false);
    mix_settled(bridge);
    EXPECT_EQ(heard(customer), 110);
}

/// The largest step between two samples that a listener hears.
class LargestStep {
public:
    void take(const BridgePort& listener) {
        for (std::size_t i = 0; i < kFrameSamples; ++i) {
            const int sample = listener.hears == nullptr ? 0 : (*listener.hears)[i];
            if (started_) largest_ = std::max(largest_, std::abs(sample - last_));
            last_ = sample;
            started_ = true;
        }
    }
    [[nodiscard]] int value() const { return largest_; }

private:
    int last_ = 0;
    int largest_ = 0;
    bool started_ = false;
};

// All say a constant, where any click is a step. 10'000 over 160 samples is 62.5 a sample.
TEST(Bridge, NothingClicksForWhoHearsOthersMeanwhile) {
    Bridge bridge;
    auto listener = port(1, 0);
    auto steady = port(2, 1000);
    auto changing = port(3, 10'000);
    bridge.add(listener);
    bridge.add(steady);
    LargestStep step;
    const auto run = [&](int ticks) {
        for (int tick = 0; tick < ticks; ++tick) {
            bridge.mix();
            step.take(listener);
        }
    };
    run(3);
    bridge.add(changing);
    run(3);
    EXPECT_EQ(heard(listener), 11'000);
    for (const Role role : {Role::Monitor, Role::Party, Role::Whisper, Role::Party}) {
        bridge.set_role(CallId{3}, role);
        run(3);
    }
    bridge.set_hears(CallId{1}, CallId{3}, false);
    run(3);
    bridge.set_hears(CallId{1}, CallId{3}, true);
    run(3);
    bridge.remove(changing);
    run(3);
    EXPECT_EQ(heard(listener), 1000);
    EXPECT_LE(step.value(), 63 + 1);
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
