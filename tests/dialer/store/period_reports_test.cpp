#include "dialer/store/period_reports.h"

#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using campaigns::Outcome;
using engine::AgentReason;
using engine::AgentState;

AgentId agent(TestStore& test, const std::string& name) {
    AgentRecord record;
    record.client = test.client;
    record.name = name;
    record.sip_user = name;
    record.ha1_md5 = "x";
    return must(test.store->add_agent(record));
}

/// One call to the next contact, connected to the agent at `begun` for a minute.
void call(TestStore& test, AgentId with, std::int64_t begun, Outcome outcome) {
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    test.write(
        {engine::StoreMilestone{attempt.attempt, engine::Milestone::Connected, at(begun), with}});
    auto end = test.outcome_of(attempt, outcome);
    end.at = at(begun + 60);
    test.write({end});
}

TEST(PeriodReports, CountWhatEndedInTheTime) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3)});
    const AgentId ann = agent(test, "ann");
    call(test, ann, 0, Outcome::Connected);
    call(test, ann, 100, Outcome::Connected);
    call(test, ann, 200, Outcome::HungUp);
    const auto of = [&](std::int64_t from, std::int64_t to) {
        std::int64_t all = 0;
        for (const auto& one : must(outcomes_in(*test.store, test.campaign, {at(from), at(to)})))
            all += one.attempts;
        return all;
    };
    EXPECT_EQ(of(0, 1'000), 3);
    EXPECT_EQ(of(60, 160), 1) << "from is within, to is not";
    EXPECT_EQ(of(161, 260), 0);
    EXPECT_EQ(must(outcomes_in(*test.store, CampaignId{9}, {at(0), at(999)})).size(), 0U);
}

TEST(PeriodReports, TellHowCallsEndOnEachTrunk) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3), fiction(4), fiction(5)});
    const auto dial = [&](const std::string& trunk, bool answered, int status,
                          std::optional<int> cause) {
        const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
        test.write({attempt});
        test.write(
            {engine::StoreMilestone{attempt.attempt, engine::Milestone::Invited, at(0), {}}});
        if (answered) {
            test.write(
                {engine::StoreMilestone{attempt.attempt, engine::Milestone::Answered, at(5), {}}});
        }
        auto end = test.outcome_of(attempt, answered ? Outcome::NoticePlayed : Outcome::Busy);
        end.trunk = trunk;
        end.sip_status = status;
        end.q850_cause = cause;
        end.at = at(60);
        test.write({end});
    };
    dial("north", true, 0, 16);
    dial("north", false, 486, 17);
    dial("north", false, 486, 17);
    dial("north", false, 486, {});
    dial("south", false, 486, 17);
    std::vector<std::string> rows;
    for (const auto& one : must(trunks_in(*test.store, test.campaign, {at(0), at(61)}))) {
        rows.push_back(one.trunk + (one.answered ? " answered " : " failed ") +
                       std::to_string(one.sip_status) + "/" +
                       std::to_string(one.q850_cause.value_or(0)) + ": " +
                       std::to_string(one.attempts));
    }
    EXPECT_EQ(rows, (std::vector<std::string>{"north failed 486/0: 1", "north failed 486/17: 2",
                                              "north answered 0/16: 1", "south failed 486/17: 1"}));
    EXPECT_TRUE(must(trunks_in(*test.store, test.campaign, {at(61), at(99)})).empty());
}

TEST(PeriodReports, TellHowManyPickUpForEachCallerId) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3), fiction(4)});
    const auto dial = [&](const std::string& caller_id, bool invited, bool answered) {
        auto attempt = test.attempt_of(test.claim(1).offers.at(0));
        attempt.caller_id = caller_id;
        test.write({attempt});
        const auto reached = [&](engine::Milestone milestone, std::int64_t when) {
            test.write({engine::StoreMilestone{attempt.attempt, milestone, at(when), AgentId{}}});
        };
        if (invited) reached(engine::Milestone::Invited, 0);
        if (answered) reached(engine::Milestone::Answered, 5);
        auto end = test.outcome_of(attempt, answered ? Outcome::NoticePlayed : Outcome::NoAnswer);
        end.at = at(60);
        test.write({end});
    };
    dial("+12025550100", true, true);
    dial("+12025550100", true, false);
    dial("+12025550101", true, false);
    dial("+12025550101", false, false);  // no INVITE left: no chance to be answered
    const auto figures = must(caller_ids_in(*test.store, test.campaign, {at(0), at(61)}));
    ASSERT_EQ(figures.size(), 2U);
    EXPECT_EQ(figures[0].caller_id, "+12025550100");
    EXPECT_EQ(figures[0].dialed, 2);
    EXPECT_EQ(figures[0].answered, 1);
    EXPECT_EQ(figures[1].dialed, 1);
    EXPECT_EQ(figures[1].answered, 0);
    EXPECT_TRUE(must(caller_ids_in(*test.store, test.campaign, {at(0), at(60)})).empty());
}

TEST(PeriodReports, TellWhatAgentsDid) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    const AgentId ann = agent(test, "ann");
    agent(test, "bob");
    test.write({engine::StoreAgentState{
        ann, AgentState::Ready, AgentReason::Asked, test.campaign, {}, at(-100)}});
    test.write({engine::StoreAgentState{
        ann, AgentState::OnCall, AgentReason::CallBridged, test.campaign, {}, at(10)}});
    call(test, ann, 10, Outcome::Connected);
    call(test, ann, 500, Outcome::Connected);
    const auto agents = must(agents_in(*test.store, {at(0), at(300)}));
    ASSERT_EQ(agents.size(), 1U) << "bob was never there";
    EXPECT_EQ(agents[0].name, "ann");
    ASSERT_EQ(agents[0].states.size(), 2U);
    EXPECT_EQ(agents[0].states[0].state, AgentState::Ready) << "in force at the beginning";
    ASSERT_EQ(agents[0].calls.size(), 1U);
    EXPECT_EQ(agents[0].calls[0].attempts, 1);
    EXPECT_EQ(agents[0].talk, std::chrono::seconds{60});
}

}  // namespace
}  // namespace bellwether::store::test
