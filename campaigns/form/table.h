#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/sheet_problem.h"

namespace bellwether::campaigns::form {

/// What went wrong in reading a form (problems) and what the author should know (notices).
struct Findings {
    std::vector<SheetProblem> problems;
    std::vector<SheetProblem> notices;
};

/// A column that a sheet may have.
struct KnownColumn {
    std::string_view name;                    ///< lower case
    bool has_language = false;                ///< may be followed by ::Language (code)
    std::vector<std::string_view> aliases{};  ///< other names for it
};

/// What is done with a column that is none of the known ones.
enum class OtherColumns { Warn, Keep };

/// A sheet, its columns sorted out and its cells trimmed and checked to be UTF-8.
class Table {
public:
    struct Column {
        std::string name;      ///< a KnownColumn's, or as written if it is kept
        std::string language;  ///< its code in lower case; empty: the default language
        std::string written;   ///< in the header, for messages
        bool known = true;
    };
    struct Row {
        std::uint64_t number = 0;  ///< from 1, the header's
        std::vector<std::string> cells;
    };

    /// Reads `text`; adds what is wrong with its CSV, header or UTF-8 to `findings`. Empty rows are
    /// passed over and counted. An empty text is a table without columns and rows.
    Table(std::string_view sheet, std::string_view text, std::span<const KnownColumn> known,
          OtherColumns others, Findings& findings);

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }
    /// Is its CSV faulty, so that rows of it are not there?
    [[nodiscard]] bool is_broken() const { return broken_; }
    /// The cell of a column without language; empty if there is no such column.
    [[nodiscard]] const std::string& cell(const Row& row, std::string_view name) const;

    void problem(const Row& row, std::string_view column, std::string what, std::string mend) const;
    void notice(const Row& row, std::string_view column, std::string what, std::string mend) const;

private:
    friend class TableReader;
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
    [[nodiscard]] SheetProblem finding(const Row& row, std::string_view column, std::string what,
                                       std::string mend) const;

    std::string sheet_;
    Findings& findings_;
    std::vector<Column> columns_;
    std::map<std::string, std::size_t, std::less<>> at_;  // of the columns without language
    std::vector<Row> rows_;
    bool broken_ = false;
};

/// The code of a language as XLSForm writes it: "English (en)" is "en"; a tag stands for itself;
/// any other name is itself in lower case.
[[nodiscard]] std::string language_code(std::string_view written);

}  // namespace bellwether::campaigns::form
