#include "campaigns/export/make_dataset.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"
#include "campaigns/export/number_codes.h"
#include "campaigns/export/variables.h"
#include "campaigns/form/commit.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::exports {
namespace {

using form::Answers;
using form::Form;
using form::ItemId;
using form::Settled;

// Weights have eight places: a rounded one is off by less than any figure that is printed of them.
constexpr int kWeightDecimals = 8;

/// An interview put back together.
struct Restored {
    Answers answers;
    std::map<ItemId, std::string> calculations;
    std::size_t language = 0;
    std::int64_t left_out = 0;
};

Restored restore(const Form& form, const CollectedInterview& interview) {
    Restored restored;
    restored.answers.facts = interview.facts;
    std::string language = form::stored_language(form, interview.answers);
    if (!language.empty()) restored.answers.facts.language = std::move(language);
    for (const auto& stored : interview.answers) {
        if (stored.key == form::kLanguageKey) continue;
        const auto item = form::item_of(form, stored.key);
        if (!item) {
            ++restored.left_out;
        } else if (stored.kept) {
            restored.answers.kept.push_back({*item, stored.value});
        } else {
            form::put_mark(restored.answers, {*item, stored.how, stored.value});
        }
    }
    std::ranges::sort(restored.answers.kept, {}, &form::KeptValue::item);
    const form::Picture picture{form, restored.answers};
    for (const auto& [item, value] : picture.calculations())
        restored.calculations.emplace(item, value);
    restored.language = picture.language();
    return restored;
}

void count_instances(const Form& form, const ItemId& item, InstanceCounts& counts) {
    const auto repeats = form::repeats_of(form, item.row);
    for (std::size_t i = 0; i < repeats.size() && i < item.instance.size(); ++i)
        counts[repeats[i]] = std::max(counts[repeats[i]], item.instance[i]);
}

InstanceCounts counts_of(const Form& form, const std::vector<Restored>& all) {
    InstanceCounts counts(form.rows.size(), 0);
    for (const auto& restored : all) {
        for (const auto& mark : restored.answers.marks) count_instances(form, mark.item, counts);
        for (const auto& [item, value] : restored.calculations) count_instances(form, item, counts);
    }
    return counts;
}

Cell text_cell(const std::string& text) {
    if (text.empty()) return {};
    return {.state = Cell::State::Value, .code = 0, .codes = {}, .text = text};
}

Cell missing_cell(std::int64_t code) {
    return {.state = Cell::State::Missing, .code = code, .codes = {}, .text = {}};
}

Cell nonresponse_cell(Kind kind, Settled how) {
    if (kind == Kind::Date || kind == Kind::Time || kind == Kind::Text) return {};
    if (how == Settled::DontKnow) return missing_cell(kDontKnow);
    if (how == Settled::Refused) return missing_cell(kRefused);
    // Left empty on purpose: none of them.
    if (how == Settled::None && kind == Kind::Multiple)
        return {.state = Cell::State::Value, .code = 0, .codes = {}, .text = {}};
    return missing_cell(kNoAnswer);
}

const Category* category_of(const Variable& variable, std::string_view choice) {
    const auto found = std::ranges::find(variable.categories, choice, &Category::choice_name);
    return found == variable.categories.end() ? nullptr : &*found;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto blank = std::min(text.find(' '), text.size());
        if (blank > 0) words.push_back(text.substr(0, blank));
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return words;
}

/// A choice that the questionnaire lost since counts as no answer.
Cell choice_cell(const Variable& variable, const std::string& value) {
    Cell cell{.state = Cell::State::Value, .code = 0, .codes = {}, .text = {}};
    for (const auto word : words_of(value)) {
        const Category* category = category_of(variable, word);
        if (category == nullptr) return missing_cell(kNoAnswer);
        if (category->is_missing) return missing_cell(category->code);
        cell.code = category->code;
        cell.codes.push_back(category->code);
    }
    if (variable.kind == Kind::Single) cell.codes.clear();
    return cell;
}

Cell cell_of(const ItemVariable& item, const Restored& restored) {
    const auto calculated = restored.calculations.find(item.item);
    if (calculated != restored.calculations.end()) return text_cell(calculated->second);
    const form::Mark* mark = form::find_mark(restored.answers, item.item);
    if (mark == nullptr) return {};
    if (mark->value.empty()) return nonresponse_cell(item.variable.kind, mark->how);
    const bool is_choice =
        item.variable.kind == Kind::Single || item.variable.kind == Kind::Multiple;
    return is_choice ? choice_cell(item.variable, mark->value) : text_cell(mark->value);
}

std::string weight_text(double weight) {
    return form::number_text(form::round_half_up(weight, kWeightDecimals));
}

std::vector<Cell> case_cells(const Form& form, const CollectedInterview& interview,
                             std::size_t language) {
    return {text_cell(interview.case_id),
            text_cell(interview.interview_id),
            text_cell(interview.outcome),
            text_cell(interview.aapor),
            text_cell(interview.mode),
            text_cell(form.languages.at(language)),
            text_cell(interview.started),
            text_cell(interview.ended),
            text_cell(std::to_string(interview.attempts)),
            interview.base_weight ? text_cell(weight_text(*interview.base_weight)) : Cell{},
            Cell{}};
}

/// `-?digits[.digits]`; a date is none.
bool is_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto is_digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (point == std::string_view::npos) return is_digits(text);
    return is_digits(text.substr(0, point)) && is_digits(text.substr(point + 1));
}

/// A calculation is a number if it never was anything else.
void find_numbers(Dataset& data, std::size_t column) {
    Variable& variable = data.variables[column];
    if (variable.kind != Kind::Text || variable.key.empty()) return;
    bool any = false;
    for (const auto& row : data.rows) {
        if (row[column].state != Cell::State::Value) continue;
        if (!is_number(row[column].text)) return;
        any = true;
    }
    if (any) variable.kind = Kind::Number;
}

void find_bounds(Dataset& data, std::size_t column) {
    Variable& variable = data.variables[column];
    if (variable.kind != Kind::Number) return;
    bool is_first = true;
    for (const auto& row : data.rows) {
        if (row[column].state != Cell::State::Value) continue;
        const std::string& text = row[column].text;
        const auto point = text.find('.');
        if (point != std::string::npos)
            variable.decimals =
                std::max(variable.decimals, static_cast<int>(text.size() - point - 1));
        const double number = form::text_number(text);
        variable.low = is_first ? number : std::min(variable.low, number);
        variable.high = is_first ? number : std::max(variable.high, number);
        is_first = false;
    }
}

/// A name that files may have everywhere.
std::string file_name(std::string_view wanted) {
    std::string name;
    for (const char c : wanted) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_';
        name.push_back(is_plain ? c : '_');
    }
    return name.empty() ? "survey" : name;
}

}  // namespace

tl::expected<Dataset, std::vector<std::string>> make_dataset(
    const Form& form, const std::vector<CollectedInterview>& interviews) {
    std::vector<Restored> all;
    for (const auto& interview : interviews) all.push_back(restore(form, interview));
    auto items = item_variables(form, counts_of(form, all));
    if (!items) return tl::unexpected(std::move(items.error()));

    Dataset data{.name = file_name(form.name), .title = form.title, .version = form.version};
    if (data.title.empty()) data.title = form.name;
    data.languages = form.languages;
    data.variables = case_variables(form.languages.size());
    for (const auto& item : *items) data.variables.push_back(item.variable);
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto row = case_cells(form, interviews[i], all[i].language);
        for (const auto& item : *items) row.push_back(cell_of(item, all[i]));
        data.rows.push_back(std::move(row));
        data.answers_left_out += all[i].left_out;
    }
    const std::size_t first = std::size(kCaseVariables);
    for (std::size_t i = 0; i < items->size(); ++i) {
        if (form.rows[(*items)[i].item.row].type == form::RowType::Calculate)
            find_numbers(data, first + i);
    }
    for (std::size_t column = 0; column < data.variables.size(); ++column) {
        find_bounds(data, column);
        free_codes_of_answers(data, column);
    }
    return data;
}

void set_base_weights(Dataset& data, const std::vector<double>& weights) {
    BW_CHECK(weights.size() == data.rows.size());
    for (std::size_t i = 0; i < weights.size(); ++i)
        data.rows[i][kWeightVariable - 1] = text_cell(weight_text(weights[i]));
    find_bounds(data, kWeightVariable - 1);
}

void set_weights(Dataset& data, const std::vector<double>& weights, std::string sentence) {
    BW_CHECK(weights.size() == data.rows.size());
    for (std::size_t i = 0; i < weights.size(); ++i)
        data.rows[i][kWeightVariable] = text_cell(weight_text(weights[i]));
    data.weighting = std::move(sentence);
    find_bounds(data, kWeightVariable);
}

std::string category_name(const Variable& variable, const Cell& cell) {
    if (cell.state != Cell::State::Value) return {};
    if (variable.kind != Kind::Single) return cell.text;
    const auto found = std::ranges::find(variable.categories, cell.code, &Category::code);
    return found == variable.categories.end() ? std::string{} : found->choice_name;
}

}  // namespace bellwether::campaigns::exports
