#pragma once

#include <cstdint>
#include <string_view>

#include "simulator/day/day_scenario.h"

namespace bellwether::simulator {

/// Random numbers that belong to one contact: the n-th draw for (seed, purpose, contact) is the
/// same whoever asks and whatever else was drawn, so that controllers meet the same people.
/// Starting one costs nothing, which Rng's mt19937 cannot offer for every contact of a year.
///
/// Source: SplitMix64, Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014; constants of its mix13 variant.
class Draws {
public:
    Draws(std::uint64_t seed, std::string_view purpose, std::uint64_t contact);

    [[nodiscard]] double uniform();             ///< [0, 1)
    [[nodiscard]] double uniform(Range range);  ///< [low, high); low where they are equal
    [[nodiscard]] double normal();              ///< mean 0, standard deviation 1
    [[nodiscard]] double lognormal(Spread spread);

private:
    std::uint64_t state_;
};

}  // namespace bellwether::simulator
