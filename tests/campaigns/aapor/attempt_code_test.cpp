#include "campaigns/aapor/attempt_code.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::aapor {
namespace {

const CodeTable& table() {
    static const CodeTable kTable = *read_code_table("codes.csv", shipped_code_table());
    return kTable;
}

AttemptCode of(const AttemptFacts& facts) { return attempt_code(facts, table(), {}); }

AttemptFacts connected(const std::string& disposition) {
    static const auto kUsual = usual_dispositions();
    return {.outcome = Outcome::Connected,
            .disposition = disposition,
            .meaning = find_disposition(kUsual, disposition)};
}

// Expected codes: research/surveys.md 4.2, last column.
struct ByOutcome {
    Outcome outcome;
    AttemptCode expected;
};
void PrintTo(const ByOutcome& row, std::ostream* out) { *out << name_of(row.outcome); }

class AaporAttemptCodeTable : public testing::TestWithParam<ByOutcome> {};

TEST_P(AaporAttemptCodeTable, OutcomeAlone) {
    EXPECT_EQ(of({.outcome = GetParam().outcome}), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Outcomes, AaporAttemptCodeTable,
    testing::Values(
        ByOutcome{Outcome::Connected, {"3.21", true}}, ByOutcome{Outcome::Abandoned, {"3.90A"}},
        ByOutcome{Outcome::HungUp, {"3.21", true}},
        ByOutcome{Outcome::InterviewComplete, {"1.1", true}},
        ByOutcome{Outcome::InterviewPartial, {"2.12", true}},
        ByOutcome{Outcome::InterviewScreened, {"4.70", true}},
        ByOutcome{Outcome::InterviewQuotaFull, {"4.80", true}},
        ByOutcome{Outcome::InterviewRefused, {"2.12", true}},
        ByOutcome{Outcome::OptedOut, {"2.112", true}}, ByOutcome{Outcome::Machine, {"3.14"}},
        ByOutcome{Outcome::MessageLeft, {"3.14", false, true}}, ByOutcome{Outcome::Fax, {"4.20"}},
        ByOutcome{Outcome::Busy, {"3.12"}}, ByOutcome{Outcome::NoAnswer, {"3.13"}},
        ByOutcome{Outcome::Cancelled, {"3.13"}}, ByOutcome{Outcome::InvalidNumber, {"4.31"}},
        ByOutcome{Outcome::Rejected, {"3.15"}}, ByOutcome{Outcome::Congestion, {"3.16"}},
        ByOutcome{Outcome::Unknown, {"3.90"}}, ByOutcome{Outcome::Unreachable, {}},
        ByOutcome{Outcome::DestinationDenied, {}}, ByOutcome{Outcome::LocalFailure, {}},
        ByOutcome{Outcome::Withdrawn, {}}),
    [](const auto& row) {
        std::string name;
        for (const char c : name_of(row.param.outcome)) {
            if (c != '_') name.push_back(c);
        }
        return name;
    });

TEST(AaporAttemptCode, EveryCodeItGivesStandsInTheTable) {
    for (std::size_t i = 0; i < kEnumNames<Outcome>.size(); ++i) {
        const auto said = of({.outcome = static_cast<Outcome>(i)});
        EXPECT_TRUE(said.code.empty() || find_code(table(), said.code) != nullptr) << said.code;
    }
}

TEST(AaporAttemptCode, ANumberThatIsGoneHasChanged) {
    EXPECT_EQ(of({.outcome = Outcome::InvalidNumber, .sip_status = 410}).code, "4.41");
    EXPECT_EQ(of({.outcome = Outcome::InvalidNumber, .sip_status = 404}).code, "4.31");
}

TEST(AaporAttemptCode, AgentsSayWhatBecameOfTheCall) {
    EXPECT_EQ(of(connected("SALE")), (AttemptCode{"1.1", true}));
    EXPECT_EQ(of(connected("NI")), (AttemptCode{"2.11", true}));
    EXPECT_EQ(of(connected("DEC")), (AttemptCode{"2.11", true}));
    EXPECT_EQ(of(connected("DNC")), (AttemptCode{"2.112", true}));
    EXPECT_EQ(of(connected("NP")), (AttemptCode{"3.21", true}));
    EXPECT_EQ(of(connected("A")), (AttemptCode{"3.14", false}));
    EXPECT_EQ(of(connected("N")), (AttemptCode{"3.13", false}));
    EXPECT_EQ(of(connected("DC")), (AttemptCode{"4.32", false}));
    EXPECT_EQ(of(connected("LONG_GONE")), (AttemptCode{"3.90", false}));
}

TEST(AaporAttemptCode, ARefusalThatAnAgentTellsIsOne) {
    const Disposition soft{.code = "LATER", .effect = DispositionEffect::Refusal};
    EXPECT_EQ(of({.outcome = Outcome::Connected, .disposition = "LATER", .meaning = &soft}),
              (AttemptCode{"2.11", true}));
}

TEST(AaporAttemptCode, APromisedCallIsNoRefusal) {
    auto facts = connected("CALLBK");
    EXPECT_EQ(of(facts), (AttemptCode{"3.21", true}));
    facts.selected = true;
    EXPECT_EQ(of(facts), (AttemptCode{"2.21", true}));
    facts.interview_code = "2.12";  // broken off for a better time
    EXPECT_EQ(of(facts), (AttemptCode{"2.21", true}));
}

TEST(AaporAttemptCode, AnInterviewThatCameToItsEndDecides) {
    auto facts = connected("DNC");
    facts.interview_code = "1.1";
    EXPECT_EQ(of(facts), (AttemptCode{"1.1", true}));
    facts.interview_code = "4.80";
    EXPECT_EQ(of(facts), (AttemptCode{"4.80", true}));
    facts.interview_code = "2.12";
    EXPECT_EQ(of(facts), (AttemptCode{"2.112", true}));
    EXPECT_EQ(of({.outcome = Outcome::InterviewPartial, .interview_code = "1.2"}),
              (AttemptCode{"1.2", true}));
}

TEST(AaporAttemptCode, AHouseHasCodesOfItsOwn) {
    const auto house = read_disposition_codes("d.csv",
                                              "disposition,aapor\nNI,2.111\n"
                                              "LANG,2.332\nSHOP,4.51\n",
                                              table());
    ASSERT_TRUE(house.has_value());
    EXPECT_EQ(attempt_code(connected("NI"), table(), *house), (AttemptCode{"2.111", true}));
    EXPECT_EQ(attempt_code(connected("LANG"), table(), *house), (AttemptCode{"2.332", true}));
    EXPECT_EQ(attempt_code(connected("SHOP"), table(), *house), (AttemptCode{"4.51", true}));

    const auto faulty =
        read_disposition_codes("d.csv", "disposition,aapor\nNI,2.9\nNI,2.11\n", table());
    ASSERT_FALSE(faulty.has_value());
    ASSERT_EQ(faulty.error().size(), 2U);
    EXPECT_EQ(faulty.error()[0].row, 2U);
    EXPECT_EQ(faulty.error()[1].column, "disposition");
}

}  // namespace
}  // namespace bellwether::campaigns::aapor
