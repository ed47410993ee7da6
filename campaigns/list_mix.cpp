#include "campaigns/list_mix.h"

#include <algorithm>

namespace bellwether::campaigns {

std::optional<std::size_t> next_list(std::span<ListShare> lists) {
    std::optional<int> highest;
    for (const ListShare& list : lists) {
        if (list.has_contacts) highest = std::min(highest.value_or(list.priority), list.priority);
    }
    if (!highest) return std::nullopt;
    std::optional<std::size_t> chosen;
    std::int64_t weights = 0;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        ListShare& list = lists[i];
        if (!list.has_contacts || list.priority != *highest) continue;
        list.credit += list.weight;
        weights += list.weight;
        if (!chosen || list.credit > lists[*chosen].credit) chosen = i;
    }
    lists[*chosen].credit -= weights;
    return chosen;
}

}  // namespace bellwether::campaigns
