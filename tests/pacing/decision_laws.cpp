// Laws of the forecast and the decision of pacing/, checked on random input.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "pacing/demand.h"
#include "pacing/pacer.h"

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

double chance() { return *rc::gen::inRange(0, 1001) / 1000.0; }

Picture any_picture(int agents_max) {
    Picture picture{.at = Instant{10h}};
    picture.idle = *rc::gen::inRange(0, agents_max / 3);
    const int talking = *rc::gen::inRange(0, agents_max / 2);
    const int wrapping = *rc::gen::inRange(0, agents_max / 3);
    std::uint64_t id = 0;
    for (int i = 0; i < talking; ++i)
        picture.talking.push_back({AgentId{++id}, 300 * chance(), false});
    for (int i = 0; i < wrapping; ++i)
        picture.wrapping.push_back({AgentId{++id}, 60 * chance(), false});
    const int ringing = *rc::gen::inRange(0, 3 * agents_max);
    for (int i = 0; i < ringing; ++i) {
        picture.ringing.push_back({CallId{++id}, 25 * chance(), {}, *rc::gen::arbitrary<bool>()});
    }
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
        picture.detecting.push_back({20 * chance(), 2 * chance(), {}});
    }
    picture.waiting = *rc::gen::inRange(0, 3);
    picture.accounts = {{0.03, 2000, *rc::gen::inRange(0, 60), 10'000 * chance()}};
    return picture;
}

/// All decide from the same state: nothing learnt, and this budget.
Verdict decide(const Picture& picture, double log_chance = -3.2, bool guard = true) {
    PacerState state;
    state.budget.log_chance = log_chance;
    Pacer pacer{state};
    return pacer.decide({.guard = guard, .safeguards = false}, picture);
}

RC_GTEST_PROP(DecisionLaw, LinesAreBoundedByTheBurst, ()) {
    const Picture picture = any_picture(*rc::gen::inRange(3, 80));
    const Verdict verdict = decide(picture);
    RC_ASSERT(verdict.lines >= 0);
    RC_ASSERT(verdict.lines <= 20 + picture.agents() / 2);
    RC_ASSERT(verdict.forecast.abandonment_chance >= 0 && verdict.forecast.abandonment_chance <= 1);
    RC_ASSERT(verdict.forecast.expected_free <=
              static_cast<double>(picture.talking.size() + picture.wrapping.size()));
    RC_ASSERT(verdict.forecast.expected_answers <= picture.in_flight());
}

RC_GTEST_PROP(DecisionLaw, NeverFewerThanProgressiveWithinTheBurst, ()) {
    const Picture picture = any_picture(*rc::gen::inRange(3, 80));
    const int progressive = std::max(0, picture.idle - picture.waiting - picture.in_flight());
    RC_ASSERT(decide(picture).lines >= std::min(progressive, 20 + picture.agents() / 2));
}

RC_GTEST_PROP(DecisionLaw, MoreIdleAgentsNeverMeanFewerLines, ()) {
    Picture picture = any_picture(*rc::gen::inRange(3, 36));
    const int before = decide(picture, -3.2, false).lines;
    picture.idle += *rc::gen::inRange(1, 4);
    // The same form of the demand on both sides.
    RC_PRE(picture.agents() <= kExactAgentsMax || picture.agents() > kExactAgentsMax + 3);
    RC_ASSERT(decide(picture, -3.2, false).lines >= before);
}

RC_GTEST_PROP(DecisionLaw, AHigherBudgetNeverMeansFewerLines, ()) {
    const Picture picture = any_picture(*rc::gen::inRange(3, 80));
    const double low = -5.5 + 5 * chance();
    const double high = low + (-0.2 - low) * chance();
    RC_ASSERT(decide(picture, high, false).lines >= decide(picture, low, false).lines);
}

RC_GTEST_PROP(DecisionLaw, GuardedIsProgressive, ()) {
    Picture picture = any_picture(*rc::gen::inRange(3, 80));
    picture.accounts = {{0.03, 1000, 200, 0}};
    const Verdict verdict = decide(picture);
    RC_ASSERT(verdict.forecast.mode == DialMode::Progressive);
    RC_ASSERT(verdict.lines == std::max(0, picture.idle - picture.waiting - picture.in_flight()));
}

RC_GTEST_PROP(DecisionLaw, OnlyCallsThatMayGoAndRangLongEnoughAreGivenUp, ()) {
    const Picture picture = any_picture(*rc::gen::inRange(3, 40));
    const Verdict verdict = decide(picture);
    for (const CallId id : verdict.release) {
        const auto call = std::ranges::find(picture.ringing, id, &RingingCall::call);
        RC_ASSERT(call != picture.ringing.end());
        RC_ASSERT(call->may_be_released && call->age_s >= 15.2);
    }
}

GridRow none_left(Demand::Form form, int agents, const std::vector<double>& chances) {
    Demand demand;
    demand.start(agents, form);
    for (const double one : chances) demand.add(GridRow::Constant(one));
    return demand.none_left(0);
}

RC_GTEST_PROP(DemandLaw, EveryoneMoreRaisesTheChanceAndItStaysOne, ()) {
    const auto form = *rc::gen::element(Demand::Form::Exact, Demand::Form::Moments);
    std::vector<double> chances;
    for (int i = *rc::gen::inRange(0, 60); i > 0; --i) chances.push_back(chance());
    const int agents = *rc::gen::inRange(0, 40);
    const double before = none_left(form, agents, chances)[0];
    chances.push_back(chance());
    const double after = none_left(form, agents, chances)[0];
    RC_ASSERT(before >= 0 && after <= 1);
    // The correction of the moments bends a little for demands as small as these; it is not used
    // there.
    RC_ASSERT(after >= before - (form == Demand::Form::Exact ? 1e-12 : 0.04));
}

// Issue 3, done when: both forms within 0.01 of each other for 30 to 60 agents. Demands as they
// occur: some agents surely busy, some about to finish, and calls.
RC_GTEST_PROP(DemandLaw, BothFormsAgreeFromThirtyAgentsOn, ()) {
    const int agents = *rc::gen::inRange(30, 61);
    const int busy = *rc::gen::inRange(agents / 2, agents + 1);
    std::vector<double> chances;
    for (int i = 0; i < busy; ++i) chances.push_back(0.3 + 0.7 * chance());
    const int calls = *rc::gen::inRange(agents, 2 * agents);
    for (int i = 0; i < calls; ++i) chances.push_back(0.5 * chance());
    RC_ASSERT(std::abs(none_left(Demand::Form::Exact, agents, chances)[0] -
                       none_left(Demand::Form::Moments, agents, chances)[0]) < 0.01);
}

}  // namespace
}  // namespace bellwether::pacing
