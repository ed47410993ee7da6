#include "simulator/day/day.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "simulator/day/fates.h"
#include "tests/simulator/day/days.h"

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

StudyResult checked_run(const DayScenario& scenario, StudyOptions options) {
    options.day.check = true;
    StudyResult result = run_study(scenario, options);
    EXPECT_FALSE(result.complaint) << *result.complaint;
    return result;
}

std::int64_t sum(const DayTally& tally, std::int64_t MinuteTally::*what) {
    std::int64_t total = 0;
    for (const MinuteTally& minute : tally.minutes) total += minute.*what;
    return total;
}

Duration sum(const DayTally& tally, Duration MinuteTally::*what) {
    Duration total{};
    for (const MinuteTally& minute : tally.minutes) total += minute.*what;
    return total;
}

// --- a day ---

class EveryMode : public testing::TestWithParam<Controller> {};

TEST_P(EveryMode, KeepsThePromises) {
    DayScenario scenario = s3(0.25);
    scenario.agents.breaks_per_hour = 6;
    scenario.agents.break_s = 40;
    scenario.agents.count_changes = {{0.1, 10}, {0.2, 20}};
    const StudyResult result = checked_run(scenario, controlled_by(GetParam()));
    EXPECT_GT(result.total.live_answers, 20);
}

INSTANTIATE_TEST_SUITE_P(Products, EveryMode,
                         testing::Values(Controller::Predictive, Controller::Progressive,
                                         Controller::Ratio),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

TEST(Day, MinutesAddUpToTheDay) {
    const DayTally tally = run_study(s3(0.5), controlled_by(Controller::Predictive)).total;
    ASSERT_EQ(tally.minutes.size(), 30U);
    EXPECT_EQ(sum(tally, &MinuteTally::busy), tally.talk + tally.wrap);
    EXPECT_EQ(sum(tally, &MinuteTally::staffed), tally.staffed);
    EXPECT_EQ(tally.staffed, 25 * 30min);
    EXPECT_EQ(sum(tally, &MinuteTally::placed), tally.calls);  // none after the hours
    // People who are called in the last half minute may pick up after the hours.
    EXPECT_LE(sum(tally, &MinuteTally::live_answers), tally.live_answers);
    EXPECT_GE(sum(tally, &MinuteTally::live_answers), tally.live_answers - 25);
    EXPECT_EQ(sum(tally, &MinuteTally::abandoned), tally.abandoned);
}

TEST(Day, ProgressiveModeAbandonsNobodyWhileNobodyLeaves) {
    DayScenario scenario = s3(2);
    scenario.line.live = 0.6;
    const DayTally tally = run_study(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_GT(tally.live_answers, 1000);
    EXPECT_EQ(tally.abandoned, 0);
}

TEST(Day, NobodyWhoAnswersIsMadeUp) {
    DayScenario scenario = s3(0.5);
    scenario.line.live = 0;
    const DayTally nobody = run_study(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_GT(nobody.calls, 1000);
    EXPECT_EQ(nobody.live_answers, 0);
    EXPECT_EQ(nobody.utilisation(), 0);
}

/// Calls that ring when the hours end are still answered and served.
TEST(Day, WhoeverIsCalledInTimeIsServed) {
    DayScenario scenario = s3(0.01);
    scenario.line.live = 0.9;
    const DayTally tally = checked_run(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_EQ(tally.calls, sum(tally, &MinuteTally::placed));
    EXPECT_GT(tally.live_answers, sum(tally, &MinuteTally::live_answers));
    EXPECT_EQ(tally.abandoned, 0);
}

// --- the list ---

TEST(Day, AFiniteListIsDialedOnce) {
    DayScenario scenario = s3(2);
    scenario.list_size = 500;
    const StudyResult result = checked_run(scenario, controlled_by(Controller::Progressive, 42));
    EXPECT_EQ(result.total.calls, 500);
    const Fates fates{scenario, 42};
    std::int64_t live = 0;
    for (std::uint64_t person = 0; person < 500; ++person) {
        live += fates.fate_of(person, 0s).kind == Fate::Kind::Live;
    }
    EXPECT_EQ(result.total.live_answers, live);  // the rates do not change over the day
    EXPECT_EQ(result.total.staffed, 25 * 2h);    // everybody stays to the end
}

TEST(Day, EveryCarriedDayHasItsOwnList) {
    DayScenario scenario = s3(1);
    scenario.list_size = 200;
    auto options = controlled_by(Controller::Progressive, 1, 3);
    options.carry = true;
    EXPECT_EQ(checked_run(scenario, options).total.calls, 600);
}

// --- agents ---

TEST(Day, AgentsWhoComeAreThereAtTheirHour) {
    DayScenario scenario = s3(1);
    scenario.agents.count = 10;
    scenario.agents.count_changes = {{0.5, 30}};
    const DayTally tally = run_study(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_EQ(tally.minutes[29].staffed, 10 * 1min);
    EXPECT_EQ(tally.minutes[30].staffed, 30 * 1min);
}

TEST(Day, AgentsWhoLeaveGoAtOnceOrAfterWrapUp) {
    DayScenario scenario = s3(1);
    scenario.agents.count = 30;
    scenario.agents.count_changes = {{0.5, 10}};
    const StudyResult result = checked_run(scenario, controlled_by(Controller::Progressive));
    const auto& minutes = result.total.minutes;
    EXPECT_EQ(minutes[29].staffed, 30 * 1min);
    EXPECT_GT(minutes[30].staffed, 10 * 1min);  // some talk on
    EXPECT_LT(minutes[30].staffed, 25 * 1min);
    EXPECT_EQ(minutes[59].staffed, 10 * 1min);
    for (std::size_t m = 31; m < 60; ++m) EXPECT_LE(minutes[m].staffed, minutes[m - 1].staffed);
}

TEST(Day, EverybodyMayLeaveAndComeBack) {
    DayScenario scenario = s3(1);
    scenario.agents.count_changes = {{0.25, 0}, {0.5, 25}};
    const DayTally tally = checked_run(scenario, controlled_by(Controller::Predictive)).total;
    EXPECT_EQ(tally.minutes[28].staffed, 0s);
    EXPECT_EQ(tally.minutes[28].placed, 0);
    EXPECT_EQ(tally.minutes[30].staffed, 25 * 1min);
    EXPECT_GT(tally.minutes[40].live_answers, 0);
}

/// Told to stay while he was leaving: he is back at once.
TEST(Day, ALeaverWhoIsWantedAgainComesBack) {
    DayScenario scenario = s3(0.5);
    scenario.talk.mean_s = 300;
    scenario.agents.count_changes = {{0.25, 1}, {0.2505, 25}};
    const DayTally tally = checked_run(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_EQ(tally.minutes[29].staffed, 25 * 1min);
}

TEST(Day, AChangeAtTheBeginningHoldsFromTheBeginning) {
    DayScenario scenario = s3(0.1);
    scenario.agents.count_changes = {{0, 7}};
    const DayTally fewer = checked_run(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_EQ(fewer.staffed, 7 * 6min);
    scenario.agents.count_changes = {{0, 40}};
    const DayTally more = checked_run(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_EQ(more.staffed, 40 * 6min);
}

/// Time on breaks over time at work is breaks per call handled, times how long, times calls handled
/// in a second at work, which is utilisation / (talk + wrap-up).
TEST(Day, BreaksComeAfterWrapUpsWithTheirProbability) {
    DayScenario scenario = s3(8);
    scenario.agents.breaks_per_hour = 2;
    const DayTally tally = run_study(scenario, controlled_by(Controller::Progressive, 3, 2)).total;
    const double chance = 0.040810497;  // 1 - exp(-2 * 75 / 3600)
    const double per_second = tally.utilisation() / 75;
    const double on_break = 300 * chance * per_second;
    const double staffed = to_seconds(tally.staffed) / (2 * 25 * 8 * 3600);
    EXPECT_NEAR(staffed, 1 / (1 + on_break), 0.01);
}

// --- what changes during the day ---

TEST(Day, ABetterListIsAnsweredMoreOftenFromItsHourOn) {
    DayScenario scenario = s3(2);
    scenario.line.live = 0.1;
    scenario.line.live_changes = {{1.0, 0.4}};
    const DayTally tally = run_study(scenario, controlled_by(Controller::Progressive)).total;
    const auto rate = [&](std::size_t from, std::size_t to) {
        double answers = 0;
        double placed = 0;
        for (std::size_t m = from; m < to; ++m) {
            answers += static_cast<double>(tally.minutes[m].live_answers);
            placed += static_cast<double>(tally.minutes[m].placed);
        }
        return answers / placed;
    };
    EXPECT_NEAR(rate(5, 55), 0.1, 0.02);
    EXPECT_NEAR(rate(65, 115), 0.4, 0.05);
}

TEST(Day, LongerTalksKeepAgentsBusier) {
    DayScenario scenario = s3(2);
    scenario.talk.mean_changes = {{1.0, 300}};
    const DayTally tally = run_study(scenario, controlled_by(Controller::Progressive)).total;
    Duration before{};
    Duration after{};
    for (std::size_t m = 30; m < 60; ++m) before += tally.minutes[m].busy;
    for (std::size_t m = 90; m < 120; ++m) after += tally.minutes[m].busy;
    EXPECT_GT(to_seconds(after), 1.5 * to_seconds(before));
}

// --- limits ---

TEST(Day, TheTrunkHasSoManyLines) {
    DayScenario scenario = s3(0.5);
    scenario.trunk.lines = 8;
    const DayTally few = checked_run(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_LE(few.talk, 8 * 30min);
    scenario.trunk.lines = 0;
    const DayTally many = run_study(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_GT(many.calls, 2 * few.calls);
}

TEST(Day, TheTrunkTakesSoManyCallsASecond) {
    DayScenario scenario = s3(0.5);
    scenario.trunk.cps = 0.5;
    const DayTally tally = checked_run(scenario, controlled_by(Controller::Progressive)).total;
    EXPECT_LE(tally.calls, 900 + 1);
    EXPECT_GT(tally.calls, 800);
    for (const MinuteTally& minute : tally.minutes) EXPECT_LE(minute.placed, 31);
}

TEST(Day, AShortPatienceCostsPeopleWhoWait) {
    const auto reckless = [](const pacing::Picture& picture, Outlook&) {
        return std::max(0, 5 * picture.idle - picture.in_flight());
    };
    auto options = controlled_by(Controller::Vicidial);
    options.day.make_rule = rule_of(reckless);
    DayScenario scenario = s3(2);
    scenario.agents.count = 10;
    scenario.cap.connect_within_s = 0;
    const double hasty = run_study(scenario, options).total.abandonment();
    scenario.cap.connect_within_s = 20;
    const double patient = run_study(scenario, options).total.abandonment();
    EXPECT_LT(patient, hasty / 2);
    EXPECT_GT(hasty, 0.01);
}

// --- golden ---

/// The first people of seed 1: a change here changes every result of every scenario.
TEST(Golden, PeopleAreWhoTheyWere) {
    constexpr const char* kFile = BW_GOLDEN_FOLDER "/day_people.txt";
    const DayScenario scenario = s3(8);
    const Fates fates{scenario, 1};
    std::ostringstream text;
    for (std::uint64_t person = 0; person < 40; ++person) {
        const Fate fate = fates.fate_of(person, 1h);
        text << static_cast<int>(fate.kind) << ' ' << fate.resolves_after.count() << ' '
             << fate.verdict_after.count() << ' ' << fate.greeting_after.count() << ' '
             << fates.talk_of(person, 1h).count() << '\n';
    }
    if (std::getenv("BELLWETHER_UPDATE_GOLDEN") != nullptr) std::ofstream{kFile} << text.str();
    std::ifstream stream{kFile};
    EXPECT_EQ(text.str(), (std::string{std::istreambuf_iterator<char>{stream}, {}}));
}

}  // namespace
}  // namespace bellwether::simulator
