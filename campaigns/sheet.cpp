#include "campaigns/sheet.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/nearest_name.h"
#include "campaigns/cell_text.h"
#include "campaigns/csv.h"
#include "campaigns/utf8.h"

namespace bellwether::campaigns {
namespace {

std::string known_names(std::span<const SheetColumn> columns) {
    std::string text;
    for (const SheetColumn& column : columns) {
        text += (text.empty() ? "" : ", ") + std::string{column.name};
    }
    return text;
}

class SheetReader {
public:
    SheetReader(Sheet& sheet, std::vector<SheetProblem>& problems)
        : sheet_{sheet}, problems_{problems} {}

    void read(std::string_view text) {
        TextSource source{text};
        CsvReader reader{source};
        while (true) {
            const auto step = reader.next();
            BW_CHECK(step.has_value());  // a text in memory cannot fail to be read
            if (*step == CsvStep::End) return;
            if (*step == CsvStep::Fault) {
                take_fault(reader.fault());
                if (column_at_.empty()) return;  // without a header the rest would only be noise
            } else if (column_at_.empty()) {
                take_header(reader.row());
            } else {
                take_row(reader.row());
            }
        }
    }

private:
    void report(std::uint64_t row, std::string column, std::string what, std::string mend) {
        problems_.push_back({.sheet = sheet_.name,
                             .row = row,
                             .column = std::move(column),
                             .what = std::move(what),
                             .mend = std::move(mend)});
    }

    void take_fault(const CsvFault& fault) {
        report(fault.at.row, "",
               "line " + std::to_string(fault.at.line) + ", byte " +
                   std::to_string(fault.at.column) + " of it: " + explain(fault),
               "mend the CSV");
    }

    void take_header(const CsvRow& row) {
        for (const std::string_view cell : row.fields) {
            column_at_.push_back(take_column_name(row.at.row, trimmed(cell)));
        }
        for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
            const SheetColumn& column = sheet_.columns[i];
            if (!column.required ||
                std::ranges::find(column_at_, std::optional{i}) != column_at_.end())
                continue;
            report(row.at.row, std::string{column.name}, "the column is missing", "add it");
        }
    }

    std::optional<std::size_t> take_column_name(std::uint64_t row, std::string_view text) {
        const std::string name = lower_case(text);
        if (name.empty()) {
            report(row, "", "column " + std::to_string(column_at_.size() + 1) + " has no name",
                   "name it or take it out");
            return std::nullopt;
        }
        if (first_invalid_utf8(name)) {
            report(row, "",
                   "the name of column " + std::to_string(column_at_.size() + 1) + " is not UTF-8",
                   "save the sheet as UTF-8");
            return std::nullopt;
        }
        const auto known = std::ranges::find_if(sheet_.columns, [&](const SheetColumn& column) {
            return column.name == name || (column.alias == name && !column.alias.empty());
        });
        if (known == sheet_.columns.end()) {
            report_unknown(row, std::string{text});
            return std::nullopt;
        }
        const auto index = static_cast<std::size_t>(known - sheet_.columns.begin());
        if (std::ranges::find(column_at_, std::optional{index}) == column_at_.end()) return index;
        report(row, std::string{text}, "the column is there twice", "take one out");
        return std::nullopt;
    }

    void report_unknown(std::uint64_t row, std::string name) {
        std::vector<std::string_view> names;
        for (const SheetColumn& column : sheet_.columns) names.push_back(column.name);
        const auto nearest = nearest_name(name, names);
        std::string mend =
            nearest ? "did you mean '" + std::string{*nearest} + "'?"
                    : "take it out; the columns known here are " + known_names(sheet_.columns);
        report(row, std::move(name), "the column is not known", std::move(mend));
    }

    void take_row(const CsvRow& csv_row) {
        Sheet::Row row{.number = csv_row.at.row, .cells = {}};
        row.cells.resize(sheet_.columns.size());
        bool empty = true;
        for (std::size_t i = 0; i < csv_row.fields.size(); ++i) {
            const std::string_view cell = trimmed(csv_row.fields[i]);
            empty = empty && cell.empty();
            const auto column = i < column_at_.size() ? column_at_[i] : std::nullopt;
            if (!column) continue;  // reported with the header
            if (const auto at = first_invalid_utf8(cell)) {
                report(row.number, std::string{sheet_.columns[*column].name},
                       "byte " + std::to_string(*at + 1) + " of the cell is not UTF-8",
                       "save the sheet as UTF-8");
                continue;
            }
            row.cells[*column] = cell;
        }
        if (!empty) sheet_.rows.push_back(std::move(row));
    }

    Sheet& sheet_;
    std::vector<SheetProblem>& problems_;
    std::vector<std::optional<std::size_t>> column_at_;  // of each column of the file
};

}  // namespace

SheetProblem Sheet::problem(const Row& row, std::size_t column, std::string what,
                            std::string mend) const {
    BW_CHECK(column < columns.size());
    return {.sheet = name,
            .row = row.number,
            .column = std::string{columns[column].name},
            .what = std::move(what),
            .mend = std::move(mend)};
}

Sheet read_sheet(std::string_view name, std::string_view text, std::span<const SheetColumn> columns,
                 std::vector<SheetProblem>& problems) {
    Sheet sheet{.name = std::string{name}, .columns = columns, .rows = {}};
    SheetReader{sheet, problems}.read(text);
    return sheet;
}

}  // namespace bellwether::campaigns
