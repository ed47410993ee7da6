#include <gtest/gtest.h>

#include "dialer/app/commands/explain_text.h"
#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;
using engine::DialBlock;
using engine::ExplainPacing;
using pacing::DialMode;
using pacing::LineLimit;
using pacing::ModeReason;

/// A store with one campaign whose journal the test writes. It is 2026-03-02T12:00:00Z.
class Explain : public testing::Test {
protected:
    explicit Explain(bool live = false) : backend_{live} {
        ask(backend_, "POST", "/campaigns", notice_campaign(backend_.folder()));
        id_ = backend_.applied.at(0).id;
    }

    void begin_segment() {
        ASSERT_TRUE(backend_.store().begin_segment(seq_, {Instant{}, backend_.now},
                                                   engine::encode(engine::EngineState{})));
    }

    /// An entry so long before now.
    void journal(std::chrono::milliseconds ago, std::vector<ExplainPacing> told) {
        const Now at{Instant{1h} - ago, backend_.now - ago};
        store::JournalEntry entry{
            seq_++, at, engine::encode(engine::Event{engine::TimePassed{}}).text, "", {}};
        for (const auto& action : told) {
            entry.actions.push_back(engine::encode(engine::Action{action}));
        }
        ASSERT_TRUE(backend_.store().submit({.journal = entry, .actions = {}}));
    }

    [[nodiscard]] ExplainPacing told(int wanted, int start, LineLimit limit) const {
        return {.campaign = id_,
                .block = DialBlock::None,
                .decision = {.start = start,
                             .wanted = wanted,
                             .limit = limit,
                             .mode = DialMode::Predictive},
                .forecast = {.mode = DialMode::Predictive,
                             .agents = 25,
                             .idle = 3,
                             .in_flight = 11,
                             .waiting = 1,
                             .expected_free = 4.5,
                             .expected_answers = 2.25,
                             .abandonment_chance = 0.0125,
                             .budget = 0.024,
                             .headroom = 3.5,
                             .answer_rate = 0.2,
                             .talk_s = 61,
                             .wrap_up_s = 14,
                             .chance_over_cap = 0.001}};
    }

    Json at(const std::string& time, int status = 200) {
        must_flush();
        return ask(backend_, "GET", "/campaigns/spring/explain?at=" + percent_encoded(time), {},
                   status);
    }

    void must_flush() { ASSERT_TRUE(backend_.store().flush()); }

    FakeBackend backend_;
    CampaignId id_{};
    std::uint64_t seq_ = 1;
};

class LiveExplain : public Explain {
protected:
    LiveExplain() : Explain{true} {}
};

TEST_F(Explain, AtATimeGivesEveryFigureOfTheDecisionInForce) {
    begin_segment();
    journal(30s, {told(7, 4, LineLimit::CallRate)});
    journal(10s, {told(1, 1, LineLimit::None)});
    const Json then = at("11:59:45");
    EXPECT_EQ(then["at"], "2026-03-02T11:59:30.000+00:00");
    EXPECT_EQ(then["asked_at"], "2026-03-02T11:59:45.000+00:00");
    EXPECT_EQ(then["mode"], "PREDICTIVE");
    EXPECT_EQ(then["mode_reason"], "AS_CONFIGURED");
    EXPECT_EQ(then["wanted"], 7);
    EXPECT_EQ(then["allowed"], 4);
    EXPECT_EQ(then["limit"], "CALL_RATE");
    EXPECT_EQ(then["agents"], 25);
    EXPECT_EQ(then["idle"], 3);
    EXPECT_EQ(then["in_flight"], 11);
    EXPECT_EQ(then["waiting"], 1);
    EXPECT_EQ(then["expected_free"], 4.5);
    EXPECT_EQ(then["expected_answers"], 2.25);
    EXPECT_EQ(then["abandonment_chance"], 0.0125);
    EXPECT_EQ(then["budget"], 0.024);
    EXPECT_EQ(then["headroom"], 3.5);
    EXPECT_EQ(then["answer_rate"], 0.2);
    EXPECT_EQ(then["talk_s"], 61);
    EXPECT_EQ(then["wrap_up_s"], 14);
    EXPECT_EQ(then["chance_over_cap"], 0.001);
    EXPECT_EQ(then["block"], "NONE");
    EXPECT_EQ(then["reason"], "the limit of calls per second is reached");
    EXPECT_EQ(then["restarted_since"], false);
    EXPECT_EQ(at("11:59:50")["wanted"], 1);
    EXPECT_EQ(at("2026-03-02T12:59:45+01:00")["wanted"], 7);
}

TEST_F(Explain, FindsTheDecisionBehindManyOtherEntries) {
    begin_segment();
    journal(20min, {told(5, 5, LineLimit::None)});
    ExplainPacing other = told(9, 9, LineLimit::None);
    other.campaign = CampaignId{999};
    for (int i = 0; i < 2000; ++i) journal(19min - i * 100ms, {other});
    EXPECT_EQ(at("11:58")["wanted"], 5);
}

TEST_F(Explain, BeforeTheFirstDecisionNamesTheJournalsSpan) {
    EXPECT_NE(at("11:00", 404)["detail"].get<std::string>().find("empty"), std::string::npos);
    begin_segment();
    journal(30s, {told(7, 4, LineLimit::CallRate)});
    journal(10s, {});
    const std::string detail = at("11:59", 404)["detail"];
    EXPECT_NE(detail.find("2026-03-02T11:59:30.000+00:00 to 2026-03-02T11:59:50.000+00:00"),
              std::string::npos)
        << detail;
}

TEST_F(Explain, WhileSomethingBlocksTheCampaignPacingsFiguresAreNull) {
    begin_segment();
    journal(30s, {{.campaign = id_, .block = DialBlock::HoursClosed, .decision = {}}});
    const Json then = at("11:59:45");
    EXPECT_EQ(then["block"], "HOURS_CLOSED");
    EXPECT_EQ(then["reason"], "it is outside the campaign's calling hours");
    EXPECT_TRUE(then["mode"].is_null());
    EXPECT_TRUE(then["idle"].is_null());
    EXPECT_EQ(then["allowed"], 0);
}

TEST_F(Explain, SaysThatTheServiceWasStartedAgainSince) {
    begin_segment();
    journal(30s, {told(7, 4, LineLimit::CallRate)});
    must_flush();
    backend_.reopen();
    begin_segment();
    journal(10s, {});
    EXPECT_EQ(at("11:59:55")["restarted_since"], true);
    EXPECT_EQ(at("11:59:35")["restarted_since"], false);
}

TEST_F(Explain, RefusesWhatIsNoTime) { EXPECT_EQ(at("noon", 422)["code"], "INVALID_INPUT"); }

TEST_F(Explain, HistoryHoldsTheChangesNotEachSecond) {
    begin_segment();
    for (int i = 0; i < 30; ++i) journal(60s - i * 1s, {told(1, 1, LineLimit::None)});
    for (int i = 0; i < 10; ++i) journal(20s - i * 1s, {told(3, 0, LineLimit::TrunkLines)});
    must_flush();
    const Json explained = ask(backend_, "GET", "/campaigns/spring/explain");
    ASSERT_EQ(explained["history"].size(), 2U) << explained;
    EXPECT_EQ(explained["history"][0]["at"], "2026-03-02T11:59:00.000+00:00");
    EXPECT_EQ(explained["history"][1]["at"], "2026-03-02T11:59:40.000+00:00");
    EXPECT_EQ(explained["history"][1]["limit"], "TRUNK_LINES");
}

TEST_F(Explain, HistoryLeavesOutTheToAndFroOfPacing) {
    begin_segment();
    for (int i = 0; i < 10; ++i) {
        journal(60s - i * 2s, {told(1, 1, LineLimit::None)});
        journal(59s - i * 2s, {told(0, 0, LineLimit::Forecast)});
    }
    journal(10s, {{.campaign = id_, .block = DialBlock::HoursClosed, .decision = {}}});
    must_flush();
    const Json history = ask(backend_, "GET", "/campaigns/spring/explain")["history"];
    ASSERT_EQ(history.size(), 2U) << history;
    EXPECT_EQ(history[0]["at"], "2026-03-02T11:59:00.000+00:00");
    EXPECT_EQ(history[1]["block"], "HOURS_CLOSED");
}

TEST_F(LiveExplain, NowHasTheSameFigures) {
    engine::Campaign& campaign = backend_.state.campaigns[id_];
    campaign.spec.mode = DialMode::Predictive;
    campaign.spec.hours.zone = {"UTC", {{UtcTime{}, 0s}}};
    campaign.run_state = engine::CampaignRunState::Running;
    campaign.last_block = DialBlock::None;
    campaign.last_decision = {.start = 1,
                              .wanted = 1,
                              .limit = LineLimit::None,
                              .mode = DialMode::Progressive,
                              .reason = ModeReason::WarmUp};
    campaign.forecast = told(1, 1, LineLimit::None).forecast;
    for (const char* verb : {"explain", "stats"}) {
        const Json body = ask(backend_, "GET", std::string{"/campaigns/spring/"} + verb);
        EXPECT_EQ(body["now"]["mode"], "PROGRESSIVE");
        EXPECT_EQ(body["now"]["mode_reason"], "WARM_UP");
        EXPECT_EQ(body["now"]["headroom"], 3.5);
        EXPECT_EQ(body["forecast"]["expected_free"], 4.5);
        EXPECT_EQ(body["mode"], "PROGRESSIVE");
        EXPECT_EQ(body["mode_configured"], "PREDICTIVE");
    }
    const Json status = ask(backend_, "GET", "/status")["campaigns"][0];
    EXPECT_EQ(status["mode"], "PROGRESSIVE");
    EXPECT_EQ(status["mode_configured"], "PREDICTIVE");
    EXPECT_EQ(status["mode_reason"], "WARM_UP");
    EXPECT_EQ(status["mode_words"],
              "one line per agent until enough is known of this campaign's answers");
}

TEST_F(Explain, IsReadableForPeople) {
    begin_segment();
    journal(30s, {told(7, 4, LineLimit::CallRate)});
    EXPECT_EQ(show_past_decision(at("11:59:45")),
              "campaign                spring\n"
              "asked for               2026-03-02T11:59:45.000+00:00 UTC\n"
              "decided at              2026-03-02T11:59:30.000+00:00\n"
              "mode                    PREDICTIVE, as configured\n"
              "why                     the limit of calls per second is reached\n"
              "lines wanted            7\n"
              "lines allowed           4, bounded by CALL_RATE\n"
              "agents                  25 at work, 3 idle\n"
              "calls in flight         11 ringing or being listened to, 1 people waiting\n"
              "in the next 30 s        4.5 busy agents expected free, 2.2 answers by people "
              "expected of the calls in flight\n"
              "chance of abandonment   1.25 % for an answer to the last line; the budget allows "
              "2.40 %\n"
              "headroom                3.5 abandoned calls until the cap's guard; chance to end "
              "the window over the cap 0.10 %\n"
              "learnt so far           a person answers 20.00 % of new calls, talks 61 s, wrap-up "
              "takes 14 s (means)\n");
}

TEST_F(LiveExplain, LeadWhyNamesEveryCampaignOfItsList) {
    write_file(backend_.folder() / "c.csv", "phone\n+12025550101\n+12025550102\n");
    ask(backend_, "POST", "/lists/people/imports",
        {{"path", (backend_.folder() / "c.csv").string()}, {"region", "US"}});
    engine::Campaign& campaign = backend_.state.campaigns[id_];
    campaign.spec.hours.zone = {"UTC", {{UtcTime{}, 0s}}};
    campaign.spec.hours.windows = {{0x7f, 9h, 21h}};
    campaign.spec.retry.attempts_max = 4;
    campaign.run_state = engine::CampaignRunState::Running;
    campaign.last_block = DialBlock::None;
    campaign.last_decision.limit = LineLimit::TrunkLines;
    const Json found =
        ask(backend_, "POST", "/leads/find", {{"number", "+12025550102"}, {"region", "US"}});
    const std::string id = found["leads"][0]["id"];

    Json why = ask(backend_, "GET", "/leads/" + id + "/why");
    ASSERT_EQ(why["standing"].size(), 1U) << why;
    const Json& waits = why["standing"][0];
    EXPECT_EQ(waits["campaign"], "spring");
    EXPECT_EQ(waits["state"], "NEW");
    EXPECT_EQ(waits["rule"], "NONE");
    EXPECT_EQ(waits["ahead"], 1);
    EXPECT_EQ(waits["attempts_max"], 4);
    EXPECT_EQ(waits["next_at"], "2026-03-02T12:00:00.000+00:00");
    EXPECT_EQ(
        waits["verdict"],
        "it waits for its turn: one contact stands before it; the campaign: every line of the "
        "trunk is in use");
    EXPECT_FALSE(show_why(why).empty());

    ask(backend_, "POST", "/do-not-call", {{"number", "+12025550102"}, {"region", "US"}});
    why = ask(backend_, "GET", "/leads/" + id + "/why");
    EXPECT_EQ(why["standing"][0]["rule"], "DO_NOT_CALL");
    EXPECT_TRUE(why["standing"][0]["next_at"].is_null());
}

}  // namespace
}  // namespace bellwether::app
