#include "simulator/day/outlook.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/day/fates.h"
#include "tests/simulator/day/days.h"

namespace bellwether::simulator {
namespace {

StudyOptions by(MakeDayRule rule) {
    auto options = controlled_by(Controller::Clairvoyant, 9);
    options.day.make_rule = std::move(rule);
    options.day.check = true;
    return options;
}

TEST(Outlook, WhoIsChosenIsDialed) {
    std::uint64_t next = 0;
    const auto only_people = [&next](const pacing::Picture& picture, Outlook& outlook) {
        std::vector<std::uint64_t> people = outlook.chosen();
        const auto wanted = static_cast<std::size_t>(
            std::max(0, picture.idle - picture.in_flight() - picture.waiting));
        while (people.size() < wanted) {
            if (outlook.prospect(next)->live) people.push_back(next);
            ++next;
        }
        outlook.choose(people);
        return static_cast<int>(wanted);
    };
    const StudyResult result = run_study(s3(0.5), by(rule_of(only_people)));
    EXPECT_FALSE(result.complaint) << *result.complaint;
    EXPECT_GT(result.total.calls, 200);
    // Rates do not drift here: everybody who was chosen answers.
    EXPECT_EQ(result.total.live_answers, result.total.calls);
}

TEST(Outlook, AListEnds) {
    DayScenario scenario = s3(0.5);
    scenario.list_size = 30;
    bool looked = false;
    const auto in_reverse = [&looked](const pacing::Picture&, Outlook& outlook) {
        EXPECT_FALSE(outlook.prospect(30));
        EXPECT_TRUE(outlook.prospect(29));
        if (std::exchange(looked, true)) return 0;
        outlook.choose({29, 3, 17});
        return 10;  // three of them chosen, then in order
    };
    const StudyResult result = run_study(scenario, by(rule_of(in_reverse)));
    EXPECT_EQ(result.total.calls, 10);
    const Fates fates{scenario, 9};
    std::int64_t live = 0;
    for (const std::uint64_t person : {29U, 3U, 17U, 0U, 1U, 2U, 4U, 5U, 6U, 7U}) {
        live += fates.fate_of(person, Duration{}).kind == Fate::Kind::Live;
    }
    EXPECT_EQ(result.total.live_answers, live);
}

/// What is foretold comes true: whoever is said to be free in time takes the call.
TEST(Outlook, SeesWhenAgentsAreFreeAndPeopleGiveUp) {
    std::size_t seen = 0;
    const auto watch = [&seen](const pacing::Picture& picture, Outlook& outlook) {
        const auto free = outlook.agents_free_in_s();
        EXPECT_EQ(free.size(), static_cast<std::size_t>(picture.agents()));
        // One who takes a call in this very event does not know it yet.
        EXPECT_GE(std::count(free.begin(), free.end(), 0.0), picture.idle);
        for (const double in_s : free) EXPECT_GE(in_s, 0);
        const auto live = outlook.live_calls();
        EXPECT_LE(live.size(), static_cast<std::size_t>(picture.in_flight() + picture.waiting));
        std::size_t waiting = 0;
        for (const Outlook::LiveCall& call : live) {
            EXPECT_GE(call.deadline_in_s, call.verdict_in_s + 0.05 - 1e-9);
            EXPECT_LE(call.verdict_in_s, 27.5);
            waiting += call.verdict_in_s <= 0;
        }
        EXPECT_GE(waiting, static_cast<std::size_t>(picture.waiting));
        seen += live.size();
        return std::max(0, 2 * picture.idle - picture.in_flight());
    };
    (void)run_study(s3(0.25), by(rule_of(watch)));
    EXPECT_GT(seen, 100U);
}

}  // namespace
}  // namespace bellwether::simulator
