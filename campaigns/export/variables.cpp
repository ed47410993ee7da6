#include "campaigns/export/variables.h"

#include <array>
#include <utility>

#include "campaigns/export/choice_codes.h"
#include "campaigns/export/make_dataset.h"
#include "campaigns/export/variable_names.h"

namespace bellwether::campaigns::exports {
namespace {

using form::Form;
using form::InstancePath;
using form::Row;
using form::RowIndex;
using form::RowType;

Kind kind_of(RowType type) {
    switch (type) {
        case RowType::SelectOne:
            return Kind::Single;
        case RowType::SelectMultiple:
            return Kind::Multiple;
        case RowType::Integer:
        case RowType::Decimal:
        case RowType::Range:
            return Kind::Number;
        case RowType::Date:
            return Kind::Date;
        case RowType::Time:
            return Kind::Time;
        default:
            return Kind::Text;
    }
}

bool has_value(const Row& row) {
    return (form::is_question(row) && !form::is_container(row.type)) ||
           row.type == RowType::Calculate;
}

/// A label on one line; the instances it stands in behind it.
std::string label_text(const Form& form, const Row& row, const InstancePath& instance,
                       std::size_t language) {
    std::string text;
    bool was_blank = true;
    for (const char c : form::source_of(form::in_language(form, row.label, language))) {
        const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!is_blank) text.push_back(c);
        if (is_blank && !was_blank) text.push_back(' ');
        was_blank = is_blank;
    }
    if (text.empty()) text = row.name;
    for (const auto number : instance) text += " [" + std::to_string(number) + "]";
    return text;
}

class VariableMaker {
public:
    VariableMaker(const Form& form, const InstanceCounts& counts) : form_{form}, counts_{counts} {
        for (const char* name : kCaseVariables) static_cast<void>(names_.take(name));
        for (const auto& list : form.lists) code(list);
    }

    tl::expected<std::vector<ItemVariable>, std::vector<std::string>> make() {
        if (!faults_.empty()) return tl::unexpected(std::move(faults_));
        walk(0, static_cast<RowIndex>(form_.rows.size()), {}, {});
        return std::move(variables_);
    }

private:
    void code(const form::ChoiceList& list) {
        auto categories = categories_of(list, form_.languages.size());
        if (categories) {
            categories_.push_back(*std::move(categories));
            return;
        }
        categories_.emplace_back();
        for (auto& fault : categories.error()) faults_.push_back(std::move(fault));
    }

    void walk(RowIndex row, RowIndex end, const std::string& prefix, const InstancePath& instance) {
        while (row < end) {
            const Row& here = form_.rows[row];
            if (here.type == RowType::Repeat) {
                for (std::uint16_t i = 1; i <= counts_[row]; ++i) {
                    InstancePath inner = instance;
                    inner.push_back(i);
                    walk(row + 1, here.end, prefix + here.name + std::to_string(i) + "_", inner);
                }
            } else if (here.type == RowType::Group) {
                walk(row + 1, here.end, prefix, instance);
            } else if (has_value(here)) {
                add(row, prefix, instance);
            }
            row = here.end;
        }
    }

    void add(RowIndex index, const std::string& prefix, const InstancePath& instance) {
        const Row& row = form_.rows[index];
        Variable variable{.kind = kind_of(row.type)};
        for (std::size_t language = 0; language < form_.languages.size(); ++language)
            variable.labels.push_back(label_text(form_, row, instance, language));
        variable.key = form::key_of(form_, {index, instance});
        variable.source_row = row.sheet_row;
        variable.relevant = row.relevant.source;
        variable.constraint = row.constraint.source;
        if (form::is_select(row.type)) {
            variable.categories = categories_.at(row.list);
        } else if (variable.kind == Kind::Number) {
            variable.categories = nonresponse(form_.languages.size());
        }
        variable.name = names_.take(prefix + row.name);
        if (variable.kind == Kind::Multiple) name_parts(variable);
        variables_.push_back({std::move(variable), {index, instance}});
    }

    void name_parts(Variable& variable) {
        for (const auto& category : variable.categories) {
            if (category.is_missing) continue;
            variable.part_names.push_back(
                names_.take(variable.name, "_" + std::to_string(category.code)));
        }
    }

    const Form& form_;
    const InstanceCounts& counts_;
    VariableNames names_;
    std::vector<std::vector<Category>> categories_;  // of each list
    std::vector<std::string> faults_;
    std::vector<ItemVariable> variables_;
};

}  // namespace

std::vector<Variable> case_variables(std::size_t languages) {
    static constexpr std::array<const char*, std::size(kCaseVariables)> kLabels{
        "Case",    "Interview", "How the interview ended", "AAPOR outcome", "Mode",  "Language",
        "Started", "Ended",     "Attempts at the case",    "Base weight",   "Weight"};
    std::vector<Variable> variables;
    for (std::size_t i = 0; i < kLabels.size(); ++i) {
        Variable variable{.name = kCaseVariables[i], .use = Use::Administration};
        variable.labels.assign(languages, kLabels[i]);
        const bool is_number = i >= kWeightVariable - 2;
        if (is_number) variable.kind = Kind::Number;
        variables.push_back(std::move(variable));
    }
    variables[1].use = Use::Serial;
    variables[kWeightVariable - 1].use = Use::BaseWeight;
    variables[kWeightVariable].use = Use::Weight;
    return variables;
}

tl::expected<std::vector<ItemVariable>, std::vector<std::string>> item_variables(
    const Form& form, const InstanceCounts& counts) {
    return VariableMaker{form, counts}.make();
}

}  // namespace bellwether::campaigns::exports
