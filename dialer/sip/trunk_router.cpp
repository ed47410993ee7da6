#include "dialer/sip/trunk_router.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "dialer/sip/sip_text.h"

namespace bellwether::sip {

TrunkRouter::TrunkRouter(std::span<const TrunkConfig> trunks) {
    BW_CHECK(trunks.size() <= kTrunksMax);
    for (const TrunkConfig& config : trunks) {
        BW_CHECK(config.weight > 0 && config.calls_per_second > 0);
        Trunk trunk{.prefixes = config.allowed_prefixes,
                    .priority = config.priority,
                    .weight = config.weight,
                    .lines = config.lines,
                    .calls_per_second = config.calls_per_second,
                    .tokens = 0};
        trunk.tokens = trunk.bucket();
        trunks_.push_back(std::move(trunk));
    }
}

TrunkRouter::Choice TrunkRouter::choose(std::string_view e164, const TrunkSet& tried, Elapsed now) {
    std::optional<int> priority;
    TrunkSet ready;  // of the lowest priority number so far
    std::optional<Elapsed> soonest;
    bool is_allowed = false;
    for (TrunkIndex i = 0; i < trunks_.size(); ++i) {
        Trunk& trunk = trunks_[i];
        is_allowed = is_allowed || destination_allowed(e164, trunk.prefixes);
        if (!could_carry(i, e164, tried, now)) continue;
        refill(trunk, now);
        if (trunk.tokens < 1) {
            const double seconds = (1 - trunk.tokens) / trunk.calls_per_second;
            const auto at = now + Elapsed{static_cast<std::int64_t>(std::ceil(seconds * 1000))};
            soonest = soonest ? std::min(*soonest, at) : at;
            continue;
        }
        if (priority && trunk.priority > *priority) continue;
        if (!priority || trunk.priority < *priority) ready.reset();
        priority = trunk.priority;
        ready.set(i);
    }
    if (priority) {
        const TrunkIndex chosen = next_by_weight(ready);
        take(chosen, now);
        return {.verdict = Verdict::Chosen, .trunk = chosen};
    }
    if (soonest) return {.verdict = Verdict::Wait, .until = *soonest};
    return {.verdict = is_allowed ? Verdict::NoneLeft : Verdict::NotAllowed};
}

bool TrunkRouter::could_carry(TrunkIndex index, std::string_view e164, const TrunkSet& tried,
                              Elapsed now) const {
    const Trunk& trunk = trunks_[index];
    if (tried.test(index) || trunk.calls >= trunk.lines) return false;
    if (!destination_allowed(e164, trunk.prefixes)) return false;
    if (condition(index, now) != TrunkCondition::Up) return false;
    return circuit(index, now) == Circuit::Closed || now >= trunk.trial_until;
}

void TrunkRouter::refill(Trunk& trunk, Elapsed now) {
    const double seconds = std::chrono::duration<double>(now - trunk.tokens_at).count();
    trunk.tokens = std::min(trunk.bucket(), trunk.tokens + seconds * trunk.calls_per_second);
    trunk.tokens_at = now;
}

TrunkIndex TrunkRouter::next_by_weight(const TrunkSet& candidates) {
    std::int64_t sum = 0;
    std::optional<TrunkIndex> best;
    for (TrunkIndex i = 0; i < trunks_.size(); ++i) {
        if (!candidates.test(i)) continue;
        Trunk& trunk = trunks_[i];
        trunk.credit += trunk.weight;
        sum += trunk.weight;
        if (!best || trunk.credit > trunks_[*best].credit) best = i;
    }
    BW_CHECK(best.has_value());
    trunks_[*best].credit -= sum;
    return *best;
}

void TrunkRouter::take(TrunkIndex index, Elapsed now) {
    Trunk& trunk = trunks_[index];
    ++trunk.calls;
    trunk.tokens -= 1;
    if (trunk.opened) trunk.trial_until = now + kTrialMax;
}

void TrunkRouter::release(TrunkIndex trunk) {
    BW_CHECK(trunks_[trunk].calls > 0);
    --trunks_[trunk].calls;
}

void TrunkRouter::worked(TrunkIndex index) {
    Trunk& trunk = trunks_[index];
    trunk.failures_in_a_row = 0;
    trunk.opened = false;
    trunk.pause = kPauseMin;
}

void TrunkRouter::failed(TrunkIndex index, TrunkFailure how,
                         std::optional<std::chrono::seconds> retry_after, Elapsed now) {
    Trunk& trunk = trunks_[index];
    if (how == TrunkFailure::Status && retry_after && retry_after->count() > 0) {
        trunk.rest_until =
            std::max<Elapsed>(trunk.rest_until, now + std::min(*retry_after, kRestMax));
    }
    ++trunk.failures_in_a_row;
    if (!trunk.opened && trunk.failures_in_a_row >= kFailuresToOpen) {
        open(trunk, now);
    } else if (trunk.opened && now >= trunk.open_until) {
        trunk.pause = std::min<Elapsed>(trunk.pause * 2, kPauseMax);
        open(trunk, now);
    }
}

void TrunkRouter::open(Trunk& trunk, Elapsed now) {
    trunk.opened = true;
    trunk.open_until = now + trunk.pause;
    trunk.trial_until = Elapsed{0};
}

void TrunkRouter::options_answered(TrunkIndex trunk) { trunks_[trunk].options_missed = false; }
void TrunkRouter::options_missed(TrunkIndex trunk) { trunks_[trunk].options_missed = true; }

TrunkCondition TrunkRouter::condition(TrunkIndex index, Elapsed now) const {
    const Trunk& trunk = trunks_[index];
    if (trunk.options_missed) return TrunkCondition::OptionsUnanswered;
    if (now < trunk.rest_until) return TrunkCondition::RetryAfter;
    return circuit(index, now) == Circuit::Open ? TrunkCondition::CircuitOpen : TrunkCondition::Up;
}

Circuit TrunkRouter::circuit(TrunkIndex index, Elapsed now) const {
    const Trunk& trunk = trunks_[index];
    if (!trunk.opened) return Circuit::Closed;
    return now < trunk.open_until ? Circuit::Open : Circuit::HalfOpen;
}

}  // namespace bellwether::sip
