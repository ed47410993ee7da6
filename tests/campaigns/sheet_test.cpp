#include "campaigns/sheet.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace bellwether::campaigns {
namespace {

constexpr std::array<SheetColumn, 3> kColumns{
    {{"name", {}, true}, {"label", "caption"}, {"tel::keys"}}};

struct Read {
    Sheet sheet;
    std::vector<SheetProblem> problems;
};

Read read(std::string_view text) {
    Read result;
    result.sheet = read_sheet("survey.csv", text, kColumns, result.problems);
    return result;
}

std::vector<std::string> problems(std::string_view text) {
    std::vector<std::string> described;
    for (const SheetProblem& problem : read(text).problems) described.push_back(describe(problem));
    return described;
}

using Texts = std::vector<std::string>;

TEST(Sheet, OrdersItsCellsAsTheColumnsItKnows) {
    const Read result = read("Caption , NAME\n Hello , q1 \n");
    EXPECT_TRUE(result.problems.empty());
    ASSERT_EQ(result.sheet.rows.size(), 1U);
    EXPECT_EQ(result.sheet.rows[0].cells, (Texts{"q1", "Hello", ""}));
    EXPECT_EQ(result.sheet.rows[0].number, 2U);
}

TEST(Sheet, PassesOverEmptyRowsButCountsThem) {
    const Read result = read("name,label\n,\n\nq1,x\n");
    EXPECT_TRUE(result.problems.empty());
    ASSERT_EQ(result.sheet.rows.size(), 1U);
    EXPECT_EQ(result.sheet.rows[0].number, 4U);
}

TEST(Sheet, OfNoTextHasNoRowsAndNoProblems) {
    EXPECT_TRUE(read("").problems.empty());
    EXPECT_TRUE(read("").sheet.rows.empty());
}

TEST(Sheet, ReportsItsHeader) {
    EXPECT_EQ(
        problems("labell,city\n"),
        (Texts{"survey.csv, row 1, column labell: the column is not known; did you mean 'label'?",
               "survey.csv, row 1, column city: the column is not known; take it out; the columns "
               "known here are name, label, tel::keys",
               "survey.csv, row 1, column name: the column is missing; add it"}));
    EXPECT_EQ(problems("name,caption,label\n"),
              Texts{"survey.csv, row 1, column label: the column is there twice; take one out"});
    EXPECT_EQ(problems("name,\n"),
              Texts{"survey.csv, row 1: column 2 has no name; name it or take it out"});
}

TEST(Sheet, ReportsBrokenCsvAndTextWithTheirPlace) {
    EXPECT_EQ(
        problems("name,label\nq1\n"),
        Texts{"survey.csv, row 2: line 2, byte 1 of it: the row has 1 fields, the first row has 2; "
              "mend the CSV"});
    EXPECT_EQ(
        problems("name,label\nq1,J\xF8rgen\n"),
        Texts{"survey.csv, row 2, column label: byte 2 of the cell is not UTF-8; save the sheet as "
              "UTF-8"});
    EXPECT_EQ(
        problems("n\xF8,name\n"),
        Texts{"survey.csv, row 1: the name of column 1 is not UTF-8; save the sheet as UTF-8"});
}

TEST(Sheet, WithABrokenHeaderReportsThatAlone) {
    EXPECT_EQ(problems("na\"me,label\nq1,x\nq2,y\n").size(), 1U);
}

}  // namespace
}  // namespace bellwether::campaigns
