#include "campaigns/export/csv_files.h"

#include <gtest/gtest.h>

#include "tests/campaigns/export/example.h"

namespace bellwether::campaigns::exports {
namespace {

TEST(CsvFiles, NoAnswerRunsAsAFormula) {
    for (const char* begin : {"=", "+", "-", "@", "\t", "\r", "\n"})
        EXPECT_EQ(harmless(std::string{begin} + "1"), std::string{"'"} + begin + "1");
    EXPECT_EQ(harmless("1+1"), "1+1");
    EXPECT_EQ(harmless(""), "");
}

TEST(CsvFiles, TheResearchersOwnKeysAndNumbersAreExact) {
    const auto files = csv_files(example_data());
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].name, "shops-2026.csv");
    EXPECT_NE(files[0].text.find("\r\n\"+12025550101\",\"11\""), std::string::npos);
    EXPECT_NE(files[0].text.find(",-9,-9,-9,-9,"), std::string::npos);
    EXPECT_NE(files[0].text.find("\"'=cmd|"), std::string::npos);
}

TEST(CsvFiles, AMegabyteOfTextIsWholeAndHasNoZeroByte) {
    auto data = example_data();
    Cell& said = data.rows[0][data.rows[0].size() - 2];
    said.text = std::string(1'000'000, 'x') + '\0' + "end";
    const auto text = csv_files(data)[0].text;
    EXPECT_NE(text.find(std::string(1'000'000, 'x') + " end\""), std::string::npos);
    EXPECT_EQ(text.find('\0'), std::string::npos);
}

TEST(CsvFiles, TheCodebookHasARowPerCodeAndLanguage) {
    const auto book = codebook_csv(example_data());
    EXPECT_NE(book.find(R"("shop",12,"SINGLE","Was u in de winkel?","Was u in de winkel?","nl",1,)"
                        R"("Ja","","yes",3,"","")"),
              std::string::npos)
        << book.substr(0, 4000);
    EXPECT_NE(book.find(R"("nl",-8,"Weet niet","yes","unsure",3)"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::campaigns::exports
