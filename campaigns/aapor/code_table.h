#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/sheet_problem.h"

namespace bellwether::campaigns::aapor {

/// What a final code counts as in the rates.
enum class Class : std::uint8_t {
    Interview,
    Partial,
    Refusal,
    NonContact,
    Other,             ///< eligible, no interview, neither of the two
    UnknownHousehold,  ///< nobody knows whether a household is behind the number
    UnknownOther,      ///< a household, or a person; nobody knows whether to be asked
    NotEligible,
};

/// One code of the standard.
struct Code {
    std::string code;  ///< "2.112"; unique in its table
    std::string label;
    Class counts_as = Class::Interview;
    bool household = false;  ///< NotEligible: a household was reached all the same
    /// Its place among codes that compete for a case, the smallest wins; tens are the level of
    /// research/surveys.md 4.4, which says what the code needs to count at all.
    int rank = 0;
};

/// The codes of one edition. Numbers moved between editions, so a report names it.
struct CodeTable {
    std::string edition;
    std::vector<Code> codes;
};

/// Reads a table: CSV with columns code, label, class (I P R NC O UH UO NE), household (yes or
/// empty), rank (10..109), edition (the same in every row). Fails with every problem, in the order
/// of the rows; a code that the product itself assigns and the table lacks is one.
/// @param name  of the file, for messages
[[nodiscard]] tl::expected<CodeTable, std::vector<SheetProblem>> read_code_table(
    std::string_view name, std::string_view text);

/// The table that comes with the program: campaigns/aapor/codes.csv.
/// Source: AAPOR Standard Definitions, as far as research/surveys.md 4.2 could establish it.
[[nodiscard]] std::string_view shipped_code_table();

/// nullptr: not in the table.
[[nodiscard]] const Code* find_code(const CodeTable& table, std::string_view code);

/// 1..10; see Code::rank.
[[nodiscard]] inline int level_of(const Code& code) { return code.rank / 10; }

}  // namespace bellwether::campaigns::aapor

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::aapor::Class> = names("I", "P", "R", "NC", "O", "UH",
                                                                  "UO", "NE");
}  // namespace bellwether
