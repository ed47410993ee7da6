#include "campaigns/aapor/outcome_report.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::aapor {
namespace {

const CodeTable& table() {
    static const CodeTable kTable = *read_code_table("codes.csv", shipped_code_table());
    return kTable;
}

void add(std::vector<CaseResult>& cases, int count, const std::string& code, double weight = 1) {
    for (int i = 0; i < count; ++i) cases.push_back({code, weight});
}

TEST(AaporOutcomeReport, CountsByClassInTheOrderOfTheTable) {
    std::vector<CaseResult> cases;
    add(cases, 2, "4.80");
    add(cases, 3, "1.1");
    add(cases, 1, "3.13");
    const auto report = report_outcomes(table(), cases, {});
    EXPECT_EQ(report.cases, 6);
    ASSERT_EQ(report.codes.size(), 3U);
    EXPECT_EQ(report.codes[0].code->code, "1.1");
    EXPECT_EQ(report.codes[0].cases, 3);
    EXPECT_EQ(report.codes[2].code->code, "4.80");
    EXPECT_EQ(report.plain.tally.not_eligible, 2);
    EXPECT_EQ(report.plain.tally.not_eligible_households, 2);
    EXPECT_EQ(report.plain.tally.unknown_households, 1);
    EXPECT_EQ(report.plain.tally.all(), 6);
    EXPECT_FALSE(report.is_weighted);
}

// By hand: I 3, UH 1, NE 2: e = 3/5, RR3 = 3/3.6; with 4.80 as closed: NC 2, e = 1, RR3 = 3/6.
TEST(AaporOutcomeReport, TheSecondLineHasFilledQuotasClosedByDesign) {
    std::vector<CaseResult> cases;
    add(cases, 3, "1.1");
    add(cases, 1, "3.13");
    add(cases, 2, "4.80");
    const auto report = report_outcomes(table(), cases, {});
    EXPECT_NEAR(*report.plain.eligibility.e, 0.6, 1e-12);
    EXPECT_NEAR(*report.plain.rates.response[2], 3 / 3.6, 1e-12);
    EXPECT_EQ(report.closed_by_design.tally.noncontacts, 2);
    EXPECT_EQ(report.closed_by_design.tally.not_eligible_households, 0);
    EXPECT_NEAR(*report.closed_by_design.rates.response[2], 0.5, 1e-12);
}

// By hand: I weighs 2, R weighs 1 + 0.5: RR1 = 2/3.5.
TEST(AaporOutcomeReport, WeightsAreSumsOfBaseWeights) {
    std::vector<CaseResult> cases;
    add(cases, 1, "1.1", 2);
    add(cases, 1, "2.12", 1);
    add(cases, 1, "2.12", 0.5);
    const auto report = report_outcomes(table(), cases, {});
    EXPECT_TRUE(report.is_weighted);
    EXPECT_NEAR(*report.weighted.rates.response[0], 2 / 3.5, 1e-12);
    EXPECT_NEAR(*report.plain.rates.response[0], 1.0 / 3, 1e-12);
}

TEST(AaporOutcomeReport, PeopleWeHungUpOnAreCountedApart) {
    std::vector<CaseResult> cases{{"3.90A", 1, true}, {"2.12", 1, true}, {"1.1", 1, false}};
    const auto report = report_outcomes(table(), cases, {});
    EXPECT_EQ(report.ever_abandoned, 2);
    EXPECT_EQ(report.only_abandoned, 1);
    EXPECT_EQ(report.plain.tally.unknown_others, 1);
}

TEST(AaporOutcomeReport, OfNothingHasNoRates) {
    const auto report = report_outcomes(table(), {}, {});
    EXPECT_EQ(report.cases, 0);
    EXPECT_TRUE(report.codes.empty());
    EXPECT_FALSE(report.plain.rates.response[0].has_value());
}

}  // namespace
}  // namespace bellwether::campaigns::aapor
