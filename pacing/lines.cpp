#include "pacing/lines.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::pacing {
namespace {

/// Why the rule grants no line.
LineLimit without_grant(const LineFacts& facts) {
    if (facts.reason == ModeReason::Guarded) return LineLimit::AbandonmentCap;
    return facts.in_force == DialMode::Predictive ? LineLimit::Forecast : LineLimit::AgentsBusy;
}

/// Ready, and nobody rings or waits for them; below 0 after somebody has left.
int agents_free(const LineFacts& facts) {
    return facts.agents_ready - facts.calls_waiting - facts.lines_in_flight;
}

/// What the mode asks for, and why that is nothing if it is nothing.
LineDecision asked_by_mode(const LineFacts& facts) {
    switch (facts.mode) {
        case DialMode::Unattended:
            return {0, facts.lines_max - facts.lines_used, LineLimit::CampaignLines, facts.mode};
        case DialMode::Manual:
        case DialMode::Preview:
            return {0, facts.lines_asked, LineLimit::NotAsked, facts.mode};
        case DialMode::Progressive:
            return {0, agents_free(facts), LineLimit::AgentsBusy, facts.mode};
        case DialMode::Ratio:
        case DialMode::Predictive:
            return {0, facts.granted, without_grant(facts), facts.in_force, facts.reason};
    }
    BW_CHECK(false);
}

void lower_to(LineDecision& decision, int most, LineLimit limit) {
    most = std::max(0, most);
    if (decision.start <= most) return;
    decision.start = most;
    decision.limit = limit;
}

}  // namespace

LineDecision decide_lines(const LineFacts& facts) {
    BW_CHECK(facts.agents_ready <= facts.agents_signed_in);

    LineDecision decision = asked_by_mode(facts);
    if (facts.agents_signed_in == 0 && facts.mode != DialMode::Unattended) {
        decision.wanted = 0;
        decision.limit = LineLimit::NoAgents;
    }
    decision.wanted = std::max(0, decision.wanted);
    if (decision.wanted == 0) return decision;

    decision.start = decision.wanted;
    decision.limit = LineLimit::None;
    // The grant was for those who were ready then.
    if (decision.mode == DialMode::Progressive)
        lower_to(decision, agents_free(facts), LineLimit::AgentsBusy);
    lower_to(decision, facts.lines_max - facts.lines_used, LineLimit::CampaignLines);
    lower_to(decision, facts.trunk_lines_free, LineLimit::TrunkLines);
    lower_to(decision, facts.rate_allows, LineLimit::CallRate);
    lower_to(decision, facts.quota_allows, LineLimit::QuotaNearlyFull);
    return decision;
}

}  // namespace bellwether::pacing
