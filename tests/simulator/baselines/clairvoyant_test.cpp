#include "simulator/baselines/clairvoyant.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

namespace bellwether::simulator {
namespace {

using LiveCall = Outlook::LiveCall;

/// A future that a test writes down.
class WrittenOutlook final : public Outlook {
public:
    std::vector<Prospect> people;
    std::vector<LiveCall> live;
    std::vector<double> free_in_s;
    std::vector<std::uint64_t> chosen_people;

    [[nodiscard]] std::optional<Prospect> prospect(std::uint64_t person) const override {
        if (person >= people.size()) return std::nullopt;
        return people[person];
    }
    void choose(std::vector<std::uint64_t> people_chosen) override {
        chosen_people = std::move(people_chosen);
    }
    [[nodiscard]] std::vector<std::uint64_t> chosen() const override { return chosen_people; }
    [[nodiscard]] std::vector<LiveCall> live_calls() const override { return live; }
    [[nodiscard]] std::vector<double> agents_free_in_s() const override { return free_in_s; }
};

Outlook::Prospect nobody() { return {}; }
Outlook::Prospect answers(double verdict_in_s) {
    return {true, {verdict_in_s, verdict_in_s + 1.0}};
}

using People = std::vector<std::uint64_t>;

TEST(Clairvoyant, DialsWhoeverWouldNotAnswerAsHeComes) {
    WrittenOutlook outlook;
    outlook.people = {nobody(), answers(10), nobody()};
    Clairvoyant rule{outlook};
    EXPECT_EQ(rule.decide({}, {}).lines, 2);
    EXPECT_EQ(outlook.chosen_people, (People{0, 2}));
}

TEST(Clairvoyant, DialsALivePersonForEachIdleAgentTheSoonestFirst) {
    WrittenOutlook outlook;
    outlook.people = {answers(12), answers(5), answers(20)};
    outlook.free_in_s = {0, 0};
    Clairvoyant rule{outlook};
    EXPECT_EQ(rule.decide({}, {}).lines, 2);
    EXPECT_EQ(outlook.chosen_people, (People{1, 0}));
}

TEST(Clairvoyant, HoldsAPersonUntilAnAgentIsFreeByHisDeadline) {
    WrittenOutlook outlook;
    outlook.people = {answers(10)};  // deadline 11 s after the INVITE
    outlook.free_in_s = {11.5};
    Clairvoyant rule{outlook};
    EXPECT_EQ(rule.decide({}, {}).lines, 0);
    outlook.free_in_s = {11};
    EXPECT_EQ(rule.decide({}, {}).lines, 1);
}

TEST(Clairvoyant, PicksThePersonWhoKeepsTheAgentWaitingLeast) {
    WrittenOutlook outlook;
    outlook.people = {answers(20), answers(6), answers(3)};
    outlook.free_in_s = {5};  // the last would be gone at 4
    Clairvoyant rule{outlook};
    EXPECT_EQ(rule.decide({}, {}).lines, 1);
    EXPECT_EQ(outlook.chosen_people, (People{1}));
}

TEST(Clairvoyant, LeavesAgentsToTheCallsInFlight) {
    WrittenOutlook outlook;
    outlook.people = {answers(4)};
    outlook.free_in_s = {0, 30};
    outlook.live = {{2, 3}};
    Clairvoyant rule{outlook};
    EXPECT_EQ(rule.decide({}, {}).lines, 0);
}

TEST(Clairvoyant, ReturnsToThoseWhomNoLineWasLeftFor) {
    WrittenOutlook outlook;
    outlook.people = {nobody(), answers(4), answers(5)};
    outlook.free_in_s = {0};
    Clairvoyant rule{outlook};
    EXPECT_EQ(rule.decide({}, {}).lines, 2);
    EXPECT_EQ(outlook.chosen_people, (People{1, 0}));
    outlook.chosen_people = {0};  // only the first INVITE went out, and its call is in flight
    outlook.live = {{4, 5}};
    EXPECT_EQ(rule.decide({}, {}).lines, 1);
    EXPECT_EQ(outlook.chosen_people, (People{0}));
}

TEST(Clairvoyant, LooksNoFurtherThanNeeded) {
    WrittenOutlook outlook;
    outlook.people.assign(1000, answers(8));
    outlook.people.push_back(nobody());
    Clairvoyant rule{outlook};
    EXPECT_EQ(rule.decide({}, {}).lines, 0);
    EXPECT_TRUE(outlook.chosen_people.empty());
}

TEST(SpareAgents, GiveEachCallTheLatestAgentWhoStillComesInTime) {
    EXPECT_EQ(spare_agents({0, 5, 20}, {{9, 10}}), (std::vector<double>{0, 20}));
    EXPECT_EQ(spare_agents({7, 3}, {{1, 2}}), (std::vector<double>{3, 7}));  // nobody in time
    EXPECT_EQ(spare_agents({3, 7}, {{6, 8}, {3, 4}}), (std::vector<double>{}));
}

TEST(ServedInTurn, CountsThoseWhoFindSomebody) {
    EXPECT_EQ(served_in_turn({0, 6}, {{1, 2}, {3, 5}}), 1);
    EXPECT_EQ(served_in_turn({0, 4}, {{1, 2}, {3, 5}}), 2);
    EXPECT_EQ(served_in_turn({4}, {{1, 2}, {3, 5}}),
              1);  // the first is gone before anybody is free
    EXPECT_EQ(served_in_turn({}, {{1, 2}}), 0);
}

std::vector<double> some_times(int most) {
    auto tenths = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 600));
    if (tenths.size() > static_cast<std::size_t>(most))
        tenths.resize(static_cast<std::size_t>(most));
    std::vector<double> times;
    for (const int tenth : tenths) times.push_back(tenth / 10.0);
    return times;
}

std::vector<LiveCall> some_calls(int most) {
    std::vector<LiveCall> calls;
    for (const double time : some_times(most)) {
        calls.push_back({time, time + *rc::gen::inRange(1, 25) / 10.0});
    }
    return calls;
}

/// The most calls that can be served at all, by trying every agent for every call.
int most_served(std::vector<double> free_in_s, std::vector<LiveCall> calls) {
    if (calls.empty()) return 0;
    const LiveCall call = calls.back();
    calls.pop_back();
    int most = most_served(free_in_s, calls);
    for (std::size_t i = 0; i < free_in_s.size(); ++i) {
        if (free_in_s[i] > call.deadline_in_s) continue;
        auto left = free_in_s;
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        most = std::max(most, 1 + most_served(std::move(left), calls));
    }
    return most;
}

RC_GTEST_PROP(SpareAgentsProperty, ServesAsManyCallsAsCanBeServed, ()) {
    const auto free_in_s = some_times(4);
    const auto calls = some_calls(4);
    const auto spare = spare_agents(free_in_s, calls);
    RC_ASSERT(static_cast<int>(free_in_s.size() - spare.size()) == most_served(free_in_s, calls));
}

RC_GTEST_PROP(ClairvoyantProperty, NeverCostsACallInFlightItsAgent, ()) {
    WrittenOutlook outlook;
    outlook.free_in_s = some_times(12);
    outlook.live = some_calls(6);
    for (const LiveCall& call : some_calls(20)) outlook.people.push_back({true, call});
    Clairvoyant rule{outlook};
    const int lines = rule.decide({}, {}).lines;

    auto free_in_s = outlook.free_in_s;
    std::sort(free_in_s.begin(), free_in_s.end());
    auto calls = outlook.live;
    const auto by_verdict = [](const LiveCall& a, const LiveCall& b) {
        return a.verdict_in_s < b.verdict_in_s;
    };
    std::sort(calls.begin(), calls.end(), by_verdict);
    const int before = served_in_turn(free_in_s, calls);
    for (const auto person : outlook.chosen_people) calls.push_back(outlook.people[person].call);
    std::sort(calls.begin(), calls.end(), by_verdict);
    RC_ASSERT(served_in_turn(free_in_s, calls) == before + lines);
}

}  // namespace
}  // namespace bellwether::simulator
