// Laws of pacing/, checked on random input.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "pacing/lines.h"

namespace bellwether::pacing {
namespace {

LineFacts any_facts() {
    const int signed_in = *rc::gen::inRange(0, 30);
    const int in_flight = *rc::gen::inRange(0, 30);
    return {.mode = *rc::gen::element(DialMode::Manual, DialMode::Preview, DialMode::Progressive,
                                      DialMode::Ratio, DialMode::Predictive, DialMode::Unattended),
            .agents_signed_in = signed_in,
            .agents_ready = *rc::gen::inRange(0, signed_in + 1),
            .calls_waiting = *rc::gen::inRange(0, 5),
            .lines_in_flight = in_flight,
            .lines_used = in_flight + *rc::gen::inRange(0, 30),
            .lines_max = *rc::gen::inRange(1, 60),
            .trunk_lines_free = *rc::gen::inRange(0, 60),
            .rate_allows = *rc::gen::inRange(0, 60),
            .quota_allows = *rc::gen::element(0, 3, 20, kNoQuota),
            .lines_asked = *rc::gen::inRange(0, 10),
            .granted = *rc::gen::inRange(0, 40)};
}

RC_GTEST_PROP(DecideLinesLaw, NeverMoreThanAnyLimit, ()) {
    const LineFacts facts = any_facts();
    const LineDecision decision = decide_lines(facts);
    const int room = std::max(0, facts.lines_max - facts.lines_used);
    RC_ASSERT(decision.start >= 0);
    RC_ASSERT(decision.start <= decision.wanted);
    RC_ASSERT(decision.start <= room);
    RC_ASSERT(decision.start <= facts.trunk_lines_free);
    RC_ASSERT(decision.start <= facts.rate_allows);
    RC_ASSERT(decision.start <= facts.quota_allows);
}

RC_GTEST_PROP(DecideLinesLaw, EverythingWantedIsStartedExactlyWhenNothingLimits, ()) {
    const LineDecision decision = decide_lines(any_facts());
    const bool all_started = decision.start == decision.wanted && decision.wanted > 0;
    RC_ASSERT((decision.limit == LineLimit::None) == all_started);
}

RC_GTEST_PROP(DecideLinesLaw, ProgressiveNeverHasMoreLinesThanReadyAgents, ()) {
    LineFacts facts = any_facts();
    facts.mode = DialMode::Progressive;
    const int start = decide_lines(facts).start;
    RC_ASSERT(start == 0 ||
              start + facts.lines_in_flight + facts.calls_waiting <= facts.agents_ready);
}

RC_GTEST_PROP(DecideLinesLaw, ARoomierLimitNeverMeansFewerLines, ()) {
    LineFacts facts = any_facts();
    const int before = decide_lines(facts).start;
    facts.lines_max += *rc::gen::inRange(0, 10);
    facts.trunk_lines_free += *rc::gen::inRange(0, 10);
    facts.rate_allows += *rc::gen::inRange(0, 10);
    RC_ASSERT(decide_lines(facts).start >= before);
}

RC_GTEST_PROP(DecideLinesLaw, StartingThemLeavesNothingToStart, ()) {
    LineFacts facts = any_facts();
    const LineDecision decision = decide_lines(facts);
    facts.lines_in_flight += decision.start;
    facts.lines_used += decision.start;
    facts.granted -= std::min(facts.granted, decision.start);
    facts.lines_asked -= std::min(facts.lines_asked, decision.start);
    RC_ASSERT(decision.limit != LineLimit::None || decide_lines(facts).start == 0);
}

}  // namespace
}  // namespace bellwether::pacing
