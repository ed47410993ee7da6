#include "campaigns/export/spss.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/campaigns/export/example.h"

// That the syntax runs and reads every value is tried with PSPP by
// scripts/reference/survey_files.py.

namespace bellwether::campaigns::exports {
namespace {

std::string syntax_of(const Dataset& data) { return spss_files(data).at(1).text; }

TEST(Spss, WeighsLastAndOnlyWhereThereIsAWeight) {
    auto data = example_data();
    EXPECT_TRUE(syntax_of(data).ends_with("WEIGHT BY weight.\nEXECUTE.\n"));
    data.weighting.clear();
    EXPECT_EQ(syntax_of(data).find("WEIGHT BY"), std::string::npos);
}

TEST(Spss, NoLineIsTooLongForOldReaders) {
    auto data = example_data();
    for (auto& variable : data.variables) variable.labels[0] = std::string(600, '\'');
    std::istringstream lines{syntax_of(data)};
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 256U) << line;
}

TEST(Spss, DeclaresNonresponseAndSets) {
    const auto syntax = syntax_of(example_data());
    EXPECT_NE(syntax.find("MISSING VALUES shop (-9 THRU -7)."), std::string::npos);
    EXPECT_NE(syntax.find("MRSETS /MDGROUP NAME=$brands"), std::string::npos);
    EXPECT_NE(syntax.find("'Which brands do you know?: Béta''s'"), std::string::npos);
}

TEST(Spss, ALongQuestionLeavesItsChoicesTheirWords) {
    auto data = example_data();
    for (auto& variable : data.variables) variable.labels[0] = std::string(400, 'q');
    const auto syntax = syntax_of(data);
    EXPECT_NE(syntax.find("q: Alpha'"), std::string::npos);
    EXPECT_NE(syntax.find("q: Béta''s'"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::campaigns::exports
