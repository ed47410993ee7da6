#include "campaigns/aapor/code_table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "campaigns/aapor/assigned_codes.h"

namespace bellwether::campaigns::aapor {
namespace {

CodeTable shipped() {
    auto table = read_code_table("codes.csv", shipped_code_table());
    EXPECT_TRUE(table.has_value());
    return *std::move(table);
}

std::string with_row(const std::string& row) {
    return std::string{shipped_code_table()} + row + "\n";
}

std::string complaint_about(const std::string& text) {
    const auto table = read_code_table("mine.csv", text);
    EXPECT_FALSE(table.has_value());
    return table ? std::string{} : describe(table.error().front());
}

TEST(AaporCodeTable, TheShippedOneNamesItsEditionAndHasEveryClass) {
    const auto table = shipped();
    EXPECT_EQ(table.edition, "AAPOR Standard Definitions, 7th to 9th edition");
    for (std::size_t i = 0; i < kEnumNames<Class>.size(); ++i) {
        EXPECT_NE(std::ranges::count(table.codes, static_cast<Class>(i), &Code::counts_as), 0)
            << kEnumNames<Class>[i];
    }
}

// The class follows the family of the code (research/surveys.md 4.2).
TEST(AaporCodeTable, FamiliesAndClassesAgree) {
    for (const auto& code : shipped().codes) {
        const bool is_not_eligible = code.counts_as == Class::NotEligible;
        EXPECT_EQ(code.code.starts_with("4."), is_not_eligible) << code.code;
        EXPECT_EQ(code.code.starts_with("2.1"), code.counts_as == Class::Refusal) << code.code;
        EXPECT_EQ(code.code.starts_with("2.2"), code.counts_as == Class::NonContact) << code.code;
        EXPECT_EQ(code.code.starts_with("2.3"), code.counts_as == Class::Other) << code.code;
        EXPECT_EQ(code.code.starts_with("3.1"), code.counts_as == Class::UnknownHousehold)
            << code.code;
        EXPECT_FALSE(code.label.empty()) << code.code;
    }
}

TEST(AaporCodeTable, HouseholdsThatAreNotEligibleAreThree) {
    std::vector<std::string> households;
    for (const auto& code : shipped().codes) {
        if (code.household) households.push_back(code.code);
    }
    EXPECT_EQ(households, (std::vector<std::string>{"4.54", "4.70", "4.80"}));
}

TEST(AaporCodeTable, AnotherEditionMayReplaceIt) {
    std::string text{shipped_code_table()};
    for (std::size_t at = 0; (at = text.find("7th to 9th", at)) != std::string::npos;)
        text.replace(at, 10, "10th");
    const auto table = read_code_table("tenth.csv", text);
    ASSERT_TRUE(table.has_value());
    EXPECT_EQ(table->edition, "AAPOR Standard Definitions, 10th edition");
}

TEST(AaporCodeTable, NamesTheFaultyCell) {
    EXPECT_NE(complaint_about(with_row("1.1,Again,I,,10,x")).find("mine.csv, row 60, column code"),
              std::string::npos)
        << complaint_about(with_row("1.1,Again,I,,10,x"));
    EXPECT_NE(complaint_about(with_row("9.9,New,Q,,10,x")).find("column class"), std::string::npos);
    EXPECT_NE(complaint_about(with_row("9.9,New,I,maybe,10,x")).find("column household"),
              std::string::npos);
    EXPECT_NE(complaint_about(with_row("9.9,New,I,,200,x")).find("column rank"), std::string::npos);
    EXPECT_NE(complaint_about(with_row("9.9,New,I,,10,2nd")).find("column edition"),
              std::string::npos);
}

TEST(AaporCodeTable, MustHaveWhatTheProgramAssigns) {
    const auto table =
        read_code_table("mine.csv", "code,label,class,household,rank,edition\n1.1,C,I,,10,x\n");
    ASSERT_FALSE(table.has_value());
    EXPECT_EQ(table.error().size(), kAssigned.size() - 1);
}

TEST(AaporCodeTable, FindsByCode) {
    const auto table = shipped();
    EXPECT_EQ(find_code(table, "2.112")->label, "Known-respondent refusal");
    EXPECT_EQ(level_of(*find_code(table, "3.90A")), 10);
    EXPECT_EQ(find_code(table, "2.1120"), nullptr);
}

}  // namespace
}  // namespace bellwether::campaigns::aapor
