#include "campaigns/form/cell_facts.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "campaigns/cell_text.h"
#include "campaigns/form/shuffle.h"

namespace bellwether::campaigns::form {
namespace {

std::string find(const std::vector<NamedText>& texts, std::string_view name) {
    const auto text = std::ranges::find(texts, name, &NamedText::name);
    return text == texts.end() ? "" : text->value;
}

}  // namespace

std::string CellFacts::value(RowIndex row) const {
    const auto scope = picture_.enclosing(scope_, picture_.form_.rows[row].home);
    if (!scope) return "";
    const auto& cells = picture_.cells_[row];
    const std::uint32_t at = picture_.scopes_[*scope].ordinal;
    return at < cells.size() && cells[at].relevant ? cells[at].value : "";
}

NodeSet CellFacts::values(RowIndex row) const {
    NodeSet set;
    for (const std::uint32_t scope : scopes_below(repeats_of(picture_.form_, row))) {
        const Picture::Cell& cell = picture_.cell(row, scope);
        if (cell.relevant) set.push_back(cell.value);
    }
    return set;
}

std::size_t CellFacts::instances(RowIndex repeat) const {
    std::size_t count = 0;
    for (const std::uint32_t scope : scopes_below(repeats_of(picture_.form_, repeat))) {
        count += picture_.cell(repeat, scope).children;
    }
    return count;
}

std::vector<std::uint32_t> CellFacts::scopes_below(const std::vector<RowIndex>& chain) const {
    std::vector<std::uint32_t> found;
    for (std::size_t depth = chain.size(); depth > 0; --depth) {
        const auto anchor = picture_.enclosing(scope_, chain[depth - 1]);
        if (!anchor) continue;
        gather(*anchor, std::span{chain}.subspan(depth), found);
        return found;
    }
    gather(0, chain, found);
    return found;
}

void CellFacts::gather(std::uint32_t scope, std::span<const RowIndex> chain,
                       std::vector<std::uint32_t>& found) const {
    if (chain.empty()) return found.push_back(scope);
    const Picture::Cell& cell = picture_.cell(chain.front(), scope);
    for (std::uint32_t i = 0; i < cell.children; ++i) {
        const std::uint32_t child = picture_.instances_[chain.front()][cell.first_child + i];
        gather(child, chain.subspan(1), found);
    }
}

std::string CellFacts::indexed(RowIndex row, std::span<const Instance> where) const {
    std::uint32_t scope = 0;
    for (const RowIndex repeat : repeats_of(picture_.form_, row)) {
        const Picture::Cell& cell = picture_.cell(repeat, scope);
        const auto named = std::ranges::find(where, repeat, &Instance::first);
        double index = 0;
        if (named != where.end()) {
            index = std::trunc(named->second);
        } else if (const auto around = picture_.enclosing(scope_, repeat)) {
            index = picture_.scopes_[*around].path.back();
        }
        if (!(index >= 1 && index <= cell.children)) return "";
        scope =
            picture_.instances_[repeat][cell.first_child + static_cast<std::uint32_t>(index) - 1];
    }
    const Picture::Cell& cell = picture_.cell(row, scope);
    return cell.relevant ? cell.value : "";
}

std::string CellFacts::kept() const {
    const std::string* value = picture_.kept(picture_.id_of(row_, scope_));
    return value == nullptr ? "" : *value;
}

std::size_t CellFacts::position(int levels) const {
    std::uint32_t scope = scope_;
    for (int level = 1; level < levels; ++level) scope = picture_.scopes_[scope].parent;
    BW_CHECK(!picture_.scopes_[scope].path.empty());
    return picture_.scopes_[scope].path.back();
}

std::string CellFacts::contact(std::string_view column) const {
    return find(picture_.answers_.facts.contact, column);
}

std::string CellFacts::tel(std::string_view field) const {
    if (field == "language") return language();
    if (field == "mode") return lower_case(name_of(picture_.answers_.facts.mode));
    return find(picture_.answers_.facts.tel, field);
}

std::string CellFacts::choice_column(std::string_view column) const {
    BW_CHECK(choice_ != nullptr);
    if (column == "name") return choice_->name;
    if (column == "label") return in_language(picture_.form_, choice_->label, picture_.language_);
    if (column == "list_name") return picture_.form_.lists[picture_.form_.rows[row_].list].name;
    const auto& columns = picture_.form_.choice_columns;
    const auto at = static_cast<std::size_t>(std::ranges::find(columns, column) - columns.begin());
    return at < choice_->columns.size() ? choice_->columns[at] : "";
}

std::string CellFacts::choice_label(RowIndex row, std::string_view name) const {
    const Choice* choice = find_choice(picture_.form_, picture_.form_.rows[row], name);
    if (choice == nullptr) return "";
    return in_language(picture_.form_, choice->label, picture_.language_);
}

std::string CellFacts::missing(RowIndex row) const {
    const auto scope = picture_.enclosing(scope_, picture_.form_.rows[row].home);
    if (!scope) return "not_asked";
    const Picture::Cell& cell = picture_.cell(row, *scope);
    if (!cell.relevant || cell.mark == nullptr) return "not_asked";
    if (cell.mark->how == Settled::Played || cell.mark->how == Settled::Recorded) return "";
    if (cell.mark->how != Settled::Answered) return lower_case(name_of(cell.mark->how));
    const Choice* choice = find_choice(picture_.form_, picture_.form_.rows[row], cell.value);
    return choice == nullptr ? "" : choice->missing;
}

double CellFacts::random() const {
    const std::string key = key_of(picture_.form_, picture_.id_of(row_, scope_));
    return first_draw(seed_of_row(picture_.answers_.facts.seed, key));
}

std::string CellFacts::language() const { return picture_.form_.languages[picture_.language_]; }

}  // namespace bellwether::campaigns::form
