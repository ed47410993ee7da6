#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace bellwether::campaigns::exports {

/// Gives variables names that every statistical program takes: ASCII letters, digits and _, a
/// letter first, at most 32, each once whatever its case, none a reserved word of SPSS.
/// Source: research/surveys.md 5.3.
class VariableNames {
public:
    static constexpr std::size_t kLettersMax = 32;

    /// `wanted` if it will do, else the nearest that does; always the same for the same calls
    /// before. The name is taken from then on.
    /// @param suffix  kept whole at the end, "_3"; at most 20 letters of the allowed ones; checked
    [[nodiscard]] std::string take(std::string_view wanted, std::string_view suffix = {});

private:
    std::set<std::string> taken_;  // in lower case
};

}  // namespace bellwether::campaigns::exports
