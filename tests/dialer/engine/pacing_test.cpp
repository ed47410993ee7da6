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

}  // namespace
}  // namespace bellwether::engine::story
