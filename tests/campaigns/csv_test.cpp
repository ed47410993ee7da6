#include "campaigns/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/campaigns/csv_support.h"

namespace bellwether::campaigns {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Inputs and expected rows of RFC 4180 §2, rules 1 to 7.
TEST(Csv, FollowsTheRulesOfRfc4180) {
    EXPECT_EQ(read_text("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n").rows,
              (Rows{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
    EXPECT_EQ(read_text("aaa,bbb,ccc\r\nzzz,yyy,xxx").rows,
              (Rows{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
    EXPECT_EQ(read_text("field_name,field_name,field_name\r\naaa,bbb,ccc\r\n").rows.size(), 2U);
    EXPECT_EQ(read_text("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx").rows,
              (Rows{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
    EXPECT_EQ(read_text("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx").rows,
              (Rows{{"aaa", "b\r\nbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
    EXPECT_EQ(read_text("\"aaa\",\"b\"\"bb\",\"ccc\"").rows, (Rows{{"aaa", "b\"bb", "ccc"}}));
}

TEST(Csv, KeepsSpacesAndEmptyFields) {
    EXPECT_EQ(read_text(" a ,,\n,,b\n").rows, (Rows{{" a ", "", ""}, {"", "", "b"}}));
    EXPECT_EQ(read_text("a,\"\",\"\"\"\"\n").rows, (Rows{{"a", "", "\""}}));
    EXPECT_EQ(read_text("a,b,").rows, (Rows{{"a", "b", ""}}));
}

TEST(Csv, TakesLineFeedsAndMixedLineEnds) {
    EXPECT_EQ(read_text("a\nb\r\nc").rows, (Rows{{"a"}, {"b"}, {"c"}}));
}

TEST(Csv, PassesOverAByteOrderMark) {
    EXPECT_EQ(read_text("\xEF\xBB\xBF"
                        "a,b\n")
                  .rows,
              (Rows{{"a", "b"}}));
    EXPECT_EQ(read_text("\xEF\xBB\xBF").rows, Rows{});
    EXPECT_EQ(read_text("a\n\xEF\xBB\xBF"
                        "b\n")
                  .rows,
              (Rows{{"a"},
                    {"\xEF\xBB\xBF"
                     "b"}}));
}

TEST(Csv, NothingIsNoRow) { EXPECT_TRUE(read_text("").rows.empty()); }

TEST(Csv, EmptyLinesAreCountedAndPassedOver) {
    const CsvContents contents = read_text("a,b\n\n\r\nc,d\n\n");
    EXPECT_EQ(contents.rows, (Rows{{"a", "b"}, {"c", "d"}}));
    EXPECT_TRUE(contents.faults.empty());
    EXPECT_EQ(contents.places[1], (CsvPlace{.row = 4, .line = 4, .column = 1, .byte = 7}));
    EXPECT_EQ(read_text("a\n\"\"\n").rows, (Rows{{"a"}, {""}}));  // a row with an empty field
}

TEST(Csv, KnowsWhereEachRowStands) {
    const CsvContents contents = read_text("a,b\r\n\"x\ny\n\",2\r\nc,d\r\n");
    ASSERT_EQ(contents.places.size(), 3U);
    EXPECT_EQ(contents.places[0], (CsvPlace{.row = 1, .line = 1, .column = 1, .byte = 0}));
    EXPECT_EQ(contents.places[1], (CsvPlace{.row = 2, .line = 2, .column = 1, .byte = 5}));
    EXPECT_EQ(contents.places[2], (CsvPlace{.row = 3, .line = 5, .column = 1, .byte = 15}));
}

TEST(Csv, CountsBytesFromBeforeTheByteOrderMark) {
    const CsvContents contents = read_text(
        "\xEF\xBB\xBF"
        "a\nb\n");
    EXPECT_EQ(contents.places[0].byte, 3U);
    EXPECT_EQ(contents.places[1].byte, 5U);
}

TEST(Csv, ReadsOtherDelimiters) {
    EXPECT_EQ(read_text("a|b,c\n", {.delimiter = '|'}).rows, (Rows{{"a", "b,c"}}));
    EXPECT_EQ(read_text("a\t\"b\tc\"\n", {.delimiter = '\t'}).rows, (Rows{{"a", "b\tc"}}));
}

struct FaultCase {
    const char* name;
    std::string text;
    CsvFaultKind kind;
    CsvPlace at;
    std::size_t field;
    std::string raw;
    std::size_t rows_read;  // before and after it
};
void PrintTo(const FaultCase& row, std::ostream* out) { *out << row.name; }

class CsvFaultTable : public testing::TestWithParam<FaultCase> {};

TEST_P(CsvFaultTable, IsPlacedAndCostsItsRowAlone) {
    const FaultCase& row = GetParam();
    const CsvContents contents = read_text(row.text);
    ASSERT_EQ(contents.faults.size(), 1U);
    EXPECT_EQ(name_of(contents.faults[0].kind), name_of(row.kind));
    EXPECT_EQ(contents.faults[0].at.row, row.at.row);
    EXPECT_EQ(contents.faults[0].at.line, row.at.line);
    EXPECT_EQ(contents.faults[0].at.column, row.at.column);
    EXPECT_EQ(contents.faults[0].at.byte, row.at.byte);
    EXPECT_EQ(contents.faults[0].field, row.field);
    EXPECT_EQ(contents.raws[0], row.raw);
    EXPECT_EQ(contents.rows.size(), row.rows_read);
}

// Places counted by hand: row, line, column (from 1), byte (from 0).
INSTANTIATE_TEST_SUITE_P(
    Cases, CsvFaultTable,
    testing::Values(
        FaultCase{"QuoteInside",
                  "a,b\nx,5\" pipe\nc,d\n",
                  CsvFaultKind::StrayQuote,
                  {2, 2, 4, 7},
                  2,
                  "x,5\" pipe",
                  2},
        FaultCase{"TextAfterQuote",
                  "a,b\n\"x\"y,z\nc,d\n",
                  CsvFaultKind::StrayQuote,
                  {2, 2, 4, 7},
                  1,
                  "\"x\"y,z",
                  2},
        FaultCase{"SpaceAfterQuote",
                  "a,b\n\"x\" ,z\nc,d\n",
                  CsvFaultKind::StrayQuote,
                  {2, 2, 4, 7},
                  1,
                  "\"x\" ,z",
                  2},
        FaultCase{"Nul",
                  std::string{"a,b\nx,\0\nc,d\n", 12},
                  CsvFaultKind::NulByte,
                  {2, 2, 3, 6},
                  2,
                  std::string{"x,\0", 3},
                  2},
        FaultCase{"NulInQuotes",
                  std::string{"a,b\nx,\"y\n\0\"\nc,d\n", 16},
                  CsvFaultKind::NulByte,
                  {2, 3, 1, 9},
                  2,
                  std::string{"x,\"y\n\0\"", 7},
                  2},
        FaultCase{"CarriageReturnAlone",
                  "a,b\nx\ry,z\nc,d\n",
                  CsvFaultKind::StrayCarriageReturn,
                  {2, 2, 2, 5},
                  1,
                  "x\ry,z",
                  2},
        FaultCase{"CarriageReturnLast",
                  "a\nb\r",
                  CsvFaultKind::StrayCarriageReturn,
                  {2, 2, 2, 3},
                  1,
                  "b\r",
                  1},
        FaultCase{
            "TooFewFields", "a,b\nx\nc,d\n", CsvFaultKind::WrongWidth, {2, 2, 1, 4}, 1, "x", 2},
        FaultCase{"TooManyForTheHeader",
                  "a,b\nx,y,z\r\nc,d\n",
                  CsvFaultKind::WrongWidth,
                  {2, 2, 1, 4},
                  3,
                  "x,y,z",
                  2},
        FaultCase{"OpenQuote",
                  "a,b\nx,\"y\nc,d\ne,f\n",
                  CsvFaultKind::UnterminatedQuote,
                  {2, 2, 3, 6},
                  2,
                  "x,\"y",
                  3},
        FaultCase{"OpenQuoteAfterALineBreak",
                  "a,b\n\"x\n1\",\"y\r\nc,d\n",
                  CsvFaultKind::UnterminatedQuote,
                  {2, 3, 4, 10},
                  2,
                  "\"x\n1\",\"y",
                  2},
        FaultCase{"OpenQuoteLast",
                  "a,b\nx,\"",
                  CsvFaultKind::UnterminatedQuote,
                  {2, 2, 3, 6},
                  2,
                  "x,\"",
                  1}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(CsvFault, IsDescribedWithItsPlaceAndMendButNotItsText) {
    const CsvContents contents = read_text("name,phone\nJane,+12025550123\nsecret\n");
    ASSERT_EQ(contents.faults.size(), 1U);
    EXPECT_EQ(describe(contents.faults[0]),
              "row 3, line 3, column 1: the row has 1 fields, the first row has 2");
    const std::string stray = describe(read_text("a\n\"Jane\"x\n").faults.at(0));
    EXPECT_EQ(stray.find("Jane"), std::string::npos);
    EXPECT_NE(stray.find("row 2, line 2, column 7: "), std::string::npos);
}

TEST(Csv, RowsMayDifferInWidthIfAsked) {
    EXPECT_EQ(read_text("a,b\nc\n", {.same_width = false}).rows, (Rows{{"a", "b"}, {"c"}}));
}

TEST(CsvLimits, ALongRowIsOneFaultAndTheNextIsRead) {
    // One row within the read-ahead, one beyond it: both are over the limit.
    for (const std::size_t size : {std::size_t{40}, std::size_t{2'000'000}}) {
        const std::string text = "a\n" + std::string(size, 'x') + "\nb\n";
        const CsvContents contents = read_text(text, {.row_bytes_max = 20});
        EXPECT_EQ(contents.rows, (Rows{{"a"}, {"b"}})) << size;
        ASSERT_EQ(contents.faults.size(), 1U) << size;
        EXPECT_EQ(contents.faults[0].kind, CsvFaultKind::RowTooLong);
        EXPECT_EQ(contents.places[1],
                  (CsvPlace{.row = 3, .line = 3, .column = 1, .byte = size + 3}));
    }
}

TEST(CsvLimits, AnOpenQuoteLosesNoRowOfALargeFile) {
    std::string text = "a,b\nx,\"y\n";
    constexpr std::size_t kRows = 100'000;
    for (std::size_t i = 0; i < kRows; ++i) text += "cc,dd\n";
    const CsvContents contents = read_text(text);
    EXPECT_EQ(contents.rows.size(), kRows + 1);
    ASSERT_EQ(contents.faults.size(), 1U);
    EXPECT_EQ(contents.faults[0].kind, CsvFaultKind::UnterminatedQuote);
    EXPECT_EQ(contents.places.back().row, kRows + 2);
    EXPECT_EQ(contents.places.back().line, kRows + 2);
    EXPECT_EQ(contents.places.back().byte, text.size() - 6);
}

TEST(CsvLimits, TooManyFieldsAreOneFault) {
    const CsvContents contents =
        read_text("a,b\n1,2,3,4,5,6\nc,d\n", {.same_width = false, .fields_max = 3});
    EXPECT_EQ(contents.rows, (Rows{{"a", "b"}, {"c", "d"}}));
    ASSERT_EQ(contents.faults.size(), 1U);
    EXPECT_EQ(contents.faults[0].kind, CsvFaultKind::TooManyFields);
}

class BrokenSource final : public ByteSource {
public:
    Result<std::span<const char>> next_chunk() override {
        if (!std::exchange(first_, false)) return fail(Errc::Unavailable, "the disk is gone");
        return std::span<const char>{kText.data(), kText.size()};
    }

private:
    static constexpr std::string_view kText = "a,b\nc,d\ne,";
    bool first_ = true;
};

TEST(Csv, AFailingSourceFailsTheReader) {
    BrokenSource source;
    CsvReader reader{source};
    auto step = reader.next();
    while (step && *step == CsvStep::Row) step = reader.next();
    ASSERT_FALSE(step.has_value());
    EXPECT_EQ(step.error().detail, "the disk is gone");
}

TEST(Csv, AfterTheEndComesTheEnd) {
    TextSource source{"a\n"};
    CsvReader reader{source};
    EXPECT_EQ(reader.next().value(), CsvStep::Row);
    EXPECT_EQ(reader.row().raw, "a");
    EXPECT_EQ(reader.next().value(), CsvStep::End);
    EXPECT_EQ(reader.next().value(), CsvStep::End);
}

TEST(CsvDeath, ADelimiterThatMeansSomethingElseIsABug) {
    TextSource source{""};
    EXPECT_DEATH((CsvReader{source, {.delimiter = '"'}}), "internal check failed");
}

}  // namespace
}  // namespace bellwether::campaigns
