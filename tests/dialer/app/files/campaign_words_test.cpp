#include "dialer/app/files/campaign_words.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using campaigns::Outcome;
using pacing::DialMode;

TEST(CampaignWords, DialModesAreOursOrVicidials) {
    EXPECT_EQ(parse_dial_mode("progressive"), DialMode::Progressive);
    EXPECT_EQ(parse_dial_mode("RATIO"), DialMode::Ratio);
    EXPECT_EQ(parse_dial_mode("MANUAL"), DialMode::Manual);
    EXPECT_EQ(parse_dial_mode("Unattended"), DialMode::Unattended);
    EXPECT_EQ(parse_dial_mode("ADAPT_HARD_LIMIT"), DialMode::Predictive);
    EXPECT_EQ(parse_dial_mode("preview"), DialMode::Preview);
    EXPECT_NE(parse_dial_mode("progresive").error().detail.find("PROGRESSIVE"), std::string::npos);
}

TEST(CampaignWords, OutcomesAreOursOrVicidialsStatuses) {
    EXPECT_EQ(parse_outcome("no_answer"), Outcome::NoAnswer);
    EXPECT_EQ(parse_outcome("no-answer"), Outcome::NoAnswer);
    EXPECT_EQ(parse_outcome("NA"), Outcome::NoAnswer);
    EXPECT_EQ(parse_outcome("B"), Outcome::Busy);
    EXPECT_EQ(parse_outcome("DROP"), Outcome::Abandoned);
    EXPECT_FALSE(parse_outcome("bsy!"));
}

TEST(CampaignWords, DaysAreBitsFromMonday) {
    EXPECT_EQ(parse_days("Mon-Fri"), 0b0011111);
    EXPECT_EQ(parse_days("Sat"), 0b0100000);
    EXPECT_EQ(parse_days("sat, sun"), 0b1100000);
    EXPECT_EQ(parse_days("Fri-Mon"), 0b1110001);
    EXPECT_EQ(parse_days("daily"), 0b1111111);
    for (const char* text : {"", "Mo", "Mon-", "Mon,,Tue", "weekdays"})
        EXPECT_FALSE(parse_days(text)) << text;
}

TEST(CampaignWords, NamesFitIntoCommandsAndUrls) {
    for (const char* name : {"a", "spring-2026", "A.b_c", "7"})
        EXPECT_TRUE(check_name(name)) << name;
    for (const std::string name : {"", "-a", "a b", "a/b", "ä", std::string(65, 'a').c_str()}) {
        EXPECT_FALSE(check_name(name)) << name;
    }
}

}  // namespace
}  // namespace bellwether::app
