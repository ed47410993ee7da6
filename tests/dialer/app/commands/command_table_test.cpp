#include "dialer/app/commands/command_table.h"

#include <gtest/gtest.h>

#include <set>

#include "dialer/app/files/json_text.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

const Command& command(const std::string& noun, const std::string& verb) {
    for (const Command& candidate : commands()) {
        if (noun == candidate.noun && verb == candidate.verb) return candidate;
    }
    throw std::runtime_error("no command " + noun + " " + verb);
}

Plan plan(const std::string& noun, const std::string& verb,
          std::map<std::string, std::vector<std::string>> values) {
    const auto made = command(noun, verb).plan(Given{std::move(values)});
    if (!made) throw std::runtime_error(made.error().detail);
    return *made;
}

TEST(CommandTable, EveryCommandIsThereOnceAndInTheGuide) {
    const std::string guide = slurp(std::string{BELLWETHER_SOURCE_DIR} + "/docs/guide/commands.md");
    std::set<std::string> seen;
    for (const Command& one : commands()) {
        std::string name = one.noun;
        if (*one.verb != '\0') name += std::string{" "} + one.verb;
        EXPECT_TRUE(seen.insert(name).second) << name;
        EXPECT_NE(guide.find("`" + name), std::string::npos)
            << "docs/guide/commands.md does not tell of " << name;
        for (const Argument& argument : one.arguments) {
            EXPECT_NE(guide.find(argument.name), std::string::npos) << name << " " << argument.name;
        }
    }
}

TEST(CommandTable, PathsBecomeAbsoluteBecauseTheServiceRunsElsewhere) {
    const Json body =
        Json::parse(plan("list", "import", {{"FILE", {"c.csv"}}, {"--list", {"p"}}}).request.body);
    EXPECT_EQ(body["path"], (std::filesystem::current_path() / "c.csv").string());
    EXPECT_EQ(body["rejects"], "");
}

TEST(CommandTable, NamesAreEncodedInPaths) {
    EXPECT_EQ(plan("campaign", "start", {{"NAME", {"a/b c"}}}).request.target,
              "/api/v1/campaigns/a%2Fb%20c/start");
}

TEST(CommandTable, WhatDialsNeedsTheService) {
    EXPECT_TRUE(plan("campaign", "start", {{"NAME", {"a"}}}).needs_service);
    EXPECT_TRUE(plan("agent", "ready", {{"NAME", {"a"}}}).needs_service);
    EXPECT_FALSE(plan("campaign", "stats", {{"NAME", {"a"}}}).needs_service);
}

TEST(CommandTable, DryRunsOnlyAsk) {
    EXPECT_EQ(plan("campaign", "start", {{"NAME", {"a"}}, {"--dry-run", {}}}).request.method,
              "GET");
    EXPECT_EQ(plan("dnc", "remove", {{"NUMBER", {"+1"}}, {"--dry-run", {}}}).request.target,
              "/api/v1/do-not-call/check");
}

TEST(CommandTable, ApplySendsTextAndFolder) {
    TempFolder folder;
    write_file(folder / "c.toml", "name = \"x\"\n");
    const Json body = Json::parse(
        plan("campaign", "apply", {{"FILE", {(folder / "c.toml").string()}}}).request.body);
    EXPECT_EQ(body["toml"], "name = \"x\"\n");
    EXPECT_EQ(body["folder"], folder.path().string());
    EXPECT_EQ(command("campaign", "apply").plan(Given{{{"FILE", {"/no/such"}}}}).error().code,
              Errc::NotFound);
}

}  // namespace
}  // namespace bellwether::app
