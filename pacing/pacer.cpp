#include "pacing/pacer.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "pacing/learning.h"

namespace bellwether::pacing {
namespace {

// A ratio like 1.15 is a little less in binary; 20 agents must still get 23 lines, not 22.
constexpr double kRounding = 1e-9;

// Source: research: pacing C.3, C.4, C.7.
constexpr int kBurst = 20;  // lines in one decision, and half a line more for each agent
constexpr double kReleaseAbove = 0.30;
constexpr double kReleaseMarginS = 0.2;  // past the legal minimum, for clocks that differ
constexpr double kRiskPerCallMax = 0.15;
constexpr double kAnomalyChance = 0.02;
constexpr double kFrozenAfterS = 30;
constexpr double kAimMin = 0.1;  // of the cap: mistaken machines never take all of it

int lines_for(const Picture& picture, double ratio) {
    const double lines = std::floor(ratio * picture.idle + kRounding);
    return std::max(0, static_cast<int>(lines) - picture.waiting - picture.in_flight());
}

Forecast counts_of(const Picture& picture) {
    Forecast forecast;
    forecast.agents = picture.agents();
    forecast.idle = picture.idle;
    forecast.in_flight = picture.in_flight();
    forecast.waiting = picture.waiting;
    return forecast;
}

/// Contacts that the picture does not show are taken to be like the last one it shows.
AnswerKey key_of_next(const Picture& picture, int index) {
    if (picture.next.empty()) return {};
    return picture.next[std::min(static_cast<std::size_t>(index), picture.next.size() - 1)];
}

}  // namespace

void Pacer::learn(const Happening& happening, Instant at) { learn_from(state_, happening, at); }

Verdict Pacer::decide(const Settings& settings, const Picture& picture) {
    BW_CHECK(settings.mode == DialMode::Progressive || settings.mode == DialMode::Ratio ||
             settings.mode == DialMode::Predictive);
    BW_CHECK(settings.mode != DialMode::Ratio || settings.ratio >= 1.0);
    state_.agents = picture.agents();
    state_.in_flight = picture.in_flight();
    if (picture.in_flight() == 0) state_.safeguards.last_news = picture.at;

    Verdict verdict{.forecast = counts_of(picture)};
    if (settings.mode == DialMode::Progressive) {
        state_.budget.learns_good = false;
        verdict.lines = lines_for(picture, 1.0);
        return verdict;
    }

    renew_beliefs(state_, settings, picture);
    ahead_.follow(state_);
    const Foreseen foreseen = ahead_.look(state_, picture);
    const Headroom room = headroom(settings, picture, foreseen);
    const Stance stance = this->stance(settings, picture, room);
    state_.budget.learns_good =
        stance.mode == DialMode::Predictive && stance.reason != ModeReason::StaleState;

    verdict.forecast.mode = stance.mode;
    verdict.forecast.reason = stance.reason;
    verdict.forecast.expected_free = foreseen.expected_free;
    verdict.forecast.expected_answers = foreseen.expected_answers;
    verdict.forecast.budget = stance.chance;
    verdict.forecast.headroom = room.calls;
    verdict.forecast.chance_over_cap = room.chance_over_cap;
    verdict.forecast.answer_rate = ahead_.calls().answer_rate(
        multiplier_of(state_.call_belief->factors, key_of_next(picture, 0)));
    verdict.forecast.talk_s = state_.agent_belief->talk_s;
    verdict.forecast.wrap_up_s = state_.agent_belief->wrap_up_s;

    if (settings.mode == DialMode::Predictive) release(settings, picture, foreseen, verdict);
    verdict.forecast.abandonment_chance = ahead_.chance_for_new_call();
    if (stance.reason == ModeReason::StaleState) return verdict;
    if (stance.mode == DialMode::Predictive) {
        place_by_forecast(picture, stance, verdict);
    } else {
        const double ratio = stance.mode == DialMode::Ratio ? settings.ratio : 1.0;
        verdict.lines = lines_for(picture, ratio);
    }
    return verdict;
}

Headroom Pacer::headroom(const Settings& settings, const Picture& picture,
                         const Foreseen& foreseen) {
    const CallBelief& calls = *state_.call_belief;
    const AgentBelief& agents = *state_.agent_belief;
    const double mistaken = settings.count_mistaken ? false_machine_share(state_.detection) *
                                                          calls.machine_rate / calls.answer_rate
                                                    : 0.0;
    const double planned =
        std::min(chance_of(state_.budget), kRiskPerCallMax) * foreseen.expected_answers;
    double risky = planned + picture.waiting;
    // After a jump or a mass logout the forecast may see more than the worst of what was planned.
    const double seen = foreseen.expected_misses + picture.waiting;
    if (seen > worst_of(risky, 0)) risky = seen;
    const Headroom room =
        tightest(picture.accounts,
                 {.agents = picture.agents(),
                  .handle_s = agents.talk_s + agents.wrap_up_s,
                  .search_s = (ahead_.calls().mean_ring_s() + calls.delay_s) / calls.answer_rate,
                  .risky_calls = risky,
                  .surplus = foreseen.surplus,
                  .surplus_worst = foreseen.surplus_worst,
                  .mistaken = mistaken});

    state_.budget.aim = std::max(settings.budget_share * (room.cap - mistaken), kAimMin * room.cap);
    state_.budget.frozen = picture.lines_refused_s > kFrozenAfterS;
    return room;
}

ModeReason Pacer::careful(const Settings& settings, const Headroom& room) const {
    if (settings.safeguards && settings.mode == DialMode::Predictive) {
        if (state_.safeguards.below_floor) return ModeReason::FewAgents;
        if (warming_up(state_.safeguards)) return ModeReason::WarmUp;
        if (budget_is_small(room.budget_calls)) return ModeReason::SmallBudget;
    }
    if (settings.guard && room.calls <= 0) return ModeReason::Guarded;
    return ModeReason::AsConfigured;
}

Pacer::Stance Pacer::stance(const Settings& settings, const Picture& picture,
                            const Headroom& room) {
    SafeguardState& safeguards = state_.safeguards;
    follow_floor(safeguards, picture.agents(), settings.agent_floor, picture.at);

    const double news_per_s = picture.in_flight() / ahead_.calls().mean_ring_s();
    if (stale(safeguards, news_per_s, picture.at)) {
        return {.mode = settings.mode, .reason = ModeReason::StaleState};
    }
    if (const ModeReason reason = careful(settings, room); reason != ModeReason::AsConfigured) {
        return {.mode = DialMode::Progressive, .reason = reason};
    }
    if (settings.mode == DialMode::Ratio) return {.mode = DialMode::Ratio};

    double chance = chance_of(state_.budget);
    if (settings.guard) chance = allowed_chance(chance, room.calls);
    if (!anomaly(safeguards, picture.at)) {
        return {.mode = DialMode::Predictive, .chance = chance};
    }
    return {.mode = DialMode::Predictive,
            .reason = ModeReason::CarrierAnomaly,
            .chance = std::min(chance, kAnomalyChance)};
}

void Pacer::place_by_forecast(const Picture& picture, const Stance& stance, Verdict& verdict) {
    const int burst = kBurst + picture.agents() / 2;
    const int sure = lines_for(picture, 1.0);  // one for each agent who waits: no risk
    double& chance = verdict.forecast.abandonment_chance;
    while (verdict.lines < burst) {
        if (verdict.lines > 0) chance = ahead_.chance_for_new_call();
        if (verdict.lines >= sure && chance > stance.chance) return;
        ahead_.add_new_call(state_, key_of_next(picture, verdict.lines));
        ++verdict.lines;
    }
}

void Pacer::release(const Settings& settings, const Picture& picture, const Foreseen& foreseen,
                    Verdict& verdict) const {
    if (!settings.ring_release) return;
    // After a mass logout more people are to come than there are agents: all that may go, goes.
    const bool flood = picture.waiting + foreseen.expected_answers > picture.agents();
    const GridRow none_left = ahead_.none_left();
    if (!flood && std::max(none_left[0], none_left[1]) <= kReleaseAbove) return;

    const RingingCall* riskiest = nullptr;
    double most = -1;
    for (const RingingCall& call : picture.ringing) {
        if (!call.may_be_released || call.age_s < settings.min_ring_s + kReleaseMarginS) continue;
        if (flood) {
            verdict.release.push_back(call.call);
            continue;
        }
        const double soon = ahead_.chances(state_, call)[1];
        if (soon <= most) continue;
        most = soon;
        riskiest = &call;
    }
    if (riskiest != nullptr) verdict.release.push_back(riskiest->call);
}

}  // namespace bellwether::pacing
