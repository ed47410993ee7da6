#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace bellwether::campaigns {

/// A list that a campaign draws fresh contacts from.
struct ListShare {
    int priority = 1;           ///< 1 is the highest; a lower one waits until those above are empty
    int weight = 1;             ///< share among lists of one priority, 1..1000
    std::int64_t credit = 0;    ///< between calls of next_list(): what it is owed
    bool has_contacts = false;  ///< contacts never tried are left
};

/// The list that the next fresh contact comes from; none if all are empty. Smooth weighted
/// round-robin: among lists of one priority each comes by its weight in every short stretch, and a
/// list that was empty, or is new, neither catches up nor is left behind. Changes the credits.
/// Cannot fail.
[[nodiscard]] std::optional<std::size_t> next_list(std::span<ListShare> lists);

}  // namespace bellwether::campaigns
