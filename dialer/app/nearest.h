#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellwether::app {

/// The candidate that `word` was most likely meant to be, or empty if none is near enough: at most
/// a third of its letters (at least 2) inserted, left out, swapped with a neighbour or replaced
/// (restricted Damerau-Levenshtein distance), case ignored. Equal distance: the first. Cannot fail.
[[nodiscard]] std::string nearest(std::string_view word,
                                  const std::vector<std::string>& candidates);

}  // namespace bellwether::app
