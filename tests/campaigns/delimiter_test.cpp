#include "campaigns/delimiter.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

struct Sample {
    const char* name;
    const char* text;
    char delimiter;
};
void PrintTo(const Sample& row, std::ostream* out) { *out << row.name; }

class DelimiterTable : public testing::TestWithParam<Sample> {};

TEST_P(DelimiterTable, IsFound) {
    EXPECT_EQ(find_delimiter(GetParam().text), GetParam().delimiter);
}

INSTANTIATE_TEST_SUITE_P(
    Samples, DelimiterTable,
    testing::Values(
        Sample{"Comma", "phone,name\n+12025550101,Ann\n", ','},
        Sample{"Semicolon", "phone;name;city\n+12025550101;Ann;Bonn\n", ';'},
        Sample{"Tab", "phone\tname\n+12025550101\tAnn\n", '\t'},
        Sample{"Pipe", "A1|1|101|1|2025550101|Mr|Al\nA2|1|101|1|2025550102|Ms|Bo\n", '|'},
        Sample{"CommasInNames", "phone;name\n1;Hara, Jr\n2;Bo\n3;Cy, Sr\n", ';'},
        Sample{"CommasInQuotes", "phone;\"last, first\"\n1;\"Hara, Ann\"\n2;\"Doe, Bo\"\n", ';'},
        Sample{"DecimalCommas", "phone;score\n1;3,5\n2;4,5\n3;1,0\n", ';'},
        Sample{"OneColumn", "phone\n2025550101\n2025550102\n", ','},
        Sample{"NoLineEnd", "phone;name", ';'}, Sample{"Empty", "", ','},
        Sample{"CutInARow", "a;b;c\n1;2;3\n4;5,6,7,8,9", ';'},
        Sample{"AFaultyRow", "a,b,c\n1,2,3\n4,5\n6,7,8\n", ','},
        Sample{"WindowsLineEnds", "a\tb\r\n1\t2\r\n", '\t'}),
    [](const auto& row) { return row.param.name; });

TEST(Delimiter, HasNames) {
    for (const char delimiter : kDelimiters)
        EXPECT_EQ(delimiter_named(delimiter_name(delimiter)), delimiter);
    EXPECT_EQ(delimiter_named(";"), ';');
    EXPECT_EQ(delimiter_named("\\t"), '\t');
    EXPECT_EQ(delimiter_named("dot"), std::nullopt);
}

}  // namespace
}  // namespace bellwether::campaigns
