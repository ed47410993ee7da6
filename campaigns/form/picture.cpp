#include "campaigns/form/picture.h"

#include <algorithm>
#include <cmath>

#include "campaigns/cell_text.h"
#include "campaigns/form/cell_facts.h"
#include "campaigns/form/shuffle.h"

namespace bellwether::campaigns::form {
namespace {

// Instances of all repeats together: 50 times 50, as two repeats in each other make at most, and
// some. Each turn looks at all of them, on the engine's thread.
constexpr std::size_t kScopesMax = 3'000;
constexpr std::size_t kDateLength = 10;

std::string stored(const Value& value) {
    const auto* number = std::get_if<double>(&value);
    return number != nullptr && !std::isfinite(*number) ? "" : to_text(value);
}

bool uses_once(const Expression& expression) {
    return std::ranges::any_of(expression.nodes, [](const Node& node) {
        return node.op == Op::Call && node.function == Function::Once;
    });
}

}  // namespace

Picture::Picture(const Form& form, const Answers& answers)
    : form_{form},
      answers_{answers},
      language_{language_of(form, answers)},
      scopes_(1),
      instances_(form.rows.size()),
      cells_(form.rows.size()) {
    const auto at = std::ranges::find(form.languages, answers.facts.language);
    if (at != form.languages.end())
        language_ = static_cast<std::size_t>(at - form.languages.begin());
    for (const RowIndex row : form.order) evaluate_row(row);
}

std::size_t Picture::language_of(const Form& form, const Answers& answers) {
    const auto at = std::ranges::find(form.languages, answers.facts.language);
    return at == form.languages.end() ? form.default_language
                                      : static_cast<std::size_t>(at - form.languages.begin());
}

void Picture::evaluate_row(RowIndex row) {
    const std::vector<std::uint32_t> scopes = scopes_of(form_.rows[row].home);
    cells_[row].reserve(scopes.size());
    for (const std::uint32_t scope : scopes) evaluate_cell(row, scope);
}

void Picture::evaluate_cell(RowIndex index, std::uint32_t scope) {
    const Row& row = form_.rows[index];
    Cell cell;
    const ItemId id = id_of(index, scope);
    cell.mark = find_mark(answers_, id);
    const bool inside =
        row.parent == kNoRow || row.parent == row.home || this->cell(row.parent, scope).relevant;
    const bool closed =
        std::ranges::find(answers_.closed_groups, index) != answers_.closed_groups.end();
    const CellFacts facts{*this, index, scope};
    cell.relevant = inside && !closed && asked_in_this_mode(index, cell) &&
                    (row.relevant.empty() || to_boolean(evaluate(row.relevant, facts)));
    if (cell.relevant && row.list < form_.lists.size()) evaluate_choices(index, scope, cell);
    if (cell.relevant && row.type == RowType::Repeat) expand(index, scope, cell);
    if (cell.relevant && row.type == RowType::Calculate) {
        cell.value = stored(evaluate(row.calculation, facts));
    } else if (is_metadata(row.type)) {
        cell.value = metadata(row.type);
    } else if (cell.relevant && !is_container(row.type)) {
        const bool answered = cell.mark != nullptr && !row.read_only;
        cell.value = answered ? cell.mark->value : initial_value(index, id);
    }
    cells_[index].push_back(std::move(cell));
}

bool Picture::asked_in_this_mode(RowIndex index, const Cell& cell) const {
    const Row& row = form_.rows[index];
    if (cell.mark != nullptr || is_container(row.type) || row.type >= RowType::Calculate)
        return true;
    return answers_.facts.mode == Mode::Line ? row.line.ivr : row.line.interviewer;
}

void Picture::evaluate_choices(RowIndex index, std::uint32_t scope, Cell& cell) {
    const Row& row = form_.rows[index];
    if (row.choice_filter.empty()) return;
    cell.choices.emplace();
    CellFacts facts{*this, index, scope};
    const auto& choices = form_.lists[row.list].choices;
    for (std::uint32_t i = 0; i < choices.size(); ++i) {
        facts.set_choice(&choices[i]);
        if (to_boolean(evaluate(row.choice_filter, facts))) cell.choices->push_back(i);
    }
    if (cell.choices->empty()) cell.relevant = false;
}

void Picture::expand(RowIndex row, std::uint32_t scope, Cell& cell) {
    const std::size_t count = std::min(count_instances(row, scope), kScopesMax - scopes_.size());
    cell.first_child = static_cast<std::uint32_t>(instances_[row].size());
    cell.children = static_cast<std::uint32_t>(count);
    for (std::size_t i = 1; i <= count; ++i) {
        Scope child{.repeat = row,
                    .parent = scope,
                    .ordinal = static_cast<std::uint32_t>(instances_[row].size()),
                    .path = scopes_[scope].path};
        child.path.push_back(static_cast<std::uint16_t>(i));
        instances_[row].push_back(static_cast<std::uint32_t>(scopes_.size()));
        scopes_.push_back(std::move(child));
    }
}

std::size_t Picture::count_instances(RowIndex index, std::uint32_t scope) const {
    const Row& row = form_.rows[index];
    const auto max = static_cast<std::size_t>(row.max_repeat);
    if (!row.repeat_count.empty()) {
        const double count = to_number(evaluate(row.repeat_count, CellFacts{*this, index, scope}));
        if (!(count >= 1)) return 0;
        return static_cast<std::size_t>(std::min(count, static_cast<double>(max)));
    }
    ItemId id = id_of(index, scope);
    id.instance.push_back(1);
    for (std::size_t count = 0; count < max; ++count, ++id.instance.back()) {
        const Mark* mark = find_mark(answers_, id);
        if (mark == nullptr || mark->value != "yes") return count;
    }
    return max;
}

std::string Picture::initial_value(RowIndex index, const ItemId& id) const {
    const Row& row = form_.rows[index];
    if (row.initial.expression.empty()) return row.initial.text;
    const std::string* value = kept({.row = id.row, .instance = {}});
    return value == nullptr ? "" : *value;
}

std::string Picture::default_of(RowIndex row) const {
    return stored(evaluate(form_.rows[row].initial.expression, CellFacts{*this, row, 0}));
}

std::string Picture::metadata(RowType type) const {
    const CellFacts facts{*this, 0, 0};
    switch (type) {
        case RowType::Start:
            return facts.now();
        case RowType::Today:
            return facts.now().substr(0, kDateLength);
        case RowType::DeviceId:
            return facts.tel("deviceid");
        case RowType::UserName:
            return facts.tel("username");
        case RowType::PhoneNumber:
            return facts.tel("phonenumber");
        default:
            return facts.tel("end");
    }
}

const std::string* Picture::kept(const ItemId& id) const {
    const auto value = std::ranges::find(answers_.kept, id, &KeptValue::item);
    return value == answers_.kept.end() ? nullptr : &value->value;
}

ItemId Picture::id_of(RowIndex row, std::uint32_t scope) const {
    return {.row = row, .instance = scopes_[scope].path};
}

const std::vector<std::uint32_t>& Picture::scopes_of(RowIndex repeat) const {
    return repeat == kNoRow ? root_ : instances_[repeat];
}

std::optional<std::uint32_t> Picture::enclosing(std::uint32_t scope, RowIndex repeat) const {
    while (scopes_[scope].repeat != repeat) {
        if (scope == 0) return std::nullopt;
        scope = scopes_[scope].parent;
    }
    return scope;
}

const Picture::Cell& Picture::cell(RowIndex row, std::uint32_t scope) const {
    static const Cell kNone;
    const std::uint32_t ordinal = scopes_[scope].ordinal;
    return ordinal < cells_[row].size() ? cells_[row][ordinal] : kNone;
}

std::optional<std::uint32_t> Picture::scope_of(const ItemId& item) const {
    std::uint32_t scope = 0;
    const auto repeats = repeats_of(form_, item.row);
    if (item.instance.size() < repeats.size()) return std::nullopt;
    for (std::size_t i = 0; i < repeats.size(); ++i) {
        const Cell& around = cell(repeats[i], scope);
        if (item.instance[i] == 0 || item.instance[i] > around.children) return std::nullopt;
        scope = instances_[repeats[i]][around.first_child + item.instance[i] - 1];
    }
    return scope;
}

const Picture::Cell* Picture::find_cell(const ItemId& item) const {
    const auto scope = scope_of(item);
    return scope ? &cell(item.row, *scope) : nullptr;
}

bool Picture::is_relevant(const ItemId& item) const {
    const Cell* found = find_cell(item);
    if (found == nullptr || !found->relevant) return false;
    const Row& row = form_.rows[item.row];
    if (row.type != RowType::Repeat) return true;
    return row.repeat_count.empty() && !item.instance.empty() &&
           item.instance.back() <= found->children + 1;
}

std::vector<ItemId> Picture::instances_of(RowIndex row) const {
    std::vector<ItemId> all;
    for (const std::uint32_t scope : scopes_of(form_.rows[row].home))
        all.push_back(id_of(row, scope));
    return all;
}

std::string Picture::value(const ItemId& item) const {
    const Cell* found = find_cell(item);
    return found != nullptr && found->relevant ? found->value : "";
}

bool Picture::is_required(const ItemId& item) const {
    const Row& row = form_.rows[item.row];
    if (row.required) return true;
    return !row.required_if.empty() && to_boolean(evaluate_at(item, row.required_if));
}

bool Picture::holds(const ItemId& item, const Expression& rule,
                    const std::string& candidate) const {
    const auto scope = scope_of(item);
    if (rule.empty() || candidate.empty() || !scope) return true;
    CellFacts facts{*this, item.row, *scope};
    facts.set_own(candidate);
    return to_boolean(evaluate(rule, facts));
}

bool Picture::allows(const ItemId& item, const std::string& candidate) const {
    return holds(item, form_.rows[item.row].constraint, candidate);
}

bool Picture::expects(const ItemId& item, const std::string& candidate) const {
    return holds(item, form_.rows[item.row].soft_constraint, candidate);
}

Value Picture::evaluate_outside(const Expression& expression) const {
    return evaluate(expression, CellFacts{*this, kNoRow, 0});
}

Value Picture::evaluate_at(const ItemId& item, const Expression& expression) const {
    const auto scope = scope_of(item);
    if (!scope) return std::string{};
    return evaluate(expression, CellFacts{*this, item.row, *scope});
}

std::vector<std::pair<ItemId, ClearCause>> Picture::overtaken() const {
    std::vector<std::pair<ItemId, ClearCause>> gone;
    for (const Mark& mark : answers_.marks) {
        if (const auto cause = why_overtaken(mark)) gone.emplace_back(mark.item, *cause);
    }
    return gone;
}

std::optional<ClearCause> Picture::why_overtaken(const Mark& mark) const {
    if (!is_relevant(mark.item)) return ClearCause::NotRelevant;
    if (mark.how != Settled::Answered) return std::nullopt;
    const Row& row = form_.rows[mark.item.row];
    if (!row.choice_filter.empty()) {
        const auto left = available(mark.item);
        const auto& choices = form_.lists[row.list].choices;
        const auto is_left = [&](std::string_view name) {
            return std::ranges::any_of(left, [&](auto i) { return choices[i].name == name; });
        };
        if (!std::ranges::all_of(words_of(mark.value), is_left)) return ClearCause::ChoiceGone;
    }
    return allows(mark.item, mark.value) ? std::nullopt : std::optional{ClearCause::Constraint};
}

std::string Picture::filled(const ItemId& item, const Template& text) const {
    std::string out;
    for (const TextPart& part : text) {
        out += part.reference.empty() ? part.text : to_text(evaluate_at(item, part.reference));
    }
    return out;
}

std::vector<std::pair<ItemId, std::string>> Picture::calculations() const {
    std::vector<std::pair<ItemId, std::string>> values;
    for (RowIndex row = 0; row < form_.rows.size(); ++row) {
        if (form_.rows[row].type != RowType::Calculate) continue;
        for (const std::uint32_t scope : scopes_of(form_.rows[row].home)) {
            const Cell& at = cell(row, scope);
            if (at.relevant && !at.value.empty()) values.emplace_back(id_of(row, scope), at.value);
        }
    }
    return values;
}

std::vector<KeptValue> Picture::once_values() const {
    std::vector<KeptValue> values;
    for (auto& [item, value] : calculations()) {
        if (uses_once(form_.rows[item.row].calculation)) values.push_back({item, value});
    }
    return values;
}

}  // namespace bellwether::campaigns::form
