#include "simulator/whatif/chances.h"

#include <algorithm>

namespace bellwether::simulator {
namespace {

using End = CallRecord::End;

// Enough for a rate of 0.1 to be known to 0.02 and few enough to follow an hour's drift: 25 agents
// place about so many calls in ten minutes.
constexpr std::size_t kNearest = 300;

std::size_t pick(std::size_t count, Draws& draws) {
    return std::min(count - 1,
                    static_cast<std::size_t>(draws.uniform() * static_cast<double>(count)));
}

/// Did it ring longer than `rang` before anything came? Then it tells what may come after it.
bool outlasts(const CallRecord& call, Duration rang) {
    return call.end == End::RangOut || (call.end != End::Cut && call.rang > rang);
}

}  // namespace

Chances::Chances(const Recording& recording) : recording_{recording} {
    for (const auto& [contact, calls] : recording.calls) {
        for (const CallRecord& call : calls) {
            calls_.push_back(call);
            if (call.talk) talks_.push_back({call.at, *call.talk});
        }
    }
    std::ranges::stable_sort(calls_, {}, &CallRecord::at);
    std::ranges::stable_sort(talks_, {}, &Talk::at);
    for (const auto& [agent, wraps] : recording.wraps) {
        wraps_.insert(wraps_.end(), wraps.begin(), wraps.end());
    }
}

template <class Items>
Chances::Near Chances::near(const Items& items, Duration at) {
    const auto later = std::ranges::lower_bound(items, at, {}, &Items::value_type::at);
    const auto middle = static_cast<std::size_t>(later - items.begin());
    const std::size_t count = std::min(kNearest, items.size());
    const std::size_t begin = std::min(middle - std::min(middle, count / 2), items.size() - count);
    return {begin, begin + count};
}

CallRecord Chances::call(Duration at, Draws& draws) const {
    if (calls_.empty()) return {.at = at, .end = End::RangOut};
    const Near part = near(calls_, at);
    CallRecord drawn = calls_[part.begin + pick(part.end - part.begin, draws)];
    // A ring that was cut says only that nothing came until then: the rest is drawn like any other.
    if (drawn.end == End::Cut) drawn = rest_of(at, drawn.rang, draws);
    drawn.at = at;
    return drawn;
}

CallRecord Chances::rest_of(Duration at, Duration rang, Draws& draws) const {
    std::vector<std::size_t> longer;
    const Near part = near(calls_, at);
    for (std::size_t i = part.begin; i < part.end; ++i) {
        if (outlasts(calls_[i], rang)) longer.push_back(i);
    }
    if (longer.empty()) return {.at = at, .end = End::RangOut, .rang = rang};
    CallRecord drawn = calls_[longer[pick(longer.size(), draws)]];
    drawn.at = at;
    return drawn;
}

Duration Chances::talk(Duration at, Draws& draws) const {
    if (talks_.empty()) return Duration::zero();
    const Near part = near(talks_, at);
    return talks_[part.begin + pick(part.end - part.begin, draws)].talk;
}

Duration Chances::wrap(AgentId agent, Draws& draws) const {
    const auto own = recording_.wraps.find(agent);
    const bool has_own = own != recording_.wraps.end() && !own->second.empty();
    const std::vector<Duration>& from = has_own ? own->second : wraps_;
    return from.empty() ? Duration::zero() : from[pick(from.size(), draws)];
}

}  // namespace bellwether::simulator
