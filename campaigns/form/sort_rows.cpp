#include <algorithm>
#include <functional>
#include <queue>
#include <span>
#include <utility>

#include "campaigns/form/sheets.h"

namespace bellwether::campaigns::form {
namespace {

void add_references(const Expression& expression, std::vector<RowIndex>& rows) {
    for (const Node& node : expression.nodes) {
        const bool refers =
            node.op == Op::Reference || node.op == Op::ReferenceSet || node.op == Op::RepeatSet;
        if (refers && node.row != kNoRow) rows.push_back(node.row);
    }
}

/// The rows that must be known before this one: what it refers to, and the group it stands in.
std::vector<RowIndex> needs_of(const Form& form, const Row& row) {
    std::vector<RowIndex> needs;
    if (row.parent != kNoRow) needs.push_back(row.parent);
    for (const Expression* expression : {&row.relevant, &row.calculation, &row.choice_filter,
                                         &row.repeat_count, &row.required_if}) {
        add_references(*expression, needs);
    }
    std::ranges::sort(needs);
    needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    std::erase_if(needs, [&](RowIndex need) { return need >= form.rows.size(); });
    return needs;
}

/// The column in which a row refers to another; empty: in none, it stands in that row's group.
std::string_view column_between(const Row& row, RowIndex other) {
    for (const auto& [column, expression] :
         {std::pair{"relevant", &row.relevant}, std::pair{"calculation", &row.calculation},
          std::pair{"choice_filter", &row.choice_filter},
          std::pair{"repeat_count", &row.repeat_count}, std::pair{"required", &row.required_if}}) {
        std::vector<RowIndex> rows;
        add_references(*expression, rows);
        if (std::ranges::find(rows, other) != rows.end()) return column;
    }
    return {};
}

/// @param circle  each row needs the next one, the last needs the first.
void report_cycle(const Table& table, const Form& form, std::span<const RowIndex> circle) {
    std::string names;
    for (const RowIndex row : circle) names += form.rows[row].name + ", ";
    RowIndex place = circle.front();
    std::string_view column;
    for (std::size_t i = 0; i < circle.size() && column.empty(); ++i) {
        place = circle[i];
        column = column_between(form.rows[place], circle[(i + 1) % circle.size()]);
    }
    table.problem(place_of(form.rows[place]), column,
                  "rows depend on each other in a circle: " + names + "and back to " +
                      form.rows[circle.front()].name,
                  "take one of the references out");
}

/// Names the rows of each cycle among those that could not be sorted.
void report_cycles(const Table& table, const Form& form,
                   const std::vector<std::vector<RowIndex>>& needs, std::vector<bool> sorted) {
    constexpr std::size_t kNotOnPath = SIZE_MAX;
    std::vector<std::size_t> place(form.rows.size(), kNotOnPath);
    for (RowIndex start = 0; start < form.rows.size(); ++start) {
        std::vector<RowIndex> path;
        RowIndex at = start;
        bool circle = !sorted[at];
        while (circle && place[at] == kNotOnPath) {
            place[at] = path.size();
            path.push_back(at);
            const auto next =
                std::ranges::find_if_not(needs[at], [&](RowIndex n) { return sorted[n]; });
            circle = next != needs[at].end();  // else it leads into one that has been named
            if (circle) at = *next;
        }
        if (circle) report_cycle(table, form, std::span{path}.subspan(place[at]));
        for (const RowIndex row : path) sorted[row] = true;
    }
}

}  // namespace

void sort_rows(const Table& survey, Form& form) {
    const std::size_t count = form.rows.size();
    std::vector<std::vector<RowIndex>> needs(count);
    std::vector<std::vector<RowIndex>> needed_by(count);
    std::vector<std::size_t> open(count);
    for (RowIndex i = 0; i < count; ++i) {
        needs[i] = needs_of(form, form.rows[i]);
        open[i] = needs[i].size();
        for (const RowIndex need : needs[i]) needed_by[need].push_back(i);
    }
    // Of the rows that are ready the first of the sheet: the order is the sheet's where it may be.
    std::priority_queue<RowIndex, std::vector<RowIndex>, std::greater<>> ready;
    for (RowIndex i = 0; i < count; ++i) {
        if (open[i] == 0) ready.push(i);
    }
    std::vector<bool> sorted(count);
    while (!ready.empty()) {
        const RowIndex row = ready.top();
        ready.pop();
        sorted[row] = true;
        form.order.push_back(row);
        for (const RowIndex next : needed_by[row]) {
            if (--open[next] == 0) ready.push(next);
        }
    }
    if (form.order.size() < count) report_cycles(survey, form, needs, std::move(sorted));
}

}  // namespace bellwether::campaigns::form
