#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

TEST(CampaignRoutes, ApplyMakesClientListAndCampaign) {
    FakeBackend backend;
    const Json applied = ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    EXPECT_EQ(applied["name"], "spring");
    EXPECT_EQ(applied["state"], "STOPPED");
    EXPECT_EQ(applied["client"], "default");
    EXPECT_TRUE(applied["id"].is_string());
    const Json campaigns = ask(backend, "GET", "/campaigns");
    ASSERT_EQ(campaigns["campaigns"].size(), 1U);
    EXPECT_EQ(campaigns["campaigns"][0]["list"], "people");
    EXPECT_EQ(backend.applied.size(), 1U);
}

TEST(CampaignRoutes, ApplyAgainChangesTheSameCampaign) {
    FakeBackend backend;
    const Json first = ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    const Json again = ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    EXPECT_EQ(first["id"], again["id"]);
}

TEST(CampaignRoutes, ApplyToAnotherListIsAConflict) {
    FakeBackend backend;
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    EXPECT_EQ(ask(backend, "POST", "/campaigns",
                  notice_campaign(backend.folder(), "spring", "others"), 409)["code"],
              "CONFLICT");
}

TEST(CampaignRoutes, WhatIsWrongComesWithFileAndLineAndSavesNothing) {
    FakeBackend backend;
    Json body = notice_campaign(backend.folder());
    body["toml"] = "lnes = 3\n" + body["toml"].get<std::string>();
    const Json refused = ask(backend, "POST", "/campaigns", body, 422);
    EXPECT_EQ(refused["code"], "INVALID_INPUT");
    ASSERT_EQ(refused["errors"].size(), 1U);
    EXPECT_EQ(refused["errors"][0]["file"], "spring.toml");
    EXPECT_EQ(refused["errors"][0]["line"], 1);
    EXPECT_TRUE(ask(backend, "GET", "/campaigns")["campaigns"].empty());
}

TEST(CampaignRoutes, SoundsThatCannotBePlayedSaveNothing) {
    FakeBackend backend;
    backend.prompt_fault = Error{Errc::InvalidInput, "notice.wav has no samples"};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()), 422);
    EXPECT_TRUE(ask(backend, "GET", "/campaigns")["campaigns"].empty());
}

TEST(CampaignRoutes, CheckChangesNothing) {
    FakeBackend backend;
    EXPECT_EQ(ask(backend, "POST", "/campaigns/check", notice_campaign(backend.folder()))["valid"],
              true);
    EXPECT_TRUE(ask(backend, "GET", "/campaigns")["campaigns"].empty());
}

TEST(CampaignRoutes, OrdersGoToTheEngine) {
    FakeBackend backend{true};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    for (const char* verb : {"start", "pause", "drain", "stop"}) {
        ask(backend, "POST", std::string{"/campaigns/spring/"} + verb);
    }
    ASSERT_EQ(backend.told.size(), 4U);
    const auto& drain = std::get<engine::CampaignOrdered>(backend.told[2]);
    EXPECT_EQ(drain.order, engine::CampaignOrder::Drain);
    EXPECT_EQ(drain.campaign, backend.applied[0].id);
    EXPECT_NE(drain.request, RequestId{});
}

TEST(CampaignRoutes, WhatTheEngineRefusesIsTold) {
    FakeBackend backend{true};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    backend.refusal = Error{Errc::Conflict, "the campaign is running already"};
    EXPECT_EQ(ask(backend, "POST", "/campaigns/spring/start", {}, 409)["detail"],
              "the campaign is running already");
}

TEST(CampaignRoutes, OrdersWithoutAServiceAreUnavailable) {
    FakeBackend backend;
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    EXPECT_EQ(ask(backend, "POST", "/campaigns/spring/start", {}, 503)["code"], "UNAVAILABLE");
}

TEST(CampaignRoutes, AMisspeltNameFindsTheNearest) {
    FakeBackend backend;
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    const Json refused = ask(backend, "GET", "/campaigns/sprnig/stats", {}, 404);
    EXPECT_NE(refused["detail"].get<std::string>().find("did you mean spring?"), std::string::npos)
        << refused;
}

TEST(CampaignRoutes, StatsHaveTheColumnsOfTheDemosReport) {
    FakeBackend backend{true};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    backend.state.campaigns[backend.applied[0].id].lines_in_flight = 2;
    const Json stats = ask(backend, "GET", "/campaigns/spring/stats");
    for (const char* key :
         {"contacts", "left", "claimed", "done", "attempts", "answered", "machines", "busy",
          "no_answer", "failed", "bridged", "abandoned", "interviews_complete",
          "interviews_partial", "answers", "opted_out", "unknown"}) {
        EXPECT_EQ(stats[key], 0) << key;
    }
    EXPECT_EQ(stats["lines_in_flight"], 2);
    EXPECT_EQ(stats["agents"]["ready"], 0);
    EXPECT_TRUE(stats["accounts"].is_array());
}

TEST(CampaignRoutes, ExplainShowsTheJournalsReasonsForThisCampaignAlone) {
    FakeBackend backend;
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    const CampaignId id = backend.applied[0].id;
    engine::ExplainPacing mine{
        .campaign = id, .block = engine::DialBlock::HoursClosed, .decision = {}};
    engine::ExplainPacing other{
        .campaign = CampaignId{999}, .block = engine::DialBlock::None, .decision = {}};
    ASSERT_TRUE(backend.store().begin_segment(1, {Instant{}, backend.now},
                                              engine::encode(engine::EngineState{})));
    store::JournalEntry entry{1,
                              {Instant{}, backend.now},
                              engine::encode(engine::Event{engine::TimePassed{}}).text,
                              "",
                              {}};
    entry.actions = {engine::encode(engine::Action{mine}), engine::encode(engine::Action{other})};
    ASSERT_TRUE(backend.store().submit({.journal = entry, .actions = {}}));
    ASSERT_TRUE(backend.store().flush());
    const Json explained = ask(backend, "GET", "/campaigns/spring/explain");
    ASSERT_EQ(explained["history"].size(), 1U) << explained;
    EXPECT_EQ(explained["history"][0]["block"], "HOURS_CLOSED");
    EXPECT_EQ(explained["history"][0]["reason"], "it is outside the campaign's calling hours");
    EXPECT_EQ(explained["history"][0]["at"], "2026-03-02T12:00:00.000+00:00");
}

TEST(CampaignRoutes, ReportsNameEveryCampaignOrTheOneAskedFor) {
    FakeBackend backend;
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder(), "autumn"));
    EXPECT_EQ(ask(backend, "GET", "/reports/outcomes")["campaigns"].size(), 2U);
    EXPECT_EQ(ask(backend, "GET", "/reports/outcomes?campaign=autumn")["campaigns"].size(), 1U);
    EXPECT_EQ(ask_text(backend, "/reports/outcomes?format=csv"),
              "campaign,outcome,class,attempts\r\n");
    EXPECT_EQ(ask(backend, "GET", "/reports/abandonment")["campaigns"].size(), 2U);
    EXPECT_EQ(ask_text(backend, "/campaigns/spring/answers?format=csv"),
              "interview,contact,external_id,attempt,began,ended,end,aapor\r\n");
    ask(backend, "GET", "/campaigns/spring/answers?format=ddi", {}, 422);
}

}  // namespace
}  // namespace bellwether::app
