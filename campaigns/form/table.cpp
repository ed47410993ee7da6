#include "campaigns/form/table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "base/nearest_name.h"
#include "campaigns/cell_text.h"
#include "campaigns/csv.h"
#include "campaigns/utf8.h"

namespace bellwether::campaigns::form {
namespace {

// A questionnaire with more rows than this is no questionnaire: 50,000 choices of municipalities or
// products are the longest lists seen.
constexpr std::size_t kRowsMax = 100'000;

/// Columns of other programs that mean nothing here (research/surveys.md 1.1).
constexpr std::array<std::string_view, 4> kForeignPrefixes{"x::", "bind::", "body::", "instance::"};

const KnownColumn* find_known(std::span<const KnownColumn> known, std::string_view name) {
    for (const KnownColumn& column : known) {
        if (column.name == name) return &column;
        if (std::ranges::find(column.aliases, name) != column.aliases.end()) return &column;
    }
    return nullptr;
}

}  // namespace

class TableReader {
public:
    TableReader(Table& table, std::span<const KnownColumn> known, OtherColumns others)
        : table_{table}, known_{known}, others_{others} {}

    void read(std::string_view text) {
        TextSource source{text};
        CsvReader reader{source};
        while (true) {
            const auto step = reader.next();
            BW_CHECK(step.has_value());  // a text in memory cannot fail to be read
            if (*step == CsvStep::End) return;
            if (*step == CsvStep::Fault) {
                take_fault(reader.fault());
                if (!has_header_) return;  // without a header the rest would only be noise
            } else if (!has_header_) {
                has_header_ = true;
                for (const auto cell : reader.row().fields) take_column(trimmed(cell));
            } else if (!take_row(reader.row())) {
                return;
            }
        }
    }

private:
    void report(std::uint64_t row, std::string_view column, std::string what, std::string mend) {
        table_.problem({.number = row, .cells = {}}, column, std::move(what), std::move(mend));
    }

    void take_fault(const CsvFault& fault) {
        table_.broken_ = true;
        report(fault.at.row, "",
               "line " + std::to_string(fault.at.line) + ", byte " +
                   std::to_string(fault.at.column) + " of it: " + explain(fault),
               "mend the CSV");
    }

    void take_column(std::string_view written) {
        if (first_invalid_utf8(written)) {
            report(1, "",
                   "the name of column " + std::to_string(table_.columns_.size() + 1) +
                       " is not UTF-8",
                   "save the sheet as UTF-8");
            written = {};
        }
        Table::Column column{.name = {}, .language = {}, .written = std::string{written}};
        const std::string name = lower_case(written);
        const auto split = name.rfind("::");
        const KnownColumn* known = find_known(known_, name);
        if (known == nullptr && split != std::string::npos) {
            known = find_known(known_, trimmed(std::string_view{name}.substr(0, split)));
            if (known != nullptr && !known->has_language) known = nullptr;
            if (known != nullptr)
                column.language = language_code(trimmed(written.substr(split + 2)));
        }
        column.known = known != nullptr;
        if (known != nullptr) {
            column.name = known->name;
        } else {
            take_unknown(column, name);
        }
        check_twice(column);
        if (column.language.empty()) table_.at_.try_emplace(column.name, table_.columns_.size());
        table_.columns_.push_back(std::move(column));
    }

    void take_unknown(Table::Column& column, const std::string& name) {
        const Table::Row header{.number = 1, .cells = {}};
        const auto foreign = [&](std::string_view prefix) { return name.starts_with(prefix); };
        if (name.empty() || std::ranges::any_of(kForeignPrefixes, foreign)) {
            table_.notice(header, column.written, "the column is passed over",
                          "nothing, if it serves another program");
            return;
        }
        const bool telephone = name.starts_with("tel::");
        if (others_ == OtherColumns::Keep && !telephone) {
            column.name = column.written;
            return;
        }
        std::vector<std::string_view> names;
        for (const KnownColumn& known : known_) names.push_back(known.name);
        const auto nearest = nearest_name(name, names);
        table_.notice(header, column.written, "the column is not known and is passed over",
                      nearest ? "did you mean '" + std::string{*nearest} + "'?" : "take it out");
    }

    void check_twice(const Table::Column& column) {
        if (column.name.empty()) return;
        for (const Table::Column& other : table_.columns_) {
            if (other.name != column.name || other.language != column.language) continue;
            return report(1, column.written, "the column is there twice", "take one out");
        }
    }

    /// @return false: the sheet is too long to go on.
    bool take_row(const CsvRow& csv_row) {
        Table::Row row{.number = csv_row.at.row, .cells = {}};
        bool empty = true;
        for (std::size_t i = 0; i < csv_row.fields.size(); ++i) {
            const std::string_view cell = trimmed(csv_row.fields[i]);
            empty = empty && cell.empty();
            const auto invalid = first_invalid_utf8(cell);
            row.cells.emplace_back(invalid ? std::string_view{} : cell);
            if (!invalid) continue;
            const bool has_name = i < table_.columns_.size();
            report(row.number, has_name ? table_.columns_[i].written : "",
                   "byte " + std::to_string(*invalid + 1) + " of the cell is not UTF-8",
                   "save the sheet as UTF-8");
        }
        row.cells.resize(table_.columns_.size());
        if (!empty) table_.rows_.push_back(std::move(row));
        if (table_.rows_.size() <= kRowsMax) return true;
        report(csv_row.at.row, "", "the sheet has more than 100,000 rows", "cut it down");
        return false;
    }

    Table& table_;
    std::span<const KnownColumn> known_;
    OtherColumns others_;
    bool has_header_ = false;
};

Table::Table(std::string_view sheet, std::string_view text, std::span<const KnownColumn> known,
             OtherColumns others, Findings& findings)
    : sheet_{sheet}, findings_{findings} {
    TableReader{*this, known, others}.read(text);
}

std::optional<std::size_t> Table::find(std::string_view name) const {
    const auto column = at_.find(name);
    return column == at_.end() ? std::nullopt : std::optional{column->second};
}

const std::string& Table::cell(const Row& row, std::string_view name) const {
    static const std::string kNone;
    const auto at = find(name);
    return at && *at < row.cells.size() ? row.cells[*at] : kNone;
}

SheetProblem Table::finding(const Row& row, std::string_view column, std::string what,
                            std::string mend) const {
    const auto at = find(column);
    return {.sheet = sheet_,
            .row = row.number,
            .column = at ? columns_[*at].written : std::string{column},
            .what = std::move(what),
            .mend = std::move(mend)};
}

void Table::problem(const Row& row, std::string_view column, std::string what,
                    std::string mend) const {
    findings_.problems.push_back(finding(row, column, std::move(what), std::move(mend)));
}

void Table::notice(const Row& row, std::string_view column, std::string what,
                   std::string mend) const {
    findings_.notices.push_back(finding(row, column, std::move(what), std::move(mend)));
}

std::string language_code(std::string_view written) {
    const auto open = written.rfind('(');
    if (open != std::string_view::npos && written.ends_with(')')) {
        return lower_case(trimmed(written.substr(open + 1, written.size() - open - 2)));
    }
    return lower_case(written);
}

}  // namespace bellwether::campaigns::form
