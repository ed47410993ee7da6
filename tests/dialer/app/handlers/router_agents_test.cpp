#include <gtest/gtest.h>

#include <cctype>

#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

TEST(AgentRoutes, AddPrintsAPasswordOnceAndKeepsItsHashAlone) {
    FakeBackend backend;
    const Json added = ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    const std::string password = added["password"];
    EXPECT_EQ(password.size(), 20U);
    EXPECT_EQ(added["user"], "ada");
    EXPECT_EQ(backend.reloads, 1);
    const auto agents = backend.store().agents();
    ASSERT_TRUE(agents);
    EXPECT_EQ((*agents)[0].ha1_md5.size(), 32U);
    EXPECT_EQ(slurp(backend.config().store).find(password), std::string::npos);
    EXPECT_EQ(ask(backend, "GET", "/agents").dump().find(password), std::string::npos);
    EXPECT_NE(ask(backend, "POST", "/agents", {{"name", "bob"}}, 201)["password"], password);
}

TEST(AgentRoutes, NamesAreUniqueAndPlain) {
    FakeBackend backend;
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 409);
    ask(backend, "POST", "/agents", {{"name", "ada@home"}}, 422);
    ask(backend, "POST", "/agents", Json::object(), 422);
}

TEST(AgentRoutes, SignInNamesAgentCampaignAndReadiness) {
    FakeBackend backend{true};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    ask(backend, "POST", "/agents/ada/signin", {{"campaign", "spring"}, {"ready", true}});
    const auto& event = std::get<engine::AgentSignedIn>(backend.told.at(0));
    EXPECT_EQ(event.campaign, backend.applied[0].id);
    EXPECT_TRUE(event.ready);
    ask(backend, "POST", "/agents/ada/signin", {{"campaign", "autumn"}}, 404);
    ask(backend, "POST", "/agents/eve/signin", {{"campaign", "spring"}}, 404);
}

TEST(AgentRoutes, EachVerbIsItsOrder) {
    FakeBackend backend{true};
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    const std::vector<std::pair<const char*, engine::AgentOrder>> verbs{
        {"ready", engine::AgentOrder::Ready},   {"pause", engine::AgentOrder::Pause},
        {"wrapup", engine::AgentOrder::WrapUp}, {"signout", engine::AgentOrder::SignOut},
        {"kick", engine::AgentOrder::Kick},     {"dial", engine::AgentOrder::DialNext}};
    for (const auto& [verb, order] : verbs) {
        ask(backend, "POST", std::string{"/agents/ada/"} + verb);
        EXPECT_EQ(std::get<engine::AgentOrdered>(backend.told.back()).order, order) << verb;
    }
}

TEST(AgentRoutes, ListShowsStateReasonAndSeconds) {
    FakeBackend backend{true};
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    const AgentId id = backend.store().agents()->at(0).id;
    engine::Agent agent;
    agent.state = engine::AgentState::Paused;
    agent.reason = engine::AgentReason::PhoneLost;
    agent.since = Instant{std::chrono::seconds{40}};
    backend.state.agents[id] = agent;
    const Json row = ask(backend, "GET", "/agents")["agents"][0];
    EXPECT_EQ(row["state"], "PAUSED");
    EXPECT_EQ(row["reason"], "PHONE_LOST");
    EXPECT_EQ(row["seconds"], 60.0);  // uptime 100 s
}

TEST(AgentRoutes, TheCampaignOfASignInByPhoneIsKeptAndCanBeTakenBack) {
    FakeBackend backend{true};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    ask(backend, "POST", "/agents", {{"name", "ada"}, {"campaign", "spring"}}, 201);
    EXPECT_EQ(backend.store().agents()->at(0).home, backend.applied[0].id);
    EXPECT_EQ(ask(backend, "GET", "/agents")["agents"][0]["home"], "spring");
    ask(backend, "POST", "/agents/ada/change", {{"skills", "es:5"}});
    EXPECT_EQ(backend.store().agents()->at(0).home, backend.applied[0].id);
    ask(backend, "POST", "/agents/ada/change", {{"campaign", ""}});
    EXPECT_EQ(backend.store().agents()->at(0).home, CampaignId{});
    ask(backend, "POST", "/agents/ada/change", {{"campaign", "winter"}}, 404);
}

TEST(AgentRoutes, ListTellsWhatTheAgentWasTold) {
    FakeBackend backend{true};
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    EXPECT_FALSE(ask(backend, "GET", "/agents")["agents"][0].contains("news"));
    backend.news.push_back({.at = backend.now,
                            .news = engine::AgentNews::TransferReturned,
                            .call = CallId{7},
                            .detail = "support: nobody answered"});
    const Json news = ask(backend, "GET", "/agents")["agents"][0]["news"];
    ASSERT_EQ(news.size(), 1U);
    EXPECT_EQ(news[0]["at"], "2026-03-02T12:00:00.000+00:00");
    EXPECT_EQ(news[0]["news"], "TRANSFER_RETURNED");
    EXPECT_EQ(news[0]["text"], "the transfer came back from support: nobody answered");
}

TEST(AgentRoutes, RemoveForgetsTheAgentWhetherSignedInOrNot) {
    FakeBackend backend{true};
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    backend.refusal = Error{Errc::Conflict, "not signed in"};
    ask(backend, "POST", "/agents/ada/remove");
    EXPECT_TRUE(ask(backend, "GET", "/agents")["agents"].empty());
    EXPECT_EQ(backend.reloads, 2);
}

}  // namespace
}  // namespace bellwether::app
