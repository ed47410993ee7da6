#include "dialer/app/files/conversion_table.h"

#include <gtest/gtest.h>

#include "dialer/app/files/campaign_file.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

constexpr const char* kRefusal =
    "[[dispositions]]\ncode = \"SOFT\"\nkey = \"1\"\neffect = \"refusal\"\nstrength = \"soft\"\n";

class ConversionTable : public testing::Test {
protected:
    void SetUp() override { write_wav(folder_.path() / "sorry.wav"); }

    Checked<CampaignFile> parse(const std::string& more, const std::string& mode = "predictive",
                                int attempts = 6) {
        const std::string text =
            "name = \"spring\"\nlist = \"people\"\npurpose = \"survey\"\n"
            "caller_id = \"+12025550100\"\nsafe_harbour = \"sorry.wav\"\n"
            "notice = \"sorry.wav\"\ndial_mode = \"" +
            mode + "\"\n[retry]\nattempts = " + std::to_string(attempts) +
            "\n[hours]\nzone = \"Europe/Amsterdam\"\n"
            "windows = [{days = \"daily\", from = \"00:00\", to = \"24:00\"}]\n" +
            more;
        std::string plain = text;
        if (mode != "unattended") plain.erase(plain.find("notice = "), 21);
        return parse_campaign({.text = plain,
                               .name = "spring.toml",
                               .folder = folder_.path(),
                               .now = UtcTime{std::chrono::seconds{1'774'738'800}}});
    }
    std::string problem(const std::string& more, const std::string& mode = "predictive",
                        int attempts = 6) {
        const auto file = parse(more, mode, attempts);
        return file ? "none" : to_text(file.error());
    }

    TempFolder folder_;
};

TEST_F(ConversionTable, IsOffUnlessTheFileSaysOtherwise) {
    const auto plain = parse(kRefusal);
    ASSERT_TRUE(plain) << to_text(plain.error());
    EXPECT_FALSE(plain->spec.conversion);
    const auto off = parse(std::string{"[conversion]\nenabled = false\n"} + kRefusal);
    ASSERT_TRUE(off) << to_text(off.error());
    EXPECT_FALSE(off->spec.conversion);
    EXPECT_NE(problem("[conversion]\ncooling = \"7d\"\n").find("enabled"), std::string::npos);
}

TEST_F(ConversionTable, HasItsDefaults) {
    const auto file = parse(std::string{"[conversion]\nenabled = true\n"} + kRefusal);
    ASSERT_TRUE(file) << to_text(file.error());
    ASSERT_TRUE(file->spec.conversion);
    EXPECT_EQ(file->spec.conversion->cooling, std::chrono::days{7});
    EXPECT_EQ(file->spec.conversion->skill, "");
    EXPECT_FALSE(file->spec.conversion->same_interviewer);
    EXPECT_EQ(file->spec.agents.dispositions.at(0).strength, campaigns::RefusalStrength::Soft);
    const auto own = parse(std::string{"[conversion]\nenabled = true\ncooling = \"14d\"\n"
                                       "skill = \"converter\"\nscript = \"Hello again\"\n"} +
                           kRefusal);
    ASSERT_TRUE(own) << to_text(own.error());
    EXPECT_EQ(own->spec.conversion->cooling, std::chrono::days{14});
    EXPECT_EQ(own->spec.conversion->skill, "converter");
    EXPECT_EQ(own->spec.conversion->script, "Hello again");
}

TEST_F(ConversionTable, NamesThePlaceAndTheMend) {
    const std::string on = "[conversion]\nenabled = true\n";
    EXPECT_NE(problem(on + "cooling = \"1h\"\n" + kRefusal).find("spring.toml:"),
              std::string::npos);
    EXPECT_NE(problem(on + "cooling = \"1h\"\n" + kRefusal).find("conversion.cooling"),
              std::string::npos);
    EXPECT_NE(problem(on).find("effect = \"refusal\""), std::string::npos);
    EXPECT_NE(problem(on + kRefusal, "unattended").find("needs a dial_mode with agents"),
              std::string::npos);
    EXPECT_NE(problem(on + kRefusal, "predictive", 1).find("attempts = 2 or more"),
              std::string::npos);
    EXPECT_NE(problem("[[dispositions]]\ncode = \"R\"\nkey = \"1\"\neffect = \"refusal\"\n")
                  .find("strength = \"soft\" or \"hard\""),
              std::string::npos);
    EXPECT_NE(problem("[[dispositions]]\ncode = \"R\"\nkey = \"1\"\nstrength = \"hard\"\n")
                  .find("needs effect = \"refusal\""),
              std::string::npos);
}

}  // namespace
}  // namespace bellwether::app
