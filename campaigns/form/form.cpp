#include "campaigns/form/form.h"

#include <algorithm>

namespace bellwether::campaigns::form {
namespace {

template <class T>
const T& chosen(const Form& form, const std::vector<T>& texts, std::size_t language) {
    static const T kNone{};
    for (const std::size_t i : {language, form.default_language}) {
        if (i < texts.size() && !texts[i].empty()) return texts[i];
    }
    const auto any = std::ranges::find_if_not(texts, [](const T& text) { return text.empty(); });
    return any == texts.end() ? kNone : *any;
}

}  // namespace

bool is_container(RowType type) { return type == RowType::Group || type == RowType::Repeat; }

bool is_select(RowType type) {
    return type == RowType::SelectOne || type == RowType::SelectMultiple;
}

bool is_metadata(RowType type) { return type >= RowType::Start && type <= RowType::PhoneNumber; }

bool is_question(const Row& row) {
    return row.type > RowType::Note && row.type < RowType::Calculate && !row.read_only;
}

RowIndex find_row(const Form& form, std::string_view name) {
    const auto row = std::ranges::find(form.rows, name, &Row::name);
    return row == form.rows.end() ? kNoRow : static_cast<RowIndex>(row - form.rows.begin());
}

const Choice* find_choice(const Form& form, const Row& row, std::string_view name) {
    if (row.list >= form.lists.size()) return nullptr;
    const std::vector<Choice>& choices = form.lists[row.list].choices;
    const auto choice = std::ranges::find(choices, name, &Choice::name);
    return choice == choices.end() ? nullptr : &*choice;
}

std::vector<RowIndex> repeats_of(const Form& form, RowIndex row) {
    std::vector<RowIndex> repeats;
    for (RowIndex at = form.rows[row].home; at != kNoRow; at = form.rows[at].home) {
        repeats.insert(repeats.begin(), at);
    }
    return repeats;
}

const std::string& in_language(const Form& form, const ByLanguage& texts, std::size_t language) {
    return chosen(form, texts, language);
}

const Template& in_language(const Form& form, const std::vector<Template>& texts,
                            std::size_t language) {
    return chosen(form, texts, language);
}

std::vector<Template> line_label(const Row& row) {
    std::vector<Template> labels = row.label;
    for (std::size_t i = 0; i < row.label_ivr.size(); ++i) {
        if (!row.label_ivr[i].empty()) labels[i] = row.label_ivr[i];
    }
    return labels;
}

std::string source_of(const Template& text) {
    std::string source;
    for (const TextPart& part : text) source += part.text + part.reference.source;
    return source;
}

}  // namespace bellwether::campaigns::form
