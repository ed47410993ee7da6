// The order in which items and choices are presented: the sheet's, with shuffles and repeats.

#include <algorithm>

#include "base/check.h"
#include "campaigns/form/cell_facts.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/shuffle.h"

namespace bellwether::campaigns::form {

std::vector<Picture::Item> Picture::items() const {
    std::vector<Item> items;
    collect(0, static_cast<RowIndex>(form_.rows.size()), 0, false, items);
    return items;
}

std::optional<Picture::Item> Picture::next_item() const {
    std::vector<Item> items;
    collect(0, static_cast<RowIndex>(form_.rows.size()), 0, true, items);
    if (items.empty() || items.back().settled) return std::nullopt;
    return items.back();
}

/// The rows that stand directly between `first` and `end`, each with what it holds.
std::vector<RowIndex> Picture::blocks(RowIndex first, RowIndex end) const {
    std::vector<RowIndex> rows;
    for (RowIndex row = first; row < end; row = form_.rows[row].end) rows.push_back(row);
    return rows;
}

void Picture::collect(RowIndex first, RowIndex end, std::uint32_t scope, bool stop_early,
                      std::vector<Item>& items) const {
    std::vector<RowIndex> rows = blocks(first, end);
    const RowIndex around = rows.empty() ? kNoRow : form_.rows[first].parent;
    if (around != kNoRow && form_.rows[around].randomize) {
        std::vector<RowIndex> order;
        for (const std::size_t i : shuffled(rows.size(), seed_of(around, scope))) {
            order.push_back(rows[i]);
        }
        rows = std::move(order);
    }
    for (const RowIndex row : rows) {
        collect_block(row, scope, stop_early, items);
        if (stop_early && !items.empty() && !items.back().settled) return;
    }
}

void Picture::collect_block(RowIndex index, std::uint32_t scope, bool stop_early,
                            std::vector<Item>& items) const {
    const Row& row = form_.rows[index];
    const Cell& at = cell(index, scope);
    if (!at.relevant) return;
    if (row.type == RowType::Group) return collect(index + 1, row.end, scope, stop_early, items);
    if (row.type == RowType::Repeat) return collect_repeat(index, scope, stop_early, items);
    if (row.type >= RowType::Calculate) return;  // nothing to present
    items.push_back({.id = id_of(index, scope), .settled = at.mark != nullptr});
}

void Picture::collect_repeat(RowIndex index, std::uint32_t scope, bool stop_early,
                             std::vector<Item>& items) const {
    const Row& row = form_.rows[index];
    const Cell& at = cell(index, scope);
    const auto ask = [&](std::uint32_t n) {
        if (!row.repeat_count.empty() || n > static_cast<std::uint32_t>(row.max_repeat)) return;
        ItemId id = id_of(index, scope);
        id.instance.push_back(static_cast<std::uint16_t>(n));
        const bool settled = find_mark(answers_, id) != nullptr;
        items.push_back({.id = std::move(id), .asks_for_instance = true, .settled = settled});
    };
    for (std::uint32_t i = 0; i < at.children; ++i) {
        ask(i + 1);
        collect(index + 1, row.end, instances_[index][at.first_child + i], stop_early, items);
        if (stop_early && !items.empty() && !items.back().settled) return;
    }
    ask(at.children + 1);
}

std::vector<std::uint32_t> Picture::available(const ItemId& item) const {
    const Row& row = form_.rows[item.row];
    if (row.list >= form_.lists.size()) return {};
    const Cell* found = find_cell(item);
    if (found != nullptr && found->choices) return *found->choices;
    std::vector<std::uint32_t> all(form_.lists[row.list].choices.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return all;
}

std::vector<std::uint32_t> Picture::presented(const ItemId& item) const {
    const Row& row = form_.rows[item.row];
    std::vector<std::uint32_t> all = available(item);
    const auto scope = scope_of(item);
    if (!row.randomize || !scope) return all;
    const auto& choices = form_.lists[row.list].choices;
    std::vector<std::uint32_t> out;
    std::vector<std::uint32_t> free;
    std::vector<std::uint32_t> last;
    for (const std::uint32_t i : all) {
        if (choices[i].fixed == Fixed::First) out.push_back(i);
        if (choices[i].fixed == Fixed::No) free.push_back(i);
        if (choices[i].fixed == Fixed::Last) last.push_back(i);
    }
    for (const std::size_t i : shuffled(free.size(), seed_of(item.row, *scope))) {
        out.push_back(free[i]);
    }
    out.insert(out.end(), last.begin(), last.end());
    return out;
}

double Picture::seed_of(RowIndex index, std::uint32_t scope) const {
    const Row& row = form_.rows[index];
    if (!row.has_seed) return seed_of_row(answers_.facts.seed, row.name);
    if (row.seed.empty()) return row.seed_number;
    return seed_of_text(to_text(evaluate(row.seed, CellFacts{*this, index, scope})));
}

}  // namespace bellwether::campaigns::form
