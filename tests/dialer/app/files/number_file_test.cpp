#include "dialer/app/files/number_file.h"

#include <gtest/gtest.h>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

class NumberFileTest : public ::testing::Test {
protected:
    Result<NumberFile> read(const std::string& text, const std::string& region = "US") {
        write_file(folder_ / "n.csv", text);
        return read_number_file(folder_ / "n.csv", region);
    }
    TempFolder folder_;
};

TEST_F(NumberFileTest, ReadsABareListOfNumbers) {
    const auto file = read("+12025550101\n(202) 555-0102\n\n2025550103\n");
    ASSERT_TRUE(file) << file.error().detail;
    ASSERT_EQ(file->numbers.size(), 3U);
    EXPECT_EQ(file->numbers[1].e164(), "+12025550102");
}

TEST_F(NumberFileTest, ReadsTheColumnThatTheHeadingNames) {
    const auto file = read("name,phone\r\nAda,+12025550101\r\n");
    ASSERT_TRUE(file) << file.error().detail;
    ASSERT_EQ(file->numbers.size(), 1U);
}

TEST_F(NumberFileTest, AFaultyRowCostsItselfAloneAndIsNotRepeated) {
    const auto file = read("phone\n+12025550101\nnot-a-number-4711\n+12025550102\n");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->read, 3);
    ASSERT_EQ(file->rejects.size(), 1U);
    EXPECT_EQ(file->rejects[0].row, 3U);
    EXPECT_EQ(file->rejects[0].reason.find("4711"), std::string::npos);
}

TEST_F(NumberFileTest, RefusesAHeadingWithoutPhone) {
    EXPECT_FALSE(read("name,town\nAda,Paris\n"));
}

TEST_F(NumberFileTest, RefusesWhatIsNoFile) {
    EXPECT_EQ(read_number_file(folder_ / "none", "").error().code, Errc::NotFound);
    EXPECT_EQ(read_number_file(folder_.path(), "").error().code, Errc::InvalidInput);
}

}  // namespace
}  // namespace bellwether::app
