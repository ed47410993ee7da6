#include "dialer/app/commands/command_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "dialer/app/commands/command_plan.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/route_owners.h"
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

/// Something for everything that the command must have.
Given given_for(const Command& one, const std::string& file) {
    Given given;
    for (const Argument& argument : one.arguments) {
        if (argument.required) given.values[argument.name] = {"1"};
    }
    for (const auto& [name, value] : std::map<std::string, std::string>{{"FILE", file},
                                                                        {"WHAT", "pause"},
                                                                        {"ACTION", "place"},
                                                                        {"--name", "case"},
                                                                        {"NUMBER", "+12025550101"},
                                                                        {"--phone", "+12025550101"},
                                                                        {"--client", "acme"}}) {
        const auto known = std::ranges::find(one.arguments, name, &Argument::name);
        if (known != one.arguments.end()) given.values[name] = {value};
    }
    return given;
}

/// The route's owner, by the path with {} for names; House if none is like it.
RouteOwner owner_of_request(const api::Request& request) {
    const std::string path = request.target.substr(0, request.target.find('?'));
    for (const OwnedRoute& route : owned_routes()) {
        std::string like;
        for (const char* c = route.pattern; *c != '\0'; ++c) {
            like += *c == '{' ? "[^/]+" : *c == '}' ? "" : std::string(1, *c);
        }
        if (request.method == route.method && std::regex_match(path, std::regex{like}))
            return route.owner;
    }
    return RouteOwner::House;
}

TEST(CommandTable, WhatIsNotTheHousesCanBeAskedForOneOrganisation) {
    TempFolder folder;
    write_file(folder / "c.toml", "name = \"x\"\n");
    const std::set<std::string> kOfFiles{"survey", "sim", "amd", "compliance"};
    std::size_t asked = 0;
    for (const Command& one : commands()) {
        const Given given = given_for(one, (folder / "c.toml").string());
        const auto made = plan_of(one, given);
        const std::string name = std::string{one.noun} + " " + one.verb;
        if (!made) {  // of files alone
            EXPECT_TRUE(kOfFiles.contains(one.noun)) << name << ": " << made.error().detail;
            continue;
        }
        if (made->local != Plan::Local::None) continue;
        if (owner_of_request(made->request) == RouteOwner::House) continue;
        const bool is_in_query = made->request.target.find("client=acme") != std::string::npos;
        const Json body = Json::parse(made->request.body, nullptr, false);
        EXPECT_TRUE(is_in_query || (body.is_object() && body.value("client", "") == "acme"))
            << name << " does not take --client: " << made->request.target;
        ++asked;
    }
    EXPECT_GT(asked, 60U);
}

}  // namespace
}  // namespace bellwether::app
