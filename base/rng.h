#pragma once

#include <cstdint>
#include <random>
#include <string_view>

#include "base/probability.h"

namespace bellwether {

/// Seeded randomness for the simulator and the practice world; never in a decision of the engine.
/// One stream per purpose ("ring", "talk", ...), so that one more draw in one place does not shift
/// the others. The samplers are inverse-CDF and our own: std::*_distribution differs between
/// libraries and would break golden traces. mt19937_64 is fixed by the standard.
class Rng {
public:
    Rng(std::uint64_t seed, std::string_view purpose);

    [[nodiscard]] double uniform();                          ///< [0, 1)
    [[nodiscard]] double uniform(double low, double high);   ///< [low, high); checked: low <= high
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);  ///< 0 .. bound-1; checked: bound > 0
    [[nodiscard]] bool happens(Probability chance);
    [[nodiscard]] double exponential(double mean);  ///< checked: mean > 0
    [[nodiscard]] double normal();                  ///< mean 0, standard deviation 1
    /// Lognormal with the given mean and standard deviation of the value itself; checked: mean > 0,
    /// sd >= 0.
    [[nodiscard]] double lognormal(double mean, double sd);

private:
    std::mt19937_64 engine_;
};

}  // namespace bellwether
