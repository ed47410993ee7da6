#include "dialer/app/handlers/router.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

TEST(Router, SaysThatNothingIsThere) {
    FakeBackend backend;
    EXPECT_EQ(ask(backend, "GET", "/nothing", {}, 404)["code"], "NOT_FOUND");
    EXPECT_EQ(ask(backend, "GET", "/campaigns/spring/start", {}, 405)["code"], "INVALID_INPUT");
    EXPECT_EQ(route(backend, {"GET", "", "", ""}).status, 404);
    EXPECT_EQ(route(backend, {"GET", "/api/v1/campaigns//stats", "", ""}).status, 404);
}

TEST(Router, RefusesABodyThatIsNoObject) {
    FakeBackend backend;
    for (const char* body : {"[1]", "7", "{", "\xff"}) {
        EXPECT_EQ(route(backend, {"POST", "/api/v1/agents", body, ""}).status, 400) << body;
    }
}

TEST(Router, SurvivesMembersOfTheWrongType) {
    FakeBackend backend;
    for (const Route& route_of : routes()) {
        std::string path = route_of.pattern;
        for (auto at = path.find("{}"); at != std::string::npos; at = path.find("{}"))
            path.replace(at, 2, "7");
        const std::string body =
            std::string{route_of.method} == "GET"
                ? ""
                : R"({"name":1,"path":[],"number":{},"toml":7,"folder":true,"columns":3})";
        const auto response = route(backend, {route_of.method, path, body, ""});
        EXPECT_NE(response.status, 500) << path << response.body;
    }
}

TEST(Router, DecodesNamesAndEncodesThem) {
    FakeBackend backend;
    const std::string odd = "a/b c%?&=ä+";
    const auto body = ask(backend, "GET", "/campaigns/" + percent_encoded(odd) + "/stats", {}, 404);
    EXPECT_NE(body["detail"].get<std::string>().find(odd), std::string::npos) << body;
}

TEST(Router, EveryRouteIsThereOnce) {
    std::set<std::string> seen;
    for (const Route& route_of : routes()) {
        EXPECT_TRUE(seen.insert(std::string{route_of.method} + " " + route_of.pattern).second)
            << route_of.pattern;
    }
}

TEST(Router, KnowsWhichRequestsAreLong) {
    EXPECT_TRUE(is_long_request({"POST", "/api/v1/lists/a/imports", "", ""}));
    EXPECT_TRUE(is_long_request({"GET", "/api/v1/journal?personal=true", "", ""}));
    EXPECT_FALSE(is_long_request({"GET", "/api/v1/status", "", ""}));
    EXPECT_FALSE(is_long_request({"GET", "/nothing", "", ""}));
}

TEST(Router, StatusWithoutAnEngineShowsTheStore) {
    FakeBackend backend;
    const Json status = ask(backend, "GET", "/status");
    EXPECT_EQ(status["live"], false);
    EXPECT_EQ(status["campaigns"].size(), 0U);
    EXPECT_EQ(status["trunk"]["host"], "192.0.2.1");
}

TEST(Router, StatusOfALiveServiceGivesReasons) {
    FakeBackend backend{true};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    engine::Campaign campaign;
    campaign.run_state = engine::CampaignRunState::Running;
    campaign.last_block = engine::DialBlock::None;
    campaign.last_decision.limit = pacing::LineLimit::TrunkLines;
    campaign.lines_in_flight = 3;
    backend.state.campaigns[backend.applied.at(0).id] = campaign;
    const Json status = ask(backend, "GET", "/status");
    ASSERT_EQ(status["campaigns"].size(), 1U);
    EXPECT_EQ(status["campaigns"][0]["state"], "RUNNING");
    EXPECT_EQ(status["campaigns"][0]["lines_in_flight"], 3);
    EXPECT_EQ(status["campaigns"][0]["pacing"]["limit"], "TRUNK_LINES");
    EXPECT_EQ(status["campaigns"][0]["reason"], "every line of the trunk is in use");
    EXPECT_EQ(status["uptime_s"], 100.0);
}

TEST(Router, TellsOfCampaignsWhoseFilesAreGone) {
    FakeBackend backend;
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    EXPECT_EQ(ask(backend, "GET", "/campaigns/problems")["campaigns"][0]["problems"].size(), 0U);
    std::filesystem::remove(backend.folder() / "notice.wav");
    EXPECT_EQ(ask(backend, "GET", "/campaigns/problems")["campaigns"][0]["problems"].size(), 1U);
}

}  // namespace
}  // namespace bellwether::app
