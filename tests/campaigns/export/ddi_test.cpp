#include "campaigns/export/ddi.h"

#include <gtest/gtest.h>

#include "tests/campaigns/export/example.h"

// Structure: scripts/reference/survey_files.py.

namespace bellwether::campaigns::exports {
namespace {

TEST(Ddi, SaysWhatTheStudyIs) {
    const auto text =
        ddi_files(example_data(), {"S-1", "0.1", "Telephone", "AAPOR RR3 0.4"}).at(0).text;
    EXPECT_NE(text.find("<titl>Shops &amp; streets</titl><IDNo>S-1</IDNo>"), std::string::npos);
    EXPECT_NE(text.find("<anlyInfo><respRate>AAPOR RR3 0.4</respRate></anlyInfo>"),
              std::string::npos);
    EXPECT_NE(text.find("wgt=\"wgt\""), std::string::npos);
    EXPECT_NE(text.find("<weight>Base weight raked to sex and region.</weight>"),
              std::string::npos);
}

TEST(Ddi, LeavesOutWhatIsNotKnown) {
    auto data = example_data();
    data.weighting.clear();
    const auto text = ddi_files(data, {}).at(0).text;
    EXPECT_EQ(text.find("<method>"), std::string::npos);
    EXPECT_EQ(text.find("<IDNo>"), std::string::npos);
    EXPECT_EQ(text.find("wgt="), std::string::npos);
}

}  // namespace
}  // namespace bellwether::campaigns::exports
