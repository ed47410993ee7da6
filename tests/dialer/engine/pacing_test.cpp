#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/pacing.cpp: the rule is asked, bounded, and what it says goes on record.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

TEST(Pacing, StartsTheRatioOfLinesForEachReadyAgent) {
    auto spec = ratio(2.5);
    spec.pacing_guard = false;
    play({Given{"two agents", spec, 2}, Offer{"eight contacts", 8},
          Wait{"the next decision", 250ms}, Never{"not six", {"STORE_ATTEMPT contact=6"}},
          Expect{"floor(2.5 * 2) lines", {"STORE_ATTEMPT contact=5 pacing.mode=RATIO"}}});
}

TEST(Pacing, FallsBackToOneLineForEachAgentWhenTheAccountBearsNoMore) {
    auto spec = ratio(2.5);
    spec.abandonment[0] = {Probability{0.001}, {compliance::WindowKind::Hours, 1}};
    play({Given{"two agents", spec, 2}, Offer{"eight contacts", 8},
          Wait{"the next decision", 250ms}, Never{"not three", {"STORE_ATTEMPT contact=3"}},
          Expect{"as progressive, and why",
                 {"STORE_ATTEMPT contact=2 pacing.mode=PROGRESSIVE pacing.reason=GUARDED"}}});
}

TEST(Pacing, ExplainsAPredictiveCampaignEverySecond) {
    auto spec = progressive();
    spec.mode = pacing::DialMode::Predictive;
    play({Given{"two agents", spec, 2}, Offer{"five contacts", 5},
          Expect{"two agents are too few to forecast",
                 {"EXPLAIN_PACING decision.mode=PROGRESSIVE decision.reason=FEW_AGENTS"}},
          Wait{"a second", 1s}, Expect{"again", {"EXPLAIN_PACING forecast.agents=2"}},
          Wait{"a second", 1s}, Expect{"and again", {"EXPLAIN_PACING forecast.agents=2"}}});
}

/// Remembers how long, at each decision, lines had been refused.
class RefusalsSeen final : public pacing::Rule {
public:
    explicit RefusalsSeen(std::vector<double>& seen) : seen_{seen} {}
    void learn(const pacing::Happening& /*happening*/, Instant /*at*/) override {}
    pacing::Verdict decide(const pacing::Settings& /*settings*/,
                           const pacing::Picture& picture) override {
        seen_.push_back(picture.lines_refused_s);
        return {.lines = 3};
    }

private:
    std::vector<double>& seen_;
};

TEST(Pacing, TellsTheRuleForHowLongItsLinesWereNotAllUsed) {
    auto spec = ratio(2.5);
    spec.lines_max = 1;
    std::vector<double> seen;
    Engine engine{EngineState{}, [&](CampaignId, pacing::PacerState&) {
                      return std::make_unique<RefusalsSeen>(seen);
                  }};
    Now now{Instant{50h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} + 10h};
    handle(engine, EngineStarted{Epoch{1}, 10, 10.0}, now);
    handle(engine, CampaignApplied{.spec = spec, .run_state = CampaignRunState::Running}, now);
    handle(engine, AgentSignedIn{.agent = AgentId{1}, .campaign = CampaignId{1}, .ready = true},
           now);
    handle(engine, CallAnswered{engine.state().agents.at(AgentId{1}).leg}, now);
    ContactsOffered offered{.campaign = CampaignId{1}};
    for (std::uint64_t i = 1; i <= 5; ++i) {
        offered.offers.push_back(
            {.contact = ContactId{i}, .number = NumberId{i}, .destination_allowed = true});
    }
    handle(engine, offered, now);
    for (int second = 0; second < 3; ++second) {
        now.elapsed += 1s;
        now.utc += 1s;
        handle(engine, TimePassed{}, now);
    }
    ASSERT_GE(seen.size(), 3U);
    EXPECT_EQ(seen.front(), 0.0);
    EXPECT_GE(seen.back(), 1.0) << "one line of three is all that the campaign may have";
}

}  // namespace
}  // namespace bellwether::engine::story
