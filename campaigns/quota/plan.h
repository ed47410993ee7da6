#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/form/form.h"
#include "campaigns/sheet_problem.h"

namespace bellwether::campaigns::quota {

/// Index of a cell in Plan::cells.
using CellIndex = std::uint32_t;

/// Which of the cells of a group that a respondent matches take him.
enum class Pick : std::uint8_t {
    All,        ///< every one of them, and all must be open
    LeastFull,  ///< of the open ones that with the smallest (start + completed + in flight) /
                ///< target
    Priority,   ///< of the open ones that with the smallest number
    First,      ///< the first open one of the sheet
};

/// What a full cell does.
enum class OnFull : std::uint8_t {
    End,     ///< the interview ends as QUOTA_FULL
    Screen,  ///< it ends as SCREENED
    Skip,    ///< it goes on without a group of questions, and counts nowhere in this cell
    Count,   ///< never full: it only counts
};

/// A cell: whom it is about, and how many of them are wanted.
struct Cell {
    std::string name;
    std::string label;            ///< may be empty
    std::size_t group = 0;        ///< of Plan::groups
    form::Expression expression;  ///< bound to the form
    std::int64_t target = 0;      ///< >= 0; of Count: not read
    std::int64_t start = 0;       ///< completes of an earlier wave, >= 0; part of the target
    double priority = 0;
    OnFull on_full = OnFull::End;
    form::RowIndex skipped = form::kNoRow;  ///< of Skip: the group that is not asked
    bool soft = false;                      ///< interviews in flight do not make it full
    form::RowIndex message = form::kNoRow;  ///< of End and Screen: the note that is played first
    std::uint64_t sheet_row = 0;

    /// Completes that are still to be made in this wave, at its beginning; >= 0.
    [[nodiscard]] std::int64_t room() const { return target > start ? target - start : 0; }
};

/// Cells that are decided together.
struct Group {
    std::string name;
    Pick pick = Pick::All;
    std::vector<CellIndex> cells;  ///< in the order of the sheet
    /// Rows that must be settled before it is decided, calculations taken apart into theirs; empty:
    /// columns of the contact decide, before the first item.
    std::vector<form::RowIndex> rows;
};

/// The quotas of a questionnaire, read and checked. Plain data; it does not change.
struct Plan {
    std::vector<Cell> cells;                   ///< in the order of the sheet
    std::vector<Group> groups;                 ///< in the order of their first cells
    std::vector<std::string> contact_columns;  ///< that its expressions refer to, sorted
    std::vector<SheetProblem> notices;
    /// Of everything that says which cells a respondent belongs to (names, groups, picks,
    /// priorities, expressions, not targets): the same while it means the same. 16 hex digits.
    std::string fingerprint;

    [[nodiscard]] bool empty() const { return cells.empty(); }
};

/// Reads FormSheets::quotas of a form that was read without problems. An empty sheet is an empty
/// plan. All problems at once, by row. Rules: research/surveys.md 3.2.
[[nodiscard]] tl::expected<Plan, std::vector<SheetProblem>> read_plan(const form::Form& form);

/// The cell of a name; none: there is none.
[[nodiscard]] const Cell* find_cell(const Plan& plan, std::string_view name);

/// The rows that an expression leads to: those it refers to, calculations taken apart. Sorted.
[[nodiscard]] std::vector<form::RowIndex> rows_behind(const form::Form& form,
                                                      const form::Expression& expression);

}  // namespace bellwether::campaigns::quota

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::quota::Pick> = names("ALL", "LEAST_FULL", "PRIORITY",
                                                                 "FIRST");
template <>
inline constexpr auto kEnumNames<campaigns::quota::OnFull> = names("END", "SCREEN", "SKIP",
                                                                   "COUNT");
}  // namespace bellwether
