#include "campaigns/csv_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bellwether::campaigns {
namespace {

std::string written(const std::vector<std::string_view>& fields, CsvFormat format = {}) {
    std::string out;
    EXPECT_TRUE(append_csv_row(out, fields, format).has_value());
    return out;
}

// Expected texts by the rules of RFC 4180 §2.
TEST(CsvWriter, QuotesOnlyWhatMustBe) {
    EXPECT_EQ(written({"a", "b c", ""}), "a,b c,\r\n");
    EXPECT_EQ(written({"a,b", "say \"hi\"", "two\nlines", "cr\r"}),
              "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\"\r\n");
    EXPECT_EQ(written({""}), "\"\"\r\n");
    EXPECT_EQ(written({"\xEF\xBB\xBF"
                       "a"}),
              "\"\xEF\xBB\xBF"
              "a\"\r\n");
}

TEST(CsvWriter, ChangesNothingForTheSakeOfSpreadsheets) {
    EXPECT_EQ(written({"+12025550123", "=1+1", "-5", "@x"}), "+12025550123,=1+1,-5,@x\r\n");
}

TEST(CsvWriter, WritesOtherFormats) {
    EXPECT_EQ(written({"a,b", "c|d"}, {.delimiter = '|', .line_end = "\n"}), "a,b|\"c|d\"\n");
}

TEST(CsvWriter, RefusesAZeroByteAndWritesNothing) {
    std::string out = "before";
    const std::vector<std::string_view> fields{"a", std::string_view{"\0", 1}};
    EXPECT_FALSE(append_csv_row(out, fields).has_value());
    EXPECT_EQ(out, "before");
}

}  // namespace
}  // namespace bellwether::campaigns
