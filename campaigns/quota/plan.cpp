#include "campaigns/quota/plan.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "campaigns/cell_text.h"
#include "campaigns/form/sheets.h"
#include "campaigns/form/table.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::quota {
namespace {

using form::Expression;
using form::KnownColumn;
using form::Row;
using form::RowIndex;
using form::RowType;
using form::Table;

constexpr std::size_t kCellsMax = 10'000;     // 20 age groups in 500 districts
constexpr double kTargetMax = 1'000'000'000;  // no survey asks more people
constexpr std::string_view kSkipPrefix = "skip:";

const std::vector<KnownColumn>& quota_columns() {
    static const std::vector<KnownColumn> kColumns{
        {"name"},    {"group"}, {"expression"}, {"target"},  {"start"}, {"pick"},
        {"on_full"}, {"mode"},  {"priority"},   {"message"}, {"label"},
    };
    return kColumns;
}

class PlanReader {
public:
    explicit PlanReader(const form::Form& form)
        : form_{form},
          table_{"quotas.csv", form.sheets.quotas, quota_columns(), form::OtherColumns::Warn,
                 findings_} {}

    tl::expected<Plan, std::vector<SheetProblem>> read() {
        if (!table_.rows().empty()) require_columns();
        for (const Table::Row& row : table_.rows()) {
            if (plan_.cells.size() == kCellsMax) {
                table_.problem(row, "", "there are more than 10,000 cells", "use fewer");
                break;
            }
            read_cell(row);
        }
        for (const auto& [name, group] : unpicked_) read_pick(group);
        finish();
        if (!findings_.problems.empty()) return tl::unexpected{std::move(findings_.problems)};
        plan_.notices = std::move(findings_.notices);
        return std::move(plan_);
    }

private:
    void require_columns() {
        for (const std::string_view name : {"name", "expression", "target"}) {
            if (!table_.has(name)) {
                table_.problem({.number = 1, .cells = {}}, name, "the column is missing",
                               "add it to the header");
            }
        }
    }

    void read_cell(const Table::Row& row) {
        Cell cell{.name = table_.cell(row, "name"),
                  .label = table_.cell(row, "label"),
                  .expression = {},
                  .sheet_row = row.number};
        read_name(row, cell);
        read_on_full(row, cell);
        read_expression(row, cell);
        read_numbers(row, cell);
        read_mode(row, cell);
        read_message(row, cell);
        add_to_group(row, cell);
        plan_.cells.push_back(std::move(cell));
    }

    void read_name(const Table::Row& row, const Cell& cell) {
        if (!form::is_name(cell.name)) {
            table_.problem(row, "name", "'" + cell.name.substr(0, 64) + "' is no name",
                           "use letters, digits, _, . and -, at most 64, a letter first");
        } else if (!names_.insert(cell.name).second) {
            table_.problem(row, "name", "'" + cell.name + "' is there twice",
                           "give each cell a name of its own");
        }
    }

    void read_expression(const Table::Row& row, Cell& cell) {
        cell.expression = form::expression_of(table_, row, "expression");
        if (table_.cell(row, "expression").empty()) {
            table_.problem(row, "expression", "it is not said whom the cell is about",
                           "give an expression, such as ${sex} = 'f'; true() is everybody");
        }
        form::bind_outside(table_, row, "expression", form_, cell.expression, contact_columns_);
    }

    void read_numbers(const Table::Row& row, Cell& cell) {
        const bool counter = cell.on_full == OnFull::Count;
        const auto target = whole_number(row, "target");
        if (!target && !counter && table_.cell(row, "target").empty()) {
            table_.problem(row, "target", "the number of interviews wanted is missing",
                           "give a whole number, or on_full=count for a cell that only counts");
        }
        cell.target = target.value_or(0);
        cell.start = whole_number(row, "start").value_or(0);
        const std::string& priority = table_.cell(row, "priority");
        if (priority.empty()) return;
        cell.priority = form::text_number(priority);
        if (!std::isfinite(cell.priority)) {
            table_.problem(row, "priority", "'" + priority.substr(0, 64) + "' is no number",
                           "give a number; the smallest goes first");
        }
    }

    std::optional<std::int64_t> whole_number(const Table::Row& row, std::string_view column) {
        const std::string& cell = table_.cell(row, column);
        if (cell.empty()) return std::nullopt;
        const double value = form::text_number(cell);
        if (value >= 0 && value <= kTargetMax && value == std::trunc(value))
            return static_cast<std::int64_t>(value);
        table_.problem(row, column, "'" + cell.substr(0, 64) + "' does not fit",
                       "give a whole number from 0 to 1000000000");
        return std::nullopt;
    }

    void read_on_full(const Table::Row& row, Cell& cell) {
        const std::string& text = table_.cell(row, "on_full");
        if (text.empty() || text == "end") return;
        if (text == "screen") {
            cell.on_full = OnFull::Screen;
        } else if (text == "count") {
            cell.on_full = OnFull::Count;
        } else if (text.starts_with(kSkipPrefix)) {
            read_skip(row, cell, text.substr(kSkipPrefix.size()));
        } else {
            table_.problem(row, "on_full", "'" + text.substr(0, 64) + "' is not known",
                           "write end, screen, skip:GROUP or count");
        }
    }

    void read_skip(const Table::Row& row, Cell& cell, const std::string& name) {
        cell.on_full = OnFull::Skip;
        cell.skipped = form::find_row(form_, name);
        const bool is_group =
            cell.skipped != form::kNoRow && form::is_container(form_.rows[cell.skipped].type);
        if (is_group) return;
        table_.problem(row, "on_full",
                       "survey.csv has no group '" + name.substr(0, 64) + "' to be skipped",
                       "name a begin_group or begin_repeat row");
    }

    void read_mode(const Table::Row& row, Cell& cell) {
        const std::string& mode = table_.cell(row, "mode");
        cell.soft = mode == "soft";
        if (mode.empty() || mode == "hard" || cell.soft) return;
        table_.problem(row, "mode", "'" + mode.substr(0, 64) + "' is not known",
                       "write hard or soft");
    }

    void read_message(const Table::Row& row, Cell& cell) {
        const std::string& message = table_.cell(row, "message");
        if (message.empty()) return;
        cell.message = form::find_row(form_, message);
        const bool is_note = cell.message != form::kNoRow &&
                             form_.rows[cell.message].type == RowType::Note &&
                             form_.rows[cell.message].home == form::kNoRow;
        if (!is_note) {
            table_.problem(row, "message",
                           "survey.csv has no note '" + message.substr(0, 64) + "' to be played",
                           "name a note outside repeats");
        } else if (cell.on_full == OnFull::Skip || cell.on_full == OnFull::Count) {
            table_.notice(row, "message", "the interview does not end here: nothing is played",
                          "leave the cell empty");
        }
    }

    void add_to_group(const Table::Row& row, Cell& cell) {
        const std::string& given = table_.cell(row, "group");
        const std::string& name = given.empty() ? cell.name : given;
        const auto [at, is_new] = group_of_.try_emplace(name, plan_.groups.size());
        cell.group = at->second;
        if (is_new) plan_.groups.push_back({.name = name, .cells = {}, .rows = {}});
        plan_.groups[cell.group].cells.push_back(static_cast<CellIndex>(plan_.cells.size()));
        const std::string& pick = table_.cell(row, "pick");
        if (!pick.empty()) unpicked_.try_emplace(name, Picked{cell.group, row, pick});
    }

    /// The first row of a group that says how to pick says it for all.
    struct Picked {
        std::size_t group;
        Table::Row row;
        std::string text;
    };

    void read_pick(const Picked& picked) {
        constexpr std::string_view kWords[] = {"all", "least_full", "priority", "first"};
        const auto word = std::ranges::find(kWords, picked.text);
        if (word == std::end(kWords)) {
            return table_.problem(picked.row, "pick",
                                  "'" + picked.text.substr(0, 64) + "' is not known",
                                  "write all, least_full, priority or first");
        }
        plan_.groups[picked.group].pick = static_cast<Pick>(word - std::begin(kWords));
    }

    void finish() {
        for (Group& group : plan_.groups) {
            std::set<RowIndex> rows;
            for (const CellIndex cell : group.cells) {
                const auto behind = rows_behind(form_, plan_.cells[cell].expression);
                rows.insert(behind.begin(), behind.end());
            }
            group.rows.assign(rows.begin(), rows.end());
        }
        plan_.contact_columns.assign(contact_columns_.begin(), contact_columns_.end());
        plan_.fingerprint = fingerprint();
    }

    [[nodiscard]] std::string fingerprint() const {
        // FNV-1a, 64 bits (Fowler, Noll, Vo): tells sheets apart, guards against nobody.
        std::uint64_t hash = 0xcbf29ce484222325U;
        const auto mix = [&](std::string_view text) {
            for (const char c : text)
                hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
            hash = hash * 0x100000001b3U;  // a byte 0 between the texts
        };
        for (const Cell& cell : plan_.cells) {
            const Group& group = plan_.groups[cell.group];
            for (const std::string_view text :
                 {std::string_view{cell.name}, std::string_view{group.name}, name_of(group.pick),
                  name_of(cell.on_full), std::string_view{cell.expression.source}})
                mix(text);
            mix(form::number_text(cell.priority));
        }
        std::string digits(16, '0');
        char written[16];
        const auto end = std::to_chars(std::begin(written), std::end(written), hash, 16).ptr;
        const auto length = static_cast<std::size_t>(end - written);
        digits.replace(digits.size() - length, length, written, length);
        return digits;
    }

    const form::Form& form_;
    form::Findings findings_;
    Table table_;
    Plan plan_;
    std::set<std::string> names_;
    std::map<std::string, std::size_t> group_of_;
    std::map<std::string, Picked> unpicked_;
    std::set<std::string, std::less<>> contact_columns_;
};

void add_rows(const form::Form& form, const Expression& expression, std::set<RowIndex>& seen,
              std::set<RowIndex>& rows) {
    for (const form::Node& node : expression.nodes) {
        const bool refers = node.op == form::Op::Reference || node.op == form::Op::ReferenceSet ||
                            node.op == form::Op::RepeatSet;
        if (!refers || node.row == form::kNoRow || !seen.insert(node.row).second) continue;
        const Row& row = form.rows[node.row];
        if (row.type == RowType::Calculate) {
            add_rows(form, row.calculation, seen, rows);
        } else {
            rows.insert(node.row);
        }
    }
}

}  // namespace

tl::expected<Plan, std::vector<SheetProblem>> read_plan(const form::Form& form) {
    return PlanReader{form}.read();
}

const Cell* find_cell(const Plan& plan, std::string_view name) {
    const auto cell = std::ranges::find(plan.cells, name, &Cell::name);
    return cell == plan.cells.end() ? nullptr : &*cell;
}

std::vector<RowIndex> rows_behind(const form::Form& form, const Expression& expression) {
    std::set<RowIndex> seen;
    std::set<RowIndex> rows;
    add_rows(form, expression, seen, rows);
    return {rows.begin(), rows.end()};
}

}  // namespace bellwether::campaigns::quota
