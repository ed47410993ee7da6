#include "simulator/day/tally.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::simulator {
namespace {

using engine::AgentState;
using namespace std::chrono_literals;

double share(Duration part, Duration whole) {
    if (whole <= Duration::zero()) return 0;
    return static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

}  // namespace

void DayTally::add(const DayTally& day) {
    talk += day.talk;
    wrap += day.wrap;
    staffed += day.staffed;
    live_answers += day.live_answers;
    abandoned += day.abandoned;
    calls += day.calls;
    decisions += day.decisions;
    waits.insert(waits.end(), day.waits.begin(), day.waits.end());
    if (minutes.size() < day.minutes.size()) minutes.resize(day.minutes.size());
    for (std::size_t i = 0; i < day.minutes.size(); ++i) {
        minutes[i].busy += day.minutes[i].busy;
        minutes[i].staffed += day.minutes[i].staffed;
        minutes[i].live_answers += day.minutes[i].live_answers;
        minutes[i].abandoned += day.minutes[i].abandoned;
        minutes[i].placed += day.minutes[i].placed;
        minutes[i].lines += day.minutes[i].lines;
        for (std::size_t mode = 0; mode < minutes[i].modes.size(); ++mode) {
            minutes[i].modes[mode] += day.minutes[i].modes[mode];
        }
    }
}

double DayTally::utilisation() const { return share(talk + wrap, staffed); }
double DayTally::talk_share() const { return share(talk, staffed); }

double DayTally::abandonment() const {
    if (live_answers == 0) return 0;
    return static_cast<double>(abandoned) / static_cast<double>(live_answers);
}

DayClerk::DayClerk(Instant begin, Duration hours) : begin_{begin}, end_{begin + hours} {
    BW_CHECK(hours > Duration::zero());
    tally_.minutes.resize(static_cast<std::size_t>((hours + 1min - 1us) / 1min));
}

void DayClerk::agent_is(AgentId agent, AgentState state, Instant at) {
    Stay& stay = agents_[agent];
    const bool bridged = stay.state == AgentState::Ready && state == AgentState::OnCall;
    if (bridged && at < end_) tally_.waits.push_back(at - stay.since);
    count(stay, at);
    stay = {state, at};
}

void DayClerk::count(const Stay& stay, Instant until) {
    const bool talks = stay.state == AgentState::OnCall;
    const bool busy = talks || stay.state == AgentState::WrapUp;
    if (!busy && stay.state != AgentState::Ready) return;
    Instant from = std::max(stay.since, begin_);
    until = std::min(until, end_);
    if (from >= until) return;

    tally_.staffed += until - from;
    if (talks) tally_.talk += until - from;
    if (busy && !talks) tally_.wrap += until - from;
    while (from < until) {
        const auto minute = (from - begin_) / 1min;
        const Instant to = std::min<Instant>(until, begin_ + (minute + 1) * Duration{1min});
        MinuteTally& tally = tally_.minutes.at(static_cast<std::size_t>(minute));
        tally.staffed += to - from;
        if (busy) tally.busy += to - from;
        from = to;
    }
}

void DayClerk::dialing_is(int lines, pacing::DialMode mode, Instant at) {
    if (lines == dialing_.lines && mode == dialing_.mode) return;
    count_dialing(at);
    dialing_ = {lines, mode, at};
}

void DayClerk::count_dialing(Instant until) {
    Instant from = std::max(dialing_.since, begin_);
    until = std::min(until, end_);
    while (from < until) {
        const auto minute = (from - begin_) / 1min;
        const Instant to = std::min<Instant>(until, begin_ + (minute + 1) * Duration{1min});
        MinuteTally& tally = tally_.minutes.at(static_cast<std::size_t>(minute));
        tally.lines += dialing_.lines * (to - from);
        tally.modes[static_cast<std::size_t>(dialing_.mode)] += to - from;
        from = to;
    }
}

/// None after the calling hours.
MinuteTally* DayClerk::minute_of(Instant at) {
    BW_CHECK(at >= begin_);
    if (at >= end_) return nullptr;
    return &tally_.minutes.at(static_cast<std::size_t>((at - begin_) / 1min));
}

void DayClerk::call_placed(Instant at) {
    ++tally_.calls;
    if (MinuteTally* minute = minute_of(at)) ++minute->placed;
}

void DayClerk::person_answered(Instant picked_up) {
    ++tally_.live_answers;
    if (MinuteTally* minute = minute_of(picked_up)) ++minute->live_answers;
}

void DayClerk::person_abandoned(Instant picked_up) {
    ++tally_.abandoned;
    if (MinuteTally* minute = minute_of(picked_up)) ++minute->abandoned;
}

DayTally DayClerk::close(Instant at) {
    for (const auto& [agent, stay] : agents_) count(stay, at);
    agents_.clear();
    count_dialing(at);
    return std::move(tally_);
}

}  // namespace bellwether::simulator
