#include "simulator/baselines/expectation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <variant>
#include <vector>

#include "simulator/baselines/facts.h"

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

constexpr double kBinSeconds = 5.0;
constexpr auto kRenewal = 10s;  // of the tables, as the product's
// Memories in observations: about the lengths of the product's own estimators (research: C.1).
constexpr double kKeepRing = 1.0 - 1.0 / 400;
constexpr double kKeepDuration = 1.0 - 1.0 / 700;
constexpr double kKeepMean = 1.0 - 1.0 / 100;
constexpr double kPriorCalls = 20;  // with the chance below
constexpr double kPriorAnswer = 0.25;
constexpr double kPriorSeconds = 60;  // at risk, in each bin
constexpr double kStep = 0.10;        // eta of the product's budget loop
// Beyond these the weight changes nothing: every line refused, or every agent's ring time filled.
constexpr double kWeightMin = 0.25;
constexpr double kWeightMax = 50;

void move_mean(double& mean, double value) { mean += (1.0 - kKeepMean) * (value - mean); }

std::size_t bin_of(double elapsed_s, std::size_t bins) {
    return std::min(bins - 1, static_cast<std::size_t>(elapsed_s / kBinSeconds));
}

}  // namespace

void Expectation::Rings::add(double ring_s, bool live) {
    const auto last = std::min(kSeconds - 1, static_cast<std::size_t>(ring_s));
    for (std::size_t second = 0; second <= last; ++second) {
        ringing[second] = ringing[second] * kKeepRing + 1.0;
        answered[second] = answered[second] * kKeepRing + (live ? 1.0 : 0.0);
    }
}

double Expectation::Rings::answer_chance(double ringing_s) const {
    const auto second = std::min(kSeconds - 1, static_cast<std::size_t>(ringing_s));
    return (answered[second] + kPriorCalls * kPriorAnswer) / (ringing[second] + kPriorCalls);
}

void Expectation::Hazard::add(double duration_s) {
    const std::size_t last = bin_of(duration_s, kBins);
    for (std::size_t bin = 0; bin <= last; ++bin) {
        const double at_risk = duration_s - static_cast<double>(bin) * kBinSeconds;
        seconds[bin] =
            seconds[bin] * kKeepDuration + (bin < last ? kBinSeconds : std::max(0.0, at_risk));
        ends[bin] = ends[bin] * kKeepDuration + (bin == last ? 1.0 : 0.0);
    }
}

double Expectation::Hazard::per_second(double elapsed_s) const {
    const std::size_t bin = bin_of(elapsed_s, kBins);
    const double rate =
        (ends[bin] + kPriorSeconds * prior_per_second) / (seconds[bin] + kPriorSeconds);
    return std::min(1.0, rate);
}

struct Expectation::Learner {
    Expectation& rule;

    template <class Other>
    void operator()(const Other&) const {}  // nothing for this rule

    void operator()(const pacing::RingEnded& ring) const {
        const bool live = ring.end == pacing::RingEnd::Live;
        rule.rings_.add(ring.ring_s, live);
        if (live) move_mean(rule.ring_live_s_, ring.ring_s);
    }
    void operator()(const pacing::VerdictGiven& verdict) const {
        move_mean(rule.human_share_, verdict.human ? 1.0 : 0.0);
        if (verdict.human) move_mean(rule.verdict_s_, verdict.delay_s);
    }
    void operator()(const pacing::TalkEnded& talk) const { rule.talk_.add(talk.talk_s); }
    void operator()(const pacing::WrapUpEnded& wrap_up) const { rule.wrap_up_.add(wrap_up.wrap_s); }
    void operator()(const pacing::LiveAnswerResolved& answer) const {
        const double y = answer.abandoned ? 1.0 : 0.0;
        rule.weight_ =
            std::clamp(rule.weight_ * (1.0 + kStep * (y - rule.target_)), kWeightMin, kWeightMax);
    }
};

void Expectation::learn(const pacing::Happening& happening, Instant) {
    std::visit(Learner{*this}, happening);
}

pacing::Verdict Expectation::decide(const pacing::Settings& settings,
                                    const pacing::Picture& picture) {
    if (!picture.accounts.empty()) target_ = settings.budget_share * picture.accounts.front().cap;
    if (!renewed_ || picture.at - *renewed_ >= kRenewal) renew_tables(picture.at);

    const double answers = expected_answers(picture);
    const double free = expected_free(picture);
    const double answer_rate = rings_.answer_chance(0);
    const double room = picture.idle + free - picture.waiting - weight_ * answers;
    const int floor = picture.idle - picture.waiting - picture.in_flight();
    const double burst = 20 + picture.agents() / 2.0;  // a decision, as the product
    const double matched = std::clamp(room / (weight_ * answer_rate), 0.0, burst);

    auto verdict = plain_verdict(picture, std::max(floor, static_cast<int>(std::floor(matched))));
    verdict.forecast.expected_answers = answers;
    verdict.forecast.expected_free = free;
    verdict.forecast.answer_rate = answer_rate;
    return verdict;
}

double Expectation::expected_answers(const pacing::Picture& picture) const {
    double answers = human_share_ * static_cast<double>(picture.detecting.size());
    for (const auto& call : picture.ringing) answers += rings_.answer_chance(call.age_s);
    return answers;
}

double Expectation::expected_free(const pacing::Picture& picture) const {
    const auto sum = [](const std::vector<pacing::BusyAgent>& agents, const FreeChances& chances) {
        double free = 0;
        for (const auto& agent : agents) {
            if (!agent.leaves) free += chances[bin_of(agent.elapsed_s, Hazard::kBins)];
        }
        return free;
    };
    return sum(picture.talking, free_from_talk_) + sum(picture.wrapping, free_from_wrap_);
}

/// In steps of a second: the talk ends within one of them, and the wrap-up within those left.
void Expectation::renew_tables(Instant at) {
    renewed_ = at;
    const auto window = static_cast<std::size_t>(std::clamp(ring_live_s_ + verdict_s_, 1.0, 60.0));
    std::vector<double> wrap_done(window, 0.0);  // within so many whole seconds of its beginning
    for (std::size_t second = 1; second < window; ++second) {
        const double hazard = wrap_up_.per_second(static_cast<double>(second - 1));
        wrap_done[second] = wrap_done[second - 1] + (1.0 - wrap_done[second - 1]) * hazard;
    }
    for (std::size_t bin = 0; bin < Hazard::kBins; ++bin) {
        const double middle = (static_cast<double>(bin) + 0.5) * kBinSeconds;
        double still_talking = 1.0;
        double still_wrapping = 1.0;
        double free = 0;
        for (std::size_t second = 0; second < window; ++second) {
            const double elapsed = middle + static_cast<double>(second);
            const double ends = still_talking * talk_.per_second(elapsed);
            free += ends * wrap_done[window - 1 - second];
            still_talking -= ends;
            still_wrapping *= 1.0 - wrap_up_.per_second(elapsed);
        }
        free_from_talk_[bin] = free;
        free_from_wrap_[bin] = 1.0 - still_wrapping;
    }
}

}  // namespace bellwether::simulator
