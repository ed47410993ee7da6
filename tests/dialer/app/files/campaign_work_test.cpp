#include "dialer/app/files/campaign_work.h"

#include <gtest/gtest.h>

#include "dialer/app/files/campaign_file.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

constexpr const char* kHead =
    "name = \"spring\"\nlist = \"people\"\npurpose = \"survey\"\ndial_mode = \"progressive\"\n"
    "caller_ids = [\"+12025550100\", \"+12025550101\"]\nsafe_harbour = \"sorry.wav\"\n";
constexpr const char* kTail =
    "\n[hours]\nzone = \"Europe/Amsterdam\"\n"
    "windows = [{days = \"daily\", from = \"00:00\", to = \"24:00\"}]\n";

class CampaignWork : public testing::Test {
protected:
    void SetUp() override {
        write_wav(folder_.path() / "sorry.wav");
        write_wav(folder_.path() / "who.wav");
    }

    Checked<CampaignFile> parse(const std::string& more, const std::string& top = "") {
        const std::string text = kHead + top + kTail + more;
        return parse_campaign({.text = text,
                               .name = "spring.toml",
                               .folder = folder_.path(),
                               .now = UtcTime{std::chrono::seconds{1'774'738'800}}});
    }
    std::string problem(const std::string& more, const std::string& top = "") {
        const auto file = parse(more, top);
        return file ? "none" : to_text(file.error());
    }

    TempFolder folder_;
};

TEST_F(CampaignWork, HasVicidialsStatusesUnlessItNamesItsOwn) {
    const auto plain = parse("");
    ASSERT_TRUE(plain) << to_text(plain.error());
    EXPECT_EQ(plain->spec.agents.dispositions.size(), 9U);
    EXPECT_EQ(plain->spec.caller_ids.size(), 2U);
    const auto own = parse(
        "[[dispositions]]\ncode = \"YES\"\nkey = \"1\"\nflags = [\"sale\"]\n"
        "[[dispositions]]\ncode = \"LATER\"\nkey = \"2\"\neffect = \"retry\"\ndelay = \"2h\"\n");
    ASSERT_TRUE(own) << to_text(own.error());
    ASSERT_EQ(own->spec.agents.dispositions.size(), 2U);
    EXPECT_EQ(own->spec.agents.dispositions[1].delay, std::chrono::hours{2});
}

TEST_F(CampaignWork, SchedulesAreOnTheCampaignsClocks) {
    const auto file =
        parse("[schedule]\nstart = \"2026-12-01 09:00\"\nstop = \"2026-12-18 18:00\"\n");
    ASSERT_TRUE(file) << to_text(file.error());
    EXPECT_EQ(file->spec.schedule.start, UtcTime{std::chrono::seconds{1'796'112'000}});
    EXPECT_NE(problem("[schedule]\nstart = \"09:00\"\n").find("needs a date"), std::string::npos);
    EXPECT_NE(problem("[schedule]\nstart = \"2026-12-02 09:00\"\nstop = \"2026-12-01 09:00\"\n")
                  .find("later than start"),
              std::string::npos);
}

TEST_F(CampaignWork, WhoCallsBackMustBeAbleToStopIt) {
    EXPECT_NE(problem("[inbound]\nprompt = \"who.wav\"\n").find("law"), std::string::npos);
    const auto file = parse(
        "[inbound]\nprompt = \"who.wav\"\n[[inbound.menu]]\nkey = \"9\"\ndoes = \"opt_out\"\n"
        "[[inbound.menu]]\nkey = \"1\"\ndoes = \"agent\"\n");
    ASSERT_TRUE(file) << to_text(file.error());
    EXPECT_EQ(file->spec.inbound->menu.size(), 2U);
}

TEST_F(CampaignWork, SaysWhatIsWrongAndHowToMendIt) {
    const std::vector<std::pair<const char*, const char*>> cases{
        {"[[dispositions]]\ncode = \"sale\"\nkey = \"1\"\n", "A-Z"},
        {"[[dispositions]]\ncode = \"A\"\nkey = \"*\"\n", "digit"},
        {"[[dispositions]]\ncode = \"A\"\nkey = \"1\"\n[[dispositions]]\ncode = \"B\"\nkey = "
         "\"1\"\n",
         "is A's already"},
        {"[[dispositions]]\ncode = \"A\"\nkey = \"1\"\ndelay = \"1h\"\n", "effect = \"retry\""},
        {"[[transfers]]\nname = \"x\"\n", "needs one of"},
        {"[[transfers]]\nname = \"x\"\nnumber = \"0800\"\n", "E.164"},
        {"[agents]\nhold_max = \"1s\"\n", "hold_max"},
        {"[retry]\nattempts = 3\nno_answer = \"1h\"\nat_most = {busy = 2}\n", "has no delay"},
        {"[retry]\nday_parts = [{name = \"a\", from = \"12:00\", to = \"11:00\"}]\n", "later than"},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_NE(problem(text).find(expected), std::string::npos) << text << problem(text);
}

TEST_F(CampaignWork, RetriesHaveCapsDaysAndParts) {
    const auto file = parse(
        "[retry]\nattempts = 6\nattempts_per_day = 2\nno_answer = \"1h\"\n"
        "at_most = {no_answer = 3}\nday_parts = [{name = \"day\", from = \"09:00\", to = "
        "\"17:00\"}, "
        "{name = \"evening\", from = \"17:00\", to = \"21:00\"}]\n");
    ASSERT_TRUE(file) << to_text(file.error());
    EXPECT_EQ(file->spec.retry.attempts_per_day, 2);
    EXPECT_EQ(file->spec.retry.delays.at(0).attempts_max, 3);
    EXPECT_EQ(file->spec.retry.day_parts.size(), 2U);
}

}  // namespace
}  // namespace bellwether::app
