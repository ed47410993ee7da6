#include "simulator/baselines/vicidial.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <variant>

#include "base/check.h"
#include "simulator/baselines/facts.h"

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

// bin/AST_VDauto_dial.pl and bin/AST_VDadapt.pl run once a second; the rest stands in the latter.
constexpr auto kTick = 1s;
constexpr std::int64_t kLevelTicks = 15;
constexpr std::int64_t kDropTicks = 60;
constexpr auto kMinute = 60s;
constexpr auto kDay = 24h;
constexpr std::int64_t kCallsBeforeTheCap = 50;   // of a day
constexpr std::int64_t kCallsBeforeHalving = 20;  // of a minute
constexpr double kHalvingShare = 0.5;             // of that minute's calls

}  // namespace

Vicidial::Vicidial(DayScenario::Vicidial settings) : settings_{settings} {
    BW_CHECK(settings.max_level >= 1.0);
}

void Vicidial::learn(const pacing::Happening& happening, Instant at) {
    begin_day(at);
    if (std::holds_alternative<pacing::RingEnded>(happening)) {
        ++calls_today_;
        last_calls_.push_back(at);
    }
    if (const auto* answer = std::get_if<pacing::LiveAnswerResolved>(&happening)) {
        ++answers_today_;
        if (!answer->abandoned) return;
        ++drops_today_;
        last_drops_.push_back(at);
    }
}

pacing::Verdict Vicidial::decide(const pacing::Settings&, const pacing::Picture& picture) {
    if (!is_tick(picture.at)) return plain_verdict(picture, 0);
    begin_day(picture.at);
    sample(picture);
    if (ticks_ % kDropTicks == 0) read_drops(picture.at);
    if (ticks_ % kLevelTicks == 0) {
        move_level(picture.accounts.empty() ? 1.0 : picture.accounts.front().cap);
    }
    auto verdict = plain_verdict(picture, lines(picture));
    verdict.forecast.budget = drop_share_read_;
    return verdict;
}

bool Vicidial::is_tick(Instant at) {
    if (!next_tick_) next_tick_ = at;
    if (at < *next_tick_) return false;
    while (*next_tick_ <= at) *next_tick_ += kTick;
    ++ticks_;
    return true;
}

void Vicidial::sample(const pacing::Picture& picture) {
    samples_[static_cast<std::size_t>(ticks_) % kSamples] = {picture.idle - picture.waiting,
                                                             picture.agents()};
}

void Vicidial::read_drops(Instant at) {
    const auto forget = [at](std::deque<Instant>& times) {
        while (!times.empty() && times.front() <= at - kMinute) times.pop_front();
        return static_cast<std::int64_t>(times.size());
    };
    minute_ = {forget(last_calls_), forget(last_drops_)};
    calls_read_ = calls_today_;
    drop_share_read_ = answers_today_ == 0 ? 0
                                           : static_cast<double>(drops_today_) /
                                                 static_cast<double>(answers_today_);
}

/// level := level (1 + surplus / agents), both means of the samples; intensity and target are 0.
void Vicidial::move_level(double cap) {
    double surplus = 0;
    double agents = 0;
    for (const Sample& sample : samples_) {
        surplus += sample.surplus;
        agents += sample.agents;
    }
    if (agents <= 0) return;
    level_ = std::clamp(level_ * (1.0 + surplus / agents), 1.0, settings_.max_level);

    const bool drops_half =
        minute_.calls > kCallsBeforeHalving &&
        static_cast<double>(minute_.drops) > kHalvingShare * static_cast<double>(minute_.calls);
    if (drops_half) level_ = std::max(1.0, level_ / 2);
    if (calls_read_ > kCallsBeforeTheCap && drop_share_read_ > cap) level_ = 1.0;
}

int Vicidial::lines(const pacing::Picture& picture) const {
    const auto talking = static_cast<int>(picture.talking.size());
    const auto wrapping = static_cast<int>(picture.wrapping.size());
    int counted = picture.idle;
    if (!settings_.available_only) {
        counted += talking + (settings_.count_all_but_wrap ? 0 : wrapping);
    }
    const int goal =
        static_cast<int>(std::lround(level_ * counted)) + (settings_.available_only ? talking : 0);
    return goal - picture.in_flight() - picture.waiting - talking;
}

void Vicidial::begin_day(Instant at) {
    const std::int64_t day = at.time_since_epoch() / kDay;
    if (day == day_) return;
    day_ = day;
    calls_today_ = answers_today_ = drops_today_ = 0;
}

}  // namespace bellwether::simulator
