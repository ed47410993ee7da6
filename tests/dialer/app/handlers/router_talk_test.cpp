#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

class TalkRoutes : public testing::Test {
protected:
    void SetUp() override { ask(backend, "POST", "/agents", {{"name", "ada"}}, 201); }

    template <class Event>
    const Event& told() const {
        return std::get<Event>(backend.told.back());
    }

    FakeBackend backend{true};
};

TEST_F(TalkRoutes, EachVerbIsItsOrder) {
    const std::vector<std::pair<const char*, engine::AgentOrder>> verbs{
        {"hangup", engine::AgentOrder::HangUp},
        {"hold", engine::AgentOrder::Hold},
        {"resume", engine::AgentOrder::Resume},
        {"pauserecording", engine::AgentOrder::PauseRecording},
        {"resumerecording", engine::AgentOrder::ResumeRecording},
        {"handover", engine::AgentOrder::HandOver},
        {"takeback", engine::AgentOrder::TakeBack},
        {"conference", engine::AgentOrder::Conference}};
    for (const auto& [verb, order] : verbs) {
        ask(backend, "POST", std::string{"/agents/ada/"} + verb);
        EXPECT_EQ(told<engine::AgentOrdered>().order, order) << verb;
    }
    ask(backend, "POST", "/agents/ada/pause", {{"code", "LUNCH"}});
    EXPECT_EQ(told<engine::AgentOrdered>().code, "LUNCH");
}

TEST_F(TalkRoutes, AnOutcomeCarriesItsCallback) {
    ask(backend, "POST", "/agents/ada/outcome",
        {{"code", "CALLBK"}, {"at", "2027-03-01T10:00+01:00"}, {"mine", true}, {"note", "later"}});
    const auto& said = told<engine::AgentDisposed>();
    EXPECT_EQ(said.code, "CALLBK");
    EXPECT_EQ(said.due, UtcTime{std::chrono::seconds{1'803'891'600}});
    EXPECT_TRUE(said.mine);
    EXPECT_EQ(said.note, "later");
    ask(backend, "POST", "/agents/ada/outcome", {{"code", "CALLBK"}, {"at", "soon"}}, 422);
}

TEST_F(TalkRoutes, ATransferNamesItsTarget) {
    ask(backend, "POST", "/agents/ada/transfer", {{"target", "support"}, {"warm", true}});
    EXPECT_EQ(told<engine::TransferOrdered>().target, "support");
    EXPECT_TRUE(told<engine::TransferOrdered>().warm);
}

TEST_F(TalkRoutes, ASupervisorHasARole) {
    ask(backend, "POST", "/agents/ada/listen", {{"phone", "boss"}, {"role", "whisper"}});
    EXPECT_EQ(told<engine::SupervisorCame>().role, engine::ListenRole::Whisper);
    EXPECT_EQ(told<engine::SupervisorCame>().phone, "boss");
    ask(backend, "POST", "/agents/ada/listen", {{"phone", "boss"}, {"role", "shout"}}, 422);
}

TEST_F(TalkRoutes, AnAgentHasSkillsAShiftAndAPhone) {
    ask(backend, "POST", "/agents", {{"name", "bo"}, {"skills", "es:7,nl"}}, 201);
    ask(backend, "POST", "/agents/bo/change",
        {{"shift", "Mon-Fri 09:00-17:00 Europe/Amsterdam"}, {"phone", "sip:bo@pbx.example"}});
    const Json agents = ask(backend, "GET", "/agents")["agents"];
    EXPECT_EQ(agents[1]["skills"], "es:7,nl");
    EXPECT_EQ(agents[1]["phone"], "sip:bo@pbx.example");
    ask(backend, "POST", "/agents/bo/change", {{"skills", "es:11"}}, 422);
    ask(backend, "POST", "/agents/bo/change", {{"shift", "always"}}, 422);
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    ask(backend, "POST", "/agents/bo/signin", {{"campaign", "spring"}, {"overtime", true}});
    const auto& in = told<engine::AgentSignedIn>();
    ASSERT_EQ(in.skills.size(), 2U);
    EXPECT_EQ(in.skills[0].level, 7);
    EXPECT_FALSE(in.shift_ends);
}

TEST_F(TalkRoutes, ReportsOfAnEmptyStoreAreEmpty) {
    EXPECT_EQ(ask(backend, "GET", "/callbacks?open=1")["callbacks"], Json::array());
    EXPECT_EQ(ask(backend, "GET", "/inbound")["inbound"], Json::array());
    EXPECT_EQ(ask(backend, "GET", "/transfers?from=2026-01-01T00:00")["transfers"], Json::array());
    ask(backend, "GET", "/inbound?from=yesterday", {}, 422);
}

}  // namespace
}  // namespace bellwether::app
