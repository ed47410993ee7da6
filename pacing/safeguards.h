#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "pacing/happening.h"

// When the forecast is not to be relied on, and the campaign dials more carefully than configured.

namespace bellwether::pacing {

/// What the safeguards remember.
struct SafeguardState {
    std::int64_t outcomes = 0;      ///< rings ended since the beginning
    std::int64_t live_answers = 0;  ///< of those
    bool below_floor = false;
    std::optional<Instant>
        floor_regained;  ///< while below: since when enough agents are there again
    std::optional<Instant> anomaly_until;
    std::optional<Instant> last_news;  ///< when anything was heard of calls and agents
    // The last forty outcomes or so, fading.
    double recent = 0;
    double recent_failed = 0;
    double recent_live = 0;
    double recent_expected = 0;  ///< live answers that the forecast expected of the same rings
    // The last thousand or so: an old list has its share of dead numbers all day.
    double usual = 0;
    double usual_failed = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("outcomes", self.outcomes);
        visit("live_answers", self.live_answers);
        visit("below_floor", self.below_floor);
        visit("floor_regained", self.floor_regained);
        visit("anomaly_until", self.anomaly_until);
        visit("last_news", self.last_news);
        visit("recent", self.recent);
        visit("recent_failed", self.recent_failed);
        visit("recent_live", self.recent_live);
        visit("recent_expected", self.recent_expected);
        visit("usual", self.usual);
        visit("usual_failed", self.usual_failed);
    }
    friend bool operator==(const SafeguardState&, const SafeguardState&) = default;
};

/// @param expected  live answers that the forecast expected of this ring.
void learn_outcome(SafeguardState& state, RingEnd end, double expected);

/// Compares the last outcomes with what was expected of them, and of the rings that go on
/// (`open_expected`): many more refusals or answers than that start an anomaly of a minute.
void look_for_anomaly(SafeguardState& state, double open_expected, Instant at);
[[nodiscard]] bool anomaly(const SafeguardState& state, Instant at);

/// Follows the number of agents: below the floor predictive mode ends; it returns when one more
/// than the floor has been there for a minute.
void follow_floor(SafeguardState& state, int agents, int floor, Instant at);

/// Nothing was heard for 5 s, and much was to be expected. @param news_per_s  expected now.
[[nodiscard]] bool stale(const SafeguardState& state, double news_per_s, Instant at);

/// Whether a window allows too few abandoned calls to steer by (Headroom::budget_calls).
[[nodiscard]] bool budget_is_small(double budget_calls);

[[nodiscard]] bool warming_up(const SafeguardState& state);

}  // namespace bellwether::pacing
