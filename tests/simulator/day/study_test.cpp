#include "simulator/day/study.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "simulator/day/fates.h"
#include "tests/simulator/day/days.h"

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

// --- what is measured ---

TEST(StudyResult, PercentileIsByNearestRank) {
    StudyResult result;
    EXPECT_FALSE(result.p95_wait_s());
    EXPECT_FALSE(result.mean_wait_s());
    for (int i = 20; i >= 1; --i) result.total.waits.push_back(std::chrono::seconds{i});
    EXPECT_DOUBLE_EQ(result.p95_wait_s().value(), 19);  // rank ceil(0.95 * 20)
    result.total.waits.push_back(21s);
    EXPECT_DOUBLE_EQ(result.p95_wait_s().value(), 20);  // rank ceil(19.95)
    EXPECT_DOUBLE_EQ(result.mean_wait_s().value(), 11);
    result.total.waits = {7s};
    EXPECT_DOUBLE_EQ(result.p95_wait_s().value(), 7);
}

/// A day at the cap is not over it, whatever the cap's last bit is.
RC_GTEST_PROP(StudyResult, OverTheCapIsExact, ()) {
    const auto thousandths = *rc::gen::inRange<std::int64_t>(1, 1000);
    const auto answers = *rc::gen::inRange<std::int64_t>(1, 200'000);
    const double cap = std::stod("0." +
                                 std::string(thousandths < 10    ? "00"
                                             : thousandths < 100 ? "0"
                                                                 : "") +
                                 std::to_string(thousandths));
    DayTally at;
    at.live_answers = answers * 1000;
    at.abandoned = answers * thousandths;
    RC_ASSERT(!(at.abandonment() > cap));
    ++at.abandoned;
    RC_ASSERT(at.abandonment() > cap);
}

/// Many lines for whoever is there, whatever comes of it.
int reckless(const pacing::Picture& picture, Outlook&) {
    return std::max(0, 4 * picture.idle - picture.in_flight());
}

TEST(Study, DaysOverTheCapAreThoseOverTheCap) {
    DayScenario scenario = s3(0.5);
    scenario.agents.count = 3;
    auto options = controlled_by(Controller::Vicidial, 1, 6);
    options.day.make_rule = rule_of(reckless);
    const StudyResult result = run_study(scenario, options);
    ASSERT_EQ(result.abandonment_by_day.size(), 6U);
    int over = 0;
    double worst = 0;
    for (const double day : result.abandonment_by_day) {
        over += day > 0.03;
        worst = std::max(worst, day);
    }
    EXPECT_GT(over, 0);
    EXPECT_EQ(result.days_over_cap, over);
    EXPECT_DOUBLE_EQ(result.worst_day_abandonment(), worst);
}

TEST(Study, DaysAreIndependentAndSeededOneAfterAnother) {
    const DayScenario scenario = s3(0.25);
    const StudyResult both = run_study(scenario, controlled_by(Controller::Predictive, 7, 2));
    const StudyResult first = run_study(scenario, controlled_by(Controller::Predictive, 7));
    const StudyResult second = run_study(scenario, controlled_by(Controller::Predictive, 8));
    EXPECT_EQ(both.total.calls, first.total.calls + second.total.calls);
    EXPECT_EQ(both.total.talk, first.total.talk + second.total.talk);
    EXPECT_NE(first.total.talk, second.total.talk);
}

TEST(Study, CarriedDaysLearnFromOneAnother) {
    const DayScenario scenario = s3(0.25);
    auto options = controlled_by(Controller::Predictive, 7, 2);
    const StudyResult apart = run_study(scenario, options);
    options.carry = true;
    options.day.check = true;
    const StudyResult carried = run_study(scenario, options);
    EXPECT_FALSE(carried.complaint) << *carried.complaint;
    EXPECT_NE(apart.total.calls, carried.total.calls);
}

// --- what the numbers should be: research, pacing C.8 and B.2 ---

struct Reference {
    const char* name;
    int agents;
    double live, talk_s, wrap_s;
    double utilisation;
};

void PrintTo(const Reference& row, std::ostream* out) { *out << row.name; }

class Progressive : public testing::TestWithParam<Reference> {};

TEST_P(Progressive, IsWhereTheStudyHasIt) {
    const Reference& row = GetParam();
    DayScenario scenario = s3(8);
    scenario.agents.count = row.agents;
    scenario.line.live = row.live;
    scenario.talk.mean_s = row.talk_s;
    scenario.wrap.mean_s = row.wrap_s;
    const StudyResult result = run_study(scenario, controlled_by(Controller::Progressive, 101, 3));
    EXPECT_NEAR(result.total.utilisation(), row.utilisation, 0.02);
    EXPECT_EQ(result.total.abandoned, 0);
    EXPECT_EQ(result.days_over_cap, 0);
}

INSTANTIATE_TEST_SUITE_P(C8, Progressive,
                         testing::Values(Reference{"S1", 5, 0.2, 60, 15, 0.436},
                                         Reference{"S2", 10, 0.35, 180, 30, 0.802},
                                         Reference{"S3", 25, 0.2, 60, 15, 0.433}),
                         [](const auto& test) { return std::string{test.param.name}; });

/// Waits in B.2, N = 25: mean 97.2 s, 95 % within 136 s; talk share 0.346.
TEST(Study, AgentsWaitAsLongAsInTheStudy) {
    const StudyResult result = run_study(s3(8), controlled_by(Controller::Progressive, 101, 3));
    EXPECT_NEAR(result.mean_wait_s().value(), 97.2, 3);
    EXPECT_NEAR(result.p95_wait_s().value(), 136, 5);
    EXPECT_NEAR(result.total.talk_share(), 0.346, 0.01);
}

}  // namespace
}  // namespace bellwether::simulator
