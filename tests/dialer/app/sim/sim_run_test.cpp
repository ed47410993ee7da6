#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "dialer/app/files/json_text.h"
#include "dialer/app/sim/sim.h"
#include "simulator/day/controller.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using testing::HasSubstr;

class SimRunTest : public ::testing::Test {
protected:
    ExitCode run(const std::string& scenario, std::map<std::string, std::vector<std::string>> more,
                 bool json = true) {
        write_file(folder_ / "short.toml", scenario);
        more["FILE"] = {(folder_ / "short.toml").string()};
        out_.str("");
        err_.str("");
        return sim_run(Given{std::move(more)}, {out_, err_, json});
    }
    Json json() const { return Json::parse(out_.str()); }

    TempFolder folder_;
    std::ostringstream out_;
    std::ostringstream err_;
};

constexpr const char* kShort = "hours = 0.1\nagents.count = 10\n";

TEST_F(SimRunTest, PrintsEveryResultKey) {
    ASSERT_EQ(run(kShort, {}), ExitCode::Done) << err_.str();
    const Json result = json();
    std::vector<std::string> keys;
    for (const auto& [key, value] : result.items()) keys.push_back(key);
    const std::vector<std::string> expected{
        "scenario",      "seed",        "controller",  "days",
        "utilisation",   "talk_share",  "abandonment", "worst_day_abandonment",
        "days_over_cap", "mean_wait_s", "p95_wait_s",  "live_answers",
        "abandoned",     "calls",       "decisions",   "us_per_decision",
        "calls_per_s",   "trace_hash"};
    EXPECT_EQ(keys, expected);
    EXPECT_EQ(result["scenario"], "short");  // the file's: it has no name of its own
    EXPECT_EQ(result["seed"], 1);
    EXPECT_EQ(result["controller"], "predictive");
    EXPECT_EQ(result["days"], 1);
    EXPECT_GT(result["utilisation"].get<double>(), 0.2);
    EXPECT_GT(result["calls"].get<int>(), 50);
    EXPECT_GT(result["decisions"].get<int>(), 300);
    EXPECT_EQ(result["trace_hash"].get<std::string>().size(), 64U);
}

TEST_F(SimRunTest, EveryControllerRuns) {
    for (const auto controller : kEnumNames<simulator::Controller>) {
        EXPECT_EQ(run(kShort, {{"--controller", {std::string{controller}}}}), ExitCode::Done)
            << err_.str();
        EXPECT_EQ(json()["controller"], controller);
        EXPECT_GT(json()["live_answers"].get<int>(), 0) << controller;
    }
}

TEST_F(SimRunTest, MinutesAreThereWhenAskedFor) {
    ASSERT_EQ(run("hours = 0.1\nagents = { count = 5, change = [{ at_h = 0.05, count = 0 }] }\n",
                  {{"--per-minute", {}}, {"--controller", {"progressive"}}, {"--days", {"2"}}}),
              ExitCode::Done)
        << err_.str();
    const Json minutes = json()["minutes"];
    ASSERT_EQ(minutes.size(), 6U);
    EXPECT_EQ(minutes[2]["m"], 2);
    EXPECT_TRUE(minutes[0]["utilisation"].is_number());
    EXPECT_GT(minutes[0]["placed"].get<int>(), 9);
    EXPECT_TRUE(minutes[0].contains("live_answers"));
    EXPECT_TRUE(minutes[0].contains("abandoned"));
}

TEST_F(SimRunTest, TheHashIsOfTheRunAlone) {
    ASSERT_EQ(run(kShort, {{"--seed", {"7"}}}), ExitCode::Done);
    const Json first = json();
    ASSERT_EQ(run(kShort, {{"--seed", {"7"}}, {"--per-minute", {}}, {"--check", {}}}),
              ExitCode::Done)
        << err_.str();
    EXPECT_EQ(json()["trace_hash"], first["trace_hash"]);
    ASSERT_EQ(run(kShort, {{"--seed", {"8"}}}), ExitCode::Done);
    EXPECT_NE(json()["trace_hash"], first["trace_hash"]);
}

TEST_F(SimRunTest, PeopleReadWordsAndPercents) {
    ASSERT_EQ(run(kShort, {}, false), ExitCode::Done);
    EXPECT_THAT(out_.str(), HasSubstr("utilisation"));
    EXPECT_THAT(out_.str(), HasSubstr(" %"));
    EXPECT_THAT(out_.str(), HasSubstr("cap 3.00 %"));
}

TEST_F(SimRunTest, FaultsNameFileKeyAndLine) {
    EXPECT_EQ(run("agents.count = 5\n[cap]\nabandonment = 0\n", {}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("short.toml:3: cap.abandonment is 0"));
    EXPECT_EQ(out_.str(), "");
}

TEST_F(SimRunTest, OptionsAreChecked) {
    EXPECT_EQ(run(kShort, {{"--days", {"0"}}}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("--days"));
    EXPECT_EQ(run(kShort, {{"--seed", {"-1"}}}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("--seed"));
    EXPECT_EQ(run(kShort, {{"--controller", {"predictiv"}}}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("predictive"));
}

TEST_F(SimRunTest, AFileThatIsNotThereIsNotFound) {
    const Given given{{{"FILE", {(folder_ / "no.toml").string()}}}};
    EXPECT_EQ(sim_run(given, {out_, err_, true}), ExitCode::NotFound);
}

}  // namespace
}  // namespace bellwether::app
