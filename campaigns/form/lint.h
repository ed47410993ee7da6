#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// Seconds of each recording there is, by its name in the sheets.
using AudioSeconds = std::map<std::string, double, std::less<>>;

struct LintReport {
    std::vector<SheetProblem> findings;  ///< by row
    // Of simulated interviews, each answer drawn among those the question takes.
    std::size_t simulated = 0;
    std::size_t items_median = 0;
    std::size_t items_longest = 0;
    double seconds_median = 0;
    double seconds_longest = 0;
};

/// What will trouble the people on the line although the form can be read: research/surveys.md 2.5.
/// @param audio  empty: recordings are not looked for, and their length is taken from the label.
/// Pure: the simulation draws from a fixed seed. Cost: up to 201 interviews, fewer for long forms.
[[nodiscard]] LintReport lint(const Form& form, const AudioSeconds& audio);

}  // namespace bellwether::campaigns::form
