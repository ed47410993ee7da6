#include "pacing/lines.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace bellwether::pacing {
namespace {

// A ratio like 1.15 is a little less in binary; 20 agents must still get 23 lines, not 22.
constexpr double kRounding = 1e-9;

int lines_for(const LineFacts& facts, double ratio) {
    const double lines = std::floor(ratio * facts.agents_ready + kRounding);
    return static_cast<int>(lines) - facts.calls_waiting - facts.lines_in_flight;
}

/// Each line beyond the ready agents may cost an abandoned call: so many the account can bear.
int whole_calls(double slack) { return static_cast<int>(std::floor(std::max(0.0, slack))); }

/// What the mode asks for, and why that is nothing if it is nothing.
LineDecision asked_by_mode(const LineFacts& facts) {
    if (facts.mode == DialMode::Unattended) {
        return {0, facts.lines_max - facts.lines_in_flight - facts.lines_talking,
                LineLimit::CampaignLines};
    }
    if (facts.agents_signed_in == 0) return {0, 0, LineLimit::NoAgents};
    if (facts.mode == DialMode::Manual) return {0, facts.lines_asked, LineLimit::NotAsked};
    const double ratio = facts.mode == DialMode::Ratio ? facts.ratio : 1.0;
    return {0, lines_for(facts, ratio), LineLimit::AgentsBusy};
}

void lower_to(LineDecision& decision, int most, LineLimit limit) {
    most = std::max(0, most);
    if (decision.start <= most) return;
    decision.start = most;
    decision.limit = limit;
}

}  // namespace

LineDecision decide_lines(const LineFacts& facts) {
    BW_CHECK(facts.mode != DialMode::Ratio || facts.ratio >= 1.0);
    BW_CHECK(facts.agents_ready <= facts.agents_signed_in);

    LineDecision decision = asked_by_mode(facts);
    decision.wanted = std::max(0, decision.wanted);
    if (decision.wanted == 0) return decision;

    decision.start = decision.wanted;
    decision.limit = LineLimit::None;
    if (facts.mode == DialMode::Ratio) {
        lower_to(decision, lines_for(facts, 1.0) + whole_calls(facts.slack),
                 LineLimit::AbandonmentCap);
    }
    lower_to(decision, facts.lines_max - facts.lines_in_flight - facts.lines_talking,
             LineLimit::CampaignLines);
    lower_to(decision, facts.trunk_lines_free, LineLimit::TrunkLines);
    lower_to(decision, facts.rate_allows, LineLimit::CallRate);
    return decision;
}

}  // namespace bellwether::pacing
