#pragma once

#include <vector>

#include "campaigns/form/lint.h"

namespace bellwether::campaigns::form {

/// What simulated interviews tell of a form.
struct Simulation {
    std::vector<bool> reached;       ///< of each row: was it presented at all?
    std::vector<std::size_t> items;  ///< of each interview: items presented
    std::vector<double> seconds;     ///< of each interview
    /// The form is so large that the first interview was not taken to its end: `reached` says of
    /// no row that it cannot be.
    bool cut = false;
};

/// Takes `count` interviews, answers drawn from `seed`; fewer, but one at least, where repeats or
/// filtered lists make each of them long. What it does is bounded whatever the form.
[[nodiscard]] Simulation simulate(const Form& form, const AudioSeconds& audio, std::size_t count,
                                  std::uint64_t seed);

}  // namespace bellwether::campaigns::form
