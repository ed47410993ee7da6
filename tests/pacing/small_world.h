#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "pacing/rule.h"

namespace bellwether::pacing {

/// One campaign-day of research: pacing B.1, without an engine: people, machines and agents drawn
/// from seeded distributions, in virtual time, asked and told through the interface of a Rule. The
/// studies run the real engine (simulator/day); this one is small enough for tests of pacing/
/// alone.
struct SmallDay {
    std::uint64_t seed = 1;
    double hours = 8;
    int agents = 25;
    int agents_later = -1;  ///< from half-time on, if >= 0; who must go finishes first
    double live = 0.2;
    double live_later = -1;  ///< from half-time on, if >= 0
    double drift = 0;        ///< amplitude of a sine with a period of 3 h
    double talk_s = 60;
    double wrap_up_s = 15;
    double cap = 0.03;
    int calls_per_s = 0;  ///< 0: no limit
};

struct SmallResult {
    double utilisation = 0;  ///< talk and wrap-up by time signed in
    std::int64_t live_answers = 0;
    std::int64_t abandoned = 0;
    std::int64_t calls = 0;
    std::int64_t decisions = 0;
    struct Minute {
        double busy_s = 0;
        double signed_in_s = 0;
        std::int64_t live_answers = 0;
        std::int64_t abandoned = 0;
    };
    std::vector<Minute> minutes;  ///< answers in the minute of the pickup

    [[nodiscard]] double abandonment() const {
        return live_answers > 0 ? static_cast<double>(abandoned) / static_cast<double>(live_answers)
                                : 0;
    }
};

/// Called before each decision is asked for; may look at the picture and change the rule.
using Watch = std::function<void(const Picture&)>;

[[nodiscard]] SmallResult run_small_day(const SmallDay& day, const Settings& settings,
                                        const std::function<Rule&()>& rule,
                                        const Watch& watch = {});

}  // namespace bellwether::pacing
