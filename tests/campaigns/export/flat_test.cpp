#include "campaigns/export/flat.h"

#include <gtest/gtest.h>

#include "tests/campaigns/export/example.h"

namespace bellwether::campaigns::exports {
namespace {

TEST(Flat, AMultipleIsAColumnPerChoice) {
    const auto data = example_data();
    std::vector<std::string> names;
    for (const auto& column : flat_columns(data)) {
        if (column.part != nullptr) names.push_back(column.name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"brands_1", "brands_2", "brands_3"}));
}

TEST(Flat, NothingAskedIsEmptyAndNoneMentionedIsZero) {
    const Category category{2, {"B"}, "b", false};
    const FlatColumn part{0, &category, "x_2"};
    EXPECT_EQ(flat_text(part, {}), "");
    EXPECT_EQ(flat_text(part, {.state = Cell::State::Value}), "0");
    EXPECT_EQ(flat_text(part, {.state = Cell::State::Value, .codes = {1, 2}}), "1");
    EXPECT_EQ(flat_text(part, {.state = Cell::State::Missing, .code = kRefused}), "-9");
}

TEST(Flat, LinesAreNotBroken) {
    EXPECT_EQ(on_one_line("a\r\nb\tc\x7F"), "a  b c ");
    EXPECT_EQ(quoted("say \"hi\""), "\"say \"\"hi\"\"\"");
}

TEST(Flat, CutsBetweenCodePoints) {
    EXPECT_EQ(cut_to("été", 9), "été");
    EXPECT_EQ(cut_to("été", 4), "ét");
    EXPECT_EQ(cut_to("été", 3), "ét");
    EXPECT_EQ(cut_to("été", 1), "");
}

TEST(Flat, PlainCsvSaysWhatWasSaid) {
    const auto csv = plain_csv(example_data());
    EXPECT_NE(csv.find(R"("=cmd|' /C calc'!A0, ""quoted"" & <b> second line: été",10)"
                       "\n"),
              std::string::npos)
        << csv;
    EXPECT_TRUE(csv.starts_with("case_id,interview_id,outcome,"));
}

}  // namespace
}  // namespace bellwether::campaigns::exports
