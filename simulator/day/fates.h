#pragma once

#include <cstdint>

#include "base/time.h"
#include "simulator/day/day_scenario.h"

namespace bellwether::simulator {

/// What becomes of a number once it is dialed.
struct Fate {
    enum class Kind { Live, Machine, FastFail, RingsOut };
    Kind kind = Kind::RingsOut;
    /// From the INVITE to the pickup, the network's failure, or the ring limit.
    Duration resolves_after{};
    Duration verdict_after{};   ///< from the pickup
    Duration greeting_after{};  ///< from the pickup to the greeting's end; people only
};

/// The fates of a day's contacts: a pure function of seed, contact and the time of the INVITE, so
/// that every controller meets the same people and a clairvoyant one can look ahead.
class Fates {
public:
    /// The scenario must outlive this. Rings that end before the limit must not be so rare that
    /// redrawing takes for ever: the scenario file's reader refuses those.
    Fates(const DayScenario& scenario, std::uint64_t seed) : scenario_{scenario}, seed_{seed} {}

    /// @param contact  counts the day's contacts from 0. @param at  of the INVITE, since 0 h.
    [[nodiscard]] Fate fate_of(std::uint64_t contact, Duration at) const;

    /// How long the person talks when the talk begins then.
    [[nodiscard]] Duration talk_of(std::uint64_t contact, Duration at) const;

private:
    [[nodiscard]] Duration ring_of(std::uint64_t contact, Spread spread) const;

    const DayScenario& scenario_;
    std::uint64_t seed_;
};

/// Seconds as the engine counts them: to the nearest microsecond.
[[nodiscard]] Duration from_seconds(double seconds);
[[nodiscard]] double to_seconds(Duration duration);

}  // namespace bellwether::simulator
