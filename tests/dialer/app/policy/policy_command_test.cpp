#include "dialer/app/policy/policy_command.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

constexpr const char* kCase = R"({"now":"2026-11-23T12:59:59Z","packs":["us-federal"],
  "campaign":{"purpose":"telemarketing","safe_harbour_message":true,"caller_id_owned":true},
  "number":{"e164":"+12125550123","line_type":"landline"},
  "lists":{"national_dnc":{"listed":false,"retrieved":"2026-11-20"}},"end_guard_s":0})";

class PolicyCommand : public ::testing::Test {
protected:
    ExitCode decide(const std::string& text, bool json = true) {
        std::istringstream in(text);
        return compliance_decide(in, given_, Output{out_, err_, json});
    }
    ExitCode packs(bool json = true) { return compliance_packs(given_, Output{out_, err_, json}); }

    Given given_;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(PolicyCommand, EveryVerdictIsExitZero) {
    EXPECT_EQ(decide(kCase), ExitCode::Done);
    EXPECT_EQ(Json::parse(out_.str())["until"], "2026-11-23T13:00:00Z");
    EXPECT_EQ(err_.str(), "");
}

TEST_F(PolicyCommand, AMalformedCasePrintsNothingToStdout) {
    EXPECT_EQ(decide(std::string{"["} + kCase + ",{}]"), ExitCode::ValidationFailed);
    EXPECT_EQ(out_.str(), "");
    EXPECT_NE(err_.str().find("case 1"), std::string::npos) << err_.str();
    EXPECT_NE(err_.str().find("now"), std::string::npos) << err_.str();
}

TEST_F(PolicyCommand, PeopleSeeWhyInOneLine) {
    EXPECT_EQ(decide(kCase, false), ExitCode::Done);
    EXPECT_NE(out_.str().find("us.fcc.hours (47 CFR 64.1200(c)(1))"), std::string::npos)
        << out_.str();
    EXPECT_EQ(out_.str().find("5550123"), std::string::npos);
}

TEST_F(PolicyCommand, ListsThePacks) {
    EXPECT_EQ(packs(), ExitCode::Done);
    const Json listed = Json::parse(out_.str());
    EXPECT_EQ(listed["packs"].size(), 15U);
    EXPECT_EQ(listed["packs"][0]["id"], "au");
    EXPECT_EQ(listed["packs"][0]["rules"][0]["id"], "au.hours.tm");
}

TEST_F(PolicyCommand, ComparesAPackWithAFile) {
    TempFolder folder;
    const std::string mine =
        slurp(std::string{BELLWETHER_SOURCE_DIR} + "/compliance/packs/us-ok.toml");
    const auto at = mine.find("max = 3");
    write_file(folder / "mine.toml", mine.substr(0, at) + "max = 2" + mine.substr(at + 7));
    given_.values = {{"PACK", {"us-ok", (folder / "mine.toml").string()}}, {"--diff", {}}};
    EXPECT_EQ(packs(), ExitCode::Done) << err_.str();
    const Json difference = Json::parse(out_.str());
    EXPECT_EQ(difference["added"].size() + difference["removed"].size(), 0U);
    EXPECT_EQ(difference["changed"][0]["id"], "us.ok.freq");
    given_.values["PACK"] = {"us-ok"};
    EXPECT_EQ(packs(), ExitCode::ValidationFailed);
    given_.values["PACK"] = {"us-ok", "no-such-pack"};
    EXPECT_EQ(packs(), ExitCode::ValidationFailed);
}

TEST_F(PolicyCommand, AFolderThatCannotBeUsedIsNamedWithItsLine) {
    TempFolder folder;
    write_file(folder / "bad.toml", "[pack]\nid = \"x\"\nversion = \"1\"\nstatus = \"daft\"\n");
    given_.values = {{"--packs", {folder.path().string()}}};
    EXPECT_EQ(decide(kCase), ExitCode::ValidationFailed);
    EXPECT_NE(err_.str().find("bad.toml:4"), std::string::npos) << err_.str();
    EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace bellwether::app
