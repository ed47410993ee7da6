#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// What a `type` cell says.
struct TypeCell {
    enum class Kind { Row, EndGroup, EndRepeat } kind = Kind::Row;
    RowType type = RowType::Note;
    std::string list;  ///< of a select
};

struct TypeFault {
    std::string what;
    std::string mend;
};

/// Reads a `type` cell: the names and aliases of research/surveys.md 1.1 and 1.3.
[[nodiscard]] tl::expected<TypeCell, TypeFault> read_type(std::string_view cell);

/// `key=value` pairs of the `parameters` column, between blanks, commas or semicolons; a pair
/// without `=` has an empty value. Keys in lower case.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_parameters(
    std::string_view cell);

}  // namespace bellwether::campaigns::form
