#include "campaigns/form/layout.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::form {
namespace {

TEST(Evened, FillsRowsUpToTheHeadersWidth) {
    EXPECT_EQ(evened("type,name,label\nnote,hello\n\ninteger,n,\"How \"\"many\"\", then?\"\n"),
              "type,name,label\nnote,hello,\n\ninteger,n,\"How \"\"many\"\", then?\"\n");
}

TEST(Evened, DropsEmptyCellsBehindTheHeaderAndKeepsFilledOnes) {
    EXPECT_EQ(evened("type,name,,\nnote,hello,,\nnote,bye,what\n"),
              "type,name\nnote,hello\nnote,bye,what\n");
}

TEST(Evened, HandsAFaultyRowOnAsItStands) {
    EXPECT_EQ(evened("type,name\nnote,a\"b\nnote,c\n"), "type,name\nnote,a\"b\nnote,c\n");
    EXPECT_EQ(evened("type,name\r\nnote,a\r"), "type,name\nnote,a\n");
    EXPECT_EQ(evened(""), "");
}

// The layout of pyxform's tests/example_xls/*.csv, written anew.
TEST(SplitSheets, ReadsTheLayoutWithTheSheetsNameInFront) {
    const auto parts = split_sheets(
        "\"survey\",,,\n"
        ",\"type\",\"name\",\"label\"\n"
        ",\"note\",\"hello\",\"Good day\"\n"
        "\n"
        ",\"select_one yn\",\"used\",\"Used?\"\n"
        "\"Choices\",\"list_name\",\"name\",\"label\"\n"
        ",\"yn\",\"yes\"\n");
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts.at("survey").csv,
              "type,name,label\nnote,hello,Good day\n\nselect_one yn,used,Used?\n");
    EXPECT_EQ(parts.at("survey").first_row, 2U);
    EXPECT_EQ(parts.at("choices").csv, "list_name,name,label\nyn,yes,\n");
    EXPECT_EQ(parts.at("choices").first_row, 6U);
}

TEST(SplitSheets, KeepsWhatStandsFirstOfASheetNamedTwice) {
    const auto parts = split_sheets("x,y\nsurvey\n,type,name\nsurvey\n,type,name\n,note,b\n");
    EXPECT_EQ(parts.at("survey").csv, "type,name\n");
    EXPECT_EQ(parts.at("survey ").csv, "type,name\nnote,b\n");
    EXPECT_TRUE(split_sheets("").empty());
}

}  // namespace
}  // namespace bellwether::campaigns::form
