#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "base/result.h"
#include "compliance/suppression/list_kind.h"

namespace bellwether::compliance::suppression {

/// What one row of a file says of one number.
struct ListRow {
    std::uint64_t digits;  ///< E.164 without the plus sign; checked by the parser
    bool is_listed;        ///< false: the row takes the number off the list
};

enum class RowFault : std::uint8_t {
    Width,   ///< too short, too long, or a column too few
    Digits,  ///< a character that is no digit where digits must be
    Plan,    ///< digits that are no number of this list's country
    Action,  ///< neither an addition nor a deletion, nor yes, no, no data
    Tag,     ///< a tag or attribute that the grammar does not know
};

/// In words for who mends the file: "an action that is neither A nor D".
[[nodiscard]] std::string_view explain(RowFault fault);

/// Takes what a parser finds. Rows come many at once, in the order of the file.
class RowTaker {
public:
    virtual ~RowTaker() = default;
    virtual void take(std::span<const ListRow> rows) = 0;
    /// @param line  from 1.
    /// @param text  the row as it stands: personal data, not for logs.
    virtual void reject(std::uint64_t line, RowFault fault, std::string_view text) = 0;
};

/// Which column of a change list is what; the registry documents its order to licensees only.
struct ChangeColumns {
    enum class Column { Area, Number, Action, Time, Other };
    std::vector<Column> columns{Column::Area, Column::Number, Column::Action, Column::Time};
    std::string add = "A";
    std::string remove = "D";

    /// "area,number,action,time"; without an area column the number has all its digits. Errors:
    /// InvalidInput: an unknown word, or no number, or no action.
    [[nodiscard]] static Result<ChangeColumns> parse(std::string_view text);
};

/// Reads a file of numbers piece by piece. A faulty row costs itself alone; empty lines are no
/// rows.
class RowParser {
public:
    virtual ~RowParser() = default;

    /// The next bytes of the file, any number of them. Errors: InvalidInput: no text at all (an
    /// archive, UTF-16), or a row beyond kRowMax.
    [[nodiscard]] virtual Result<void> push(std::string_view bytes) = 0;
    /// The end of the file; nothing may be pushed after it. Errors: InvalidInput: the file ends
    /// inside a tag.
    [[nodiscard]] virtual Result<void> finish() = 0;

    static constexpr std::size_t kRowMax = 4096;  ///< bytes; honest rows have under 60
};

/// @param columns  read for FtcChanges alone.
/// @param taker    must outlive the parser.
[[nodiscard]] std::unique_ptr<RowParser> make_row_parser(ListFormat format,
                                                         const ChangeColumns& columns,
                                                         RowTaker& taker);

}  // namespace bellwether::compliance::suppression

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::suppression::RowFault> = names("WIDTH", "DIGITS",
                                                                            "PLAN", "ACTION",
                                                                            "TAG");
}  // namespace bellwether
