#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/enum_names.h"

namespace bellwether::app {

/// One thing wrong in a file that a user wrote, and how to mend it.
struct Problem {
    std::string file;
    int line = 0;  ///< from 1; 0: the file as a whole
    std::string text;

    friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

/// A value, or everything that is wrong with the file it was to come from (at least one problem).
template <class T>
using Checked = tl::expected<T, Problems>;

/// "campaign.toml:7: ring_limit …", one line per problem.
[[nodiscard]] std::string to_text(const Problem& problem);
[[nodiscard]] std::string to_text(const Problems& problems);

}  // namespace bellwether::app
