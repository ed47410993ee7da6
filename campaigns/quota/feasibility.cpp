#include "campaigns/quota/feasibility.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "campaigns/form/evaluate.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::quota {
namespace {

using form::Expression;
using form::Form;
using form::Function;
using form::NamedText;
using form::Node;
using form::Op;
using form::Row;
using form::RowIndex;
using form::RowType;

constexpr std::size_t kSubsetsOf = 6;            // choices whose every combination is tried: 63
constexpr double kStepsMax = 200;                // of a scale
constexpr std::string_view kOtherText = "\x01";  // a text that nobody writes into an expression

constexpr char kOpen = 'o';
constexpr char kFullNow = 'n';
constexpr char kFullOver = 'f';

/// A letter for each cell: all that reach depends on beside the columns. (Which of several open
/// cells takes somebody is of no interest here.)
std::string fullness_of(const Plan& plan, const Tally& tally) {
    std::string letters;
    for (CellIndex i = 0; i < plan.cells.size(); ++i) {
        const bool over = is_full(plan, tally, i, Fullness::ForGood);
        letters += over ? kFullOver : is_full(plan, tally, i) ? kFullNow : kOpen;
    }
    return letters;
}

std::string text_of(const std::vector<NamedText>& columns, std::string_view name) {
    const auto found = std::ranges::find(columns, name, &NamedText::name);
    return found == columns.end() ? std::string{} : found->value;
}

/// What expressions see when somebody has answered so; nothing of repeats, dates or chance.
class Assumed final : public form::Facts {
public:
    Assumed(const Form& form, const std::vector<NamedText>& columns)
        : form_{form}, columns_{columns} {}

    void assume(RowIndex row, const std::string* value) { values_[row] = value; }

    [[nodiscard]] std::string value(RowIndex row) const override {
        const Row& asked = form_.rows[row];
        if (asked.type == RowType::Calculate) {
            const auto result = form::evaluate(asked.calculation, *this);
            const auto* number = std::get_if<double>(&result);
            return number != nullptr && !std::isfinite(*number) ? "" : form::to_text(result);
        }
        const auto found = values_.find(row);
        return found == values_.end() ? std::string{} : *found->second;
    }
    [[nodiscard]] std::string contact(std::string_view column) const override {
        return text_of(columns_, column);
    }
    [[nodiscard]] std::string tel(std::string_view) const override { return language(); }
    [[nodiscard]] std::string language() const override {
        const auto found = values_.find(form::kNoRow);
        return found == values_.end() ? form_.languages[form_.default_language] : *found->second;
    }
    [[nodiscard]] std::string choice_label(RowIndex row, std::string_view name) const override {
        const form::Choice* choice = form::find_choice(form_, form_.rows[row], name);
        const auto at = std::ranges::find(form_.languages, language());
        if (choice == nullptr || at == form_.languages.end()) return "";
        return form::in_language(form_, choice->label,
                                 static_cast<std::size_t>(at - form_.languages.begin()));
    }

    // Whatever asks for these is not tried: is_known().
    [[nodiscard]] form::NodeSet values(RowIndex) const override { return {}; }
    [[nodiscard]] std::size_t instances(RowIndex) const override { return 0; }
    [[nodiscard]] std::string indexed(RowIndex, std::span<const Instance>) const override {
        return "";
    }
    [[nodiscard]] std::string own() const override { return ""; }
    [[nodiscard]] std::string kept() const override { return ""; }
    [[nodiscard]] std::size_t position(int) const override { return 1; }
    [[nodiscard]] std::string choice_column(std::string_view) const override { return ""; }
    [[nodiscard]] std::string missing(RowIndex) const override { return ""; }
    [[nodiscard]] std::string now() const override { return ""; }
    [[nodiscard]] double random() const override { return 0; }

private:
    const Form& form_;
    const std::vector<NamedText>& columns_;
    std::map<RowIndex, const std::string*> values_;
};

bool is_known(const Node& node) {
    if (node.op == Op::ReferenceSet || node.op == Op::RepeatSet) return false;
    if (node.op == Op::Tel) return node.text == "language";
    if (node.op != Op::Call) return true;
    switch (node.function) {
        case Function::Once:
        case Function::Today:
        case Function::Now:
        case Function::Random:
        case Function::Missing:
        case Function::Position:
        case Function::IndexedRepeat:
            return false;
        default:
            return true;
    }
}

/// Everything that the expressions of a part look at.
struct Seen {
    std::set<RowIndex> rows;  ///< without calculations; kNoRow: the language
    std::set<RowIndex> calculations;
    std::set<double> numbers;
    std::set<std::string> texts;
    bool known = true;
};

void look_at(const Form& form, const Expression& expression, Seen& seen) {
    for (const Node& node : expression.nodes) {
        seen.known = seen.known && is_known(node);
        if (node.op == Op::Number) seen.numbers.insert(node.number);
        if (node.op == Op::Text) seen.texts.insert(node.text);
        if (node.op == Op::Tel) seen.rows.insert(form::kNoRow);
        if (node.op != Op::Reference) continue;
        const bool calculated = form.rows[node.row].type == RowType::Calculate;
        if (!calculated) {
            seen.rows.insert(node.row);
        } else if (seen.calculations.insert(node.row).second) {
            look_at(form, form.rows[node.row].calculation, seen);
        }
    }
}

/// Choices that say something; those that stand for no answer are none.
std::vector<std::string> choices_of(const Form& form, const Row& row) {
    std::vector<std::string> names;
    for (const form::Choice& choice : form.lists[row.list].choices) {
        if (choice.missing.empty()) names.push_back(choice.name);
    }
    if (row.type == RowType::SelectOne) return names;
    std::vector<std::string> sets;
    const std::size_t all = (std::size_t{1} << std::min(names.size(), kSubsetsOf)) - 1;
    for (std::size_t bits = 1; bits <= all && names.size() <= kSubsetsOf; ++bits) {
        std::string set;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if ((bits >> i & 1U) != 0) set += (set.empty() ? "" : " ") + names[i];
        }
        sets.push_back(std::move(set));
    }
    if (!sets.empty()) return sets;
    sets = names;  // one of them, or all
    sets.push_back(std::accumulate(
        names.begin(), names.end(), std::string{},
        [](std::string set, const auto& name) { return std::move(set) + " " + name; }));
    return sets;
}

/// Numbers on both sides of each that the expressions name, and those themselves.
std::vector<std::string> numbers_of(const Row& row, const Seen& seen) {
    std::set<double> numbers;
    const double steps = (row.range_end - row.range_start) / row.range_step;
    if (row.type == RowType::Range && steps <= kStepsMax) {
        for (int i = 0; i <= static_cast<int>(steps); ++i)
            numbers.insert(row.range_start + i * row.range_step);
    } else {
        const double aside = row.type == RowType::Decimal ? 0.5 : 1.0;
        numbers = {0, 1};
        for (const double number : seen.numbers) {
            for (const double near : {number - aside, number, number + aside})
                if (near >= 0) numbers.insert(near);
        }
        // ${age} < ${contact.limit}, or an answer that is added to another: something large.
        numbers.insert(1 + (seen.numbers.empty() ? 0 : *seen.numbers.rbegin()) * 2);
    }
    std::vector<std::string> texts;
    for (const double number : numbers) texts.push_back(form::number_text(number));
    return texts;
}

/// The answers that are tried; empty: they cannot be told.
std::vector<std::string> values_of(const Form& form, RowIndex index, const Seen& seen) {
    if (index == form::kNoRow) return form.languages;
    const Row& row = form.rows[index];
    switch (row.type) {
        case RowType::SelectOne:
        case RowType::SelectMultiple:
            return choices_of(form, row);
        case RowType::Integer:
        case RowType::Decimal:
        case RowType::Range:
            return numbers_of(row, seen);
        case RowType::Text: {
            std::vector<std::string> texts(seen.texts.begin(), seen.texts.end());
            texts.emplace_back(kOtherText);
            return texts;
        }
        default:
            return {};
    }
}

}  // namespace

Feasibility::Feasibility(const Form& form, const Plan& plan) : form_{form}, plan_{plan} {
    make_parts();
}

/// Groups that look at the same answers belong together: what one rules out rules out the other.
void Feasibility::make_parts() {
    std::vector<std::set<RowIndex>> rows;
    for (std::size_t i = 0; i < plan_.groups.size(); ++i) {
        Seen seen;
        for (const CellIndex cell : plan_.groups[i].cells)
            look_at(form_, plan_.cells[cell].expression, seen);
        Part part{.groups = {i}, .variables = {}};
        std::set<RowIndex> own = std::move(seen.rows);
        for (std::size_t j = parts_.size(); j-- > 0;) {
            const bool shares =
                std::ranges::any_of(own, [&](RowIndex row) { return rows[j].contains(row); });
            if (!shares) continue;
            part.groups.insert(part.groups.begin(), parts_[j].groups.begin(),
                               parts_[j].groups.end());
            own.insert(rows[j].begin(), rows[j].end());
            parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(j));
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(j));
        }
        std::ranges::sort(part.groups);
        parts_.push_back(std::move(part));
        rows.push_back(std::move(own));
    }
    for (Part& part : parts_) find_variables(part);
}

void Feasibility::find_variables(Part& part) const {
    Seen seen;
    for (const std::size_t group : part.groups) {
        for (const CellIndex cell : plan_.groups[group].cells)
            look_at(form_, plan_.cells[cell].expression, seen);
    }
    part.known = seen.known;
    std::size_t tries = 1;
    for (const RowIndex row : seen.rows) {
        Variable variable{row, values_of(form_, row, seen)};
        tries *= std::max<std::size_t>(variable.values.size(), 1);
        part.known = part.known && !variable.values.empty() && tries <= kTriesMax;
        if (!part.known) return;
        part.variables.push_back(std::move(variable));
    }
}

std::set<Feasibility::Pattern> Feasibility::patterns_of(
    const Part& part, const std::vector<NamedText>& columns) const {
    std::set<Pattern> patterns;
    if (!part.known) return patterns;
    Assumed facts{form_, columns};
    std::vector<std::size_t> at(part.variables.size());  // a number whose digits are the values
    while (true) {
        for (std::size_t i = 0; i < at.size(); ++i)
            facts.assume(part.variables[i].row, &part.variables[i].values[at[i]]);
        Pattern pattern;
        for (const std::size_t group : part.groups) {
            auto& matching = pattern.emplace_back();
            for (const CellIndex cell : plan_.groups[group].cells) {
                if (form::to_boolean(form::evaluate(plan_.cells[cell].expression, facts)))
                    matching.push_back(cell);
            }
        }
        patterns.insert(std::move(pattern));
        std::size_t digit = 0;
        while (digit < at.size() && ++at[digit] == part.variables[digit].values.size())
            at[digit++] = 0;
        if (digit == at.size()) return patterns;
    }
}

Feasibility::Kept& Feasibility::kept_for(const std::vector<NamedText>& columns) {
    std::vector<std::string> key;
    for (const std::string& name : plan_.contact_columns) key.push_back(text_of(columns, name));
    const auto kept = kept_.find(key);
    if (kept != kept_.end()) return kept->second;
    if (kept_.size() >= kColumnsKept) kept_.clear();
    Kept made;
    for (const Part& part : parts_) made.patterns.push_back(patterns_of(part, columns));
    made.cells = cells_in(made.patterns);
    return kept_.emplace(std::move(key), std::move(made)).first->second;
}

/// Of a part that was not worked out: all of its cells.
std::vector<CellIndex> Feasibility::cells_in(const Patterns& patterns) const {
    std::set<CellIndex> cells;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        for (const std::size_t group : parts_[i].groups) {
            const auto& own = plan_.groups[group].cells;
            if (!parts_[i].known) cells.insert(own.begin(), own.end());
        }
        for (const Pattern& pattern : patterns[i]) {
            for (const auto& matching : pattern) cells.insert(matching.begin(), matching.end());
        }
    }
    return {cells.begin(), cells.end()};
}

const std::vector<CellIndex>& Feasibility::cells_of(const std::vector<NamedText>& columns) {
    return kept_for(columns).cells;
}

Feasibility::PartReach Feasibility::look(const Part& part, const Pattern& pattern,
                                         const Tally& tally, Fullness by,
                                         std::optional<CellIndex>& full) const {
    PartReach found{.possible = true, .clean = true};
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const Choice choice = choose(plan_, tally, part.groups[i], pattern[i], by);
        if (choice.full) full = std::min(full.value_or(*choice.full), *choice.full);
        found.clean = found.clean && !choice.full;
        if (choice.full && plan_.cells[*choice.full].on_full != OnFull::Skip) return {};
        for (const CellIndex cell : choice.places) {
            const bool counter = plan_.cells[cell].on_full == OnFull::Count;
            (counter ? found.counted : found.filled) = true;
        }
    }
    found.counted = found.counted && found.clean;
    return found;
}

/// A part that was not worked out: whatever is open may be filled.
Feasibility::PartReach Feasibility::guess(const Part& part, const Tally& tally, Fullness by,
                                          std::optional<CellIndex>& full) const {
    PartReach found{.possible = true};
    for (const std::size_t group : part.groups) {
        for (const CellIndex cell : plan_.groups[group].cells) {
            const bool closed = is_full(plan_, tally, cell, by);
            if (closed) full = std::min(full.value_or(cell), cell);
            const bool counter = plan_.cells[cell].on_full == OnFull::Count;
            if (!closed) (counter ? found.counted : found.filled) = true;
        }
    }
    found.clean = found.filled || found.counted;
    return found;
}

/// @param full  set to the first full cell of the sheet that was met.
bool Feasibility::is_open(const Patterns& patterns, const Tally& tally, Fullness by,
                          std::optional<CellIndex>& full) const {
    PartReach all{.clean = true};
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        PartReach part;
        if (!parts_[i].known) part = guess(parts_[i], tally, by, full);
        for (const Pattern& pattern : patterns[i]) {
            const PartReach found = look(parts_[i], pattern, tally, by, full);
            part.possible = part.possible || found.possible;
            part.filled = part.filled || found.filled;
            part.clean = part.clean || found.clean;
            part.counted = part.counted || found.counted;
        }
        if (!part.possible) return false;
        all.filled = all.filled || part.filled;
        all.clean = all.clean && part.clean;
        all.counted = all.counted || part.counted;
    }
    return all.filled || (all.clean && all.counted);
}

Reach Feasibility::reach(const std::vector<NamedText>& columns, const Tally& tally) {
    if (plan_.empty()) return {};
    Kept& kept = kept_for(columns);
    std::string fullness = fullness_of(plan_, tally);
    if (kept.fullness == fullness) return kept.reach;
    kept.fullness = std::move(fullness);
    kept.reach = {};
    if (is_open(kept.patterns, tally, Fullness::Now, kept.reach.cell)) return kept.reach = {};
    std::optional<CellIndex> full;
    const bool later = is_open(kept.patterns, tally, Fullness::ForGood, full);
    kept.reach.kind = later ? Reach::Kind::FullNow : Reach::Kind::FullOver;
    return kept.reach;
}

Reach Feasibility::reach_of_anybody(const Tally& tally) {
    if (plan_.contact_columns.empty()) return reach({}, tally);
    const std::string fullness = fullness_of(plan_, tally);
    if (fullness.find(kOpen) != std::string::npos) return {};
    const bool over = fullness.find(kFullNow) == std::string::npos;
    return {.kind = over ? Reach::Kind::FullOver : Reach::Kind::FullNow, .cell = CellIndex{0}};
}

}  // namespace bellwether::campaigns::quota
