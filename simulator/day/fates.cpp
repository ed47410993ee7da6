#include "simulator/day/fates.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "simulator/day/draws.h"
#include "simulator/day/rates.h"

namespace bellwether::simulator {
namespace {

constexpr Range kFastFailS{2, 6};  // the scenario file's meaning, as is the next
constexpr double kTalkLeastS = 2;
// A scenario whose rings end before the limit less than once in a hundred draws is refused where it
// is read; so many draws fail less than once in 10^21 contacts.
constexpr int kRedrawsMost = 5000;

}  // namespace

Duration from_seconds(double seconds) {
    return Duration{static_cast<std::int64_t>(std::floor(seconds * 1e6 + 0.5))};
}

double to_seconds(Duration duration) { return static_cast<double>(duration.count()) / 1e6; }

Fate Fates::fate_of(std::uint64_t contact, Duration at) const {
    const DayScenario::Line& line = scenario_.line;
    const Rates rates = rates_at(scenario_, to_seconds(at));
    const double u = Draws{seed_, "fate", contact}.uniform();
    Draws detection{seed_, "detection", contact};
    if (u < rates.live) {
        return {.kind = Fate::Kind::Live,
                .resolves_after = ring_of(contact, line.ring_live_s),
                .verdict_after = from_seconds(detection.uniform(line.verdict_s)),
                .greeting_after = from_seconds(detection.uniform(line.greeting_s))};
    }
    if (u < rates.live + rates.machine) {
        return {.kind = Fate::Kind::Machine,
                .resolves_after = ring_of(contact, line.ring_machine_s),
                .verdict_after = from_seconds(detection.uniform(line.verdict_s))};
    }
    if (u < rates.live + rates.machine + rates.fast_fail) {
        const double fails = Draws{seed_, "failure", contact}.uniform(kFastFailS);
        return {.kind = Fate::Kind::FastFail, .resolves_after = from_seconds(fails)};
    }
    return {.kind = Fate::Kind::RingsOut, .resolves_after = from_seconds(line.no_answer_s)};
}

Duration Fates::ring_of(std::uint64_t contact, Spread spread) const {
    Draws ring{seed_, "ring", contact};
    for (int i = 0; i < kRedrawsMost; ++i) {
        const double drawn = ring.lognormal(spread);
        if (drawn <= scenario_.line.no_answer_s) return from_seconds(drawn);
    }
    BW_CHECK(false);
}

Duration Fates::talk_of(std::uint64_t contact, Duration at) const {
    const double mean = mean_talk_s_at(scenario_, to_seconds(at));
    const double drawn = Draws{seed_, "talk", contact}.lognormal({mean, scenario_.talk.cv * mean});
    return from_seconds(std::max(kTalkLeastS, drawn));
}

}  // namespace bellwether::simulator
