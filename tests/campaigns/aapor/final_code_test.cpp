#include "campaigns/aapor/final_code.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::aapor {
namespace {

using namespace std::chrono_literals;

const CodeTable& table() {
    static const CodeTable kTable = *read_code_table("codes.csv", shipped_code_table());
    return kTable;
}

constexpr UtcTime kStart{1'780'000'000s};

enum Who { Nobody, Human };

/// An attempt `hours` after the start.
CaseAttempt at(int hours, const std::string& code, Who who = Nobody, std::size_t number = 0) {
    return {.said = {code, who == Human, false},
            .at = kStart + std::chrono::hours{hours},
            .number = number};
}

FinalCode of(std::vector<CaseAttempt> attempts, const CaseRules& rules = {},
             std::size_t numbers = 1) {
    return final_code(table(), {std::move(attempts), numbers}, rules);
}

// Each rule: research/surveys.md 4.4.

TEST(AaporFinalCode, AnInterviewOutranksAll) {
    const auto final = of({at(0, "2.112", Human), at(1, "1.1", Human), at(2, "3.13")});
    EXPECT_EQ(final.code, "1.1");
    EXPECT_EQ(final.attempt, 1U);
}

TEST(AaporFinalCode, ARefusalIsNotOutrankedByWhatCameLater) {
    EXPECT_EQ(of({at(0, "2.12", Human), at(30, "3.13"), at(60, "3.14"), at(90, "3.12")}).code,
              "2.12");
    EXPECT_EQ(of({at(0, "2.112", Human), at(1, "2.12", Human)}).code, "2.112");
    EXPECT_EQ(of({at(0, "2.111", Human), at(1, "2.11", Human)}).code, "2.11") << "the latest";
}

TEST(AaporFinalCode, IneligibilityThatAPersonToldCountsAfterTheLastEligibility) {
    EXPECT_EQ(of({at(0, "2.12", Human), at(1, "4.70", Human)}).code, "4.70");
    EXPECT_EQ(of({at(0, "4.70", Human), at(1, "2.12", Human)}).code, "2.12");
    EXPECT_EQ(of({at(0, "4.70", Human), at(1, "3.13")}).code, "4.70");
    EXPECT_EQ(of({at(0, "4.70", Nobody)}).code, "3.10") << "no person told it";
}

TEST(AaporFinalCode, NonContactNeedsProofThatSomebodyIsThere) {
    EXPECT_EQ(of({at(0, "2.20")}).code, "3.13");
    EXPECT_EQ(of({at(0, "2.222")}).code, "3.14");
    EXPECT_EQ(of({at(0, "2.20")}).adjustment, Adjustment::NoProof);
    EXPECT_EQ(of({at(0, "3.21", Human), at(1, "2.20")}).code, "2.20");
    EXPECT_EQ(of({at(0, "2.20"), at(1, "3.21", Human)}).code, "3.21") << "known only later";
    EXPECT_EQ(of({at(0, "2.20")}, {.sample = SampleKind::NamedList}).code, "2.20");
}

TEST(AaporFinalCode, AMachineOfAKnownHouseholdIsNonContact) {
    auto left = at(5, "3.14");
    left.said.message_left = true;
    EXPECT_EQ(of({at(0, "3.21", Human), left}).code, "2.221");
    EXPECT_EQ(of({at(0, "3.21", Human), at(5, "3.14")}).code, "2.222");
    auto greets = at(5, "3.14");
    greets.household_greets = true;
    EXPECT_EQ(of({greets}).code, "2.222");
    EXPECT_EQ(of({at(5, "3.14")}).code, "3.14");
}

TEST(AaporFinalCode, ADeadNumberIsConfirmedADayLater) {
    EXPECT_EQ(of({at(0, "4.31")}).code, "3.16");
    EXPECT_EQ(of({at(0, "4.31")}).adjustment, Adjustment::NotConfirmed);
    EXPECT_EQ(of({at(0, "4.31"), at(23, "4.31")}).code, "3.16");
    EXPECT_EQ(of({at(0, "4.31"), at(24, "4.32")}).code, "4.32");
    EXPECT_EQ(of({at(0, "4.31")}, {.confirm_nonworking = 1}).code, "4.31");
    EXPECT_EQ(of({at(0, "3.21", Human), at(24, "4.31"), at(60, "4.31")}).code, "3.21")
        << "somebody was reached on it";
}

TEST(AaporFinalCode, OutOfServiceNeedsEveryAttemptOfFourteenDays) {
    EXPECT_EQ(of({at(0, "4.33"), at(48, "4.33")}).code, "4.33");
    EXPECT_EQ(of({at(0, "4.33"), at(24, "3.13"), at(48, "4.33")}).code, "3.16");
    EXPECT_EQ(of({at(0, "3.13"), at(24 * 15, "4.33"), at(24 * 20, "4.33")}).code, "4.33")
        << "the other attempt is older";
}

TEST(AaporFinalCode, ADeadNumberDoesNotCloseACaseWithAnother) {
    const auto dead = [](std::size_t number) {
        return std::vector{at(0, "4.31", Nobody, number), at(30, "4.31", Nobody, number)};
    };
    auto attempts = dead(0);
    attempts.push_back(at(2, "3.12", Nobody, 1));
    EXPECT_EQ(of(attempts, {}, 2).code, "3.12") << "busy at every attempt that could be answered";
    EXPECT_EQ(of(dead(0), {}, 2).code, "3.10") << "the other was not tried";
    attempts = dead(0);
    for (const auto& attempt : dead(1)) attempts.push_back(attempt);
    EXPECT_EQ(of(attempts, {}, 2).code, "4.31");
}

TEST(AaporFinalCode, AlwaysBusyIsBusyEveryTime) {
    EXPECT_EQ(of({at(0, "3.12"), at(1, "3.12")}).code, "3.12");
    const auto mixed = of({at(0, "3.13"), at(1, "3.12")});
    EXPECT_EQ(mixed.code, "3.13");
    EXPECT_EQ(mixed.adjustment, Adjustment::BusyAndOther);
    EXPECT_EQ(of({at(0, "3.12"), at(1, "")}).code, "3.12") << "our own failure is no attempt";
}

TEST(AaporFinalCode, NobodyReachedOnAListThatVouchesIsNonContact) {
    EXPECT_EQ(of({at(0, "3.13")}, {.sample = SampleKind::NamedList}).code, "3.13");
    EXPECT_EQ(of({at(0, "3.12"), at(1, "3.13")},
                 {.sample = SampleKind::NamedList, .list_is_eligible = true})
                  .code,
              "2.20");
}

TEST(AaporFinalCode, AbandonedCountsOnlyWhereNothingElseIsKnown) {
    EXPECT_EQ(of({at(0, "3.90A"), at(1, "3.13")}).code, "3.90A");
    EXPECT_EQ(of({at(0, "3.90A"), at(1, "2.12", Human)}).code, "2.12");
    EXPECT_EQ(of({at(0, "3.90A"), at(1, "3.21", Human)}).code, "3.21");
}

TEST(AaporFinalCode, WithoutAttemptsItWasNotAttempted) {
    EXPECT_EQ(of({}).code, "3.11");
    EXPECT_EQ(of({at(0, ""), at(1, "")}).code, "3.11");
    EXPECT_EQ(of({}).attempt, std::nullopt);
}

TEST(AaporFinalCode, SaysWhy) {
    EXPECT_EQ(explain(of({at(0, "4.31")}), 1),
              "3.16 by attempt 1 of 1: found dead, but not by enough calls a day apart");
    EXPECT_EQ(explain(of({}), 0), "3.11: never dialed");
}

}  // namespace
}  // namespace bellwether::campaigns::aapor
