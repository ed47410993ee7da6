#pragma once

#include <cstdint>
#include <vector>

#include "simulator/day/draws.h"
#include "simulator/whatif/recording.h"

namespace bellwether::simulator {

/// The recording's own distributions, for what it does not know: calls that were never placed,
/// rings that were cut short, talks of people whom nobody served. Draws come from the calls nearest
/// in time, because answer rates drift.
class Chances {
public:
    /// `recording` must outlive this.
    explicit Chances(const Recording& recording);

    /// What becomes of a call placed then. Never Cut.
    [[nodiscard]] CallRecord call(Duration at, Draws& draws) const;
    /// Of one that has rung so long already. Never Cut; it rings longer.
    [[nodiscard]] CallRecord rest_of(Duration at, Duration rang, Draws& draws) const;
    [[nodiscard]] Duration talk(Duration at, Draws& draws) const;  ///< 0 if nobody ever talked
    /// Of the agent; of all of them if he never wrapped up; 0 if nobody did.
    [[nodiscard]] Duration wrap(AgentId agent, Draws& draws) const;

private:
    /// From a sorted list, the part nearest to `at`.
    struct Near {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    template <class Items>
    [[nodiscard]] static Near near(const Items& items, Duration at);

    struct Talk {
        Duration at{};
        Duration talk{};
    };
    const Recording& recording_;
    std::vector<CallRecord> calls_;  ///< by time
    std::vector<Talk> talks_;        ///< by time
    std::vector<Duration> wraps_;
};

}  // namespace bellwether::simulator
