#pragma once

#include <string>
#include <vector>

#include "campaigns/number_choice.h"
#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

/// A list that a campaign draws fresh contacts from, by its name.
struct ListUse {
    std::string list;
    int priority = 1;  ///< 1 is the highest, ..99
    int weight = 1;    ///< 0..1000; 0: no fresh contacts any more
};

/// The campaign's keys `list`, or `lists = [{list = "hot", priority = 1, weight = 3}, …]`: the
/// lists in the order of their priorities, as written among equals; empty with problems.
[[nodiscard]] std::vector<ListUse> read_lists(TomlReader& top);

/// The section [numbers]: `order`, `next_after`, `attempts`, `per_day`.
void read_number_rule(TomlReader& table, campaigns::NumberRule& rule);

}  // namespace bellwether::app
