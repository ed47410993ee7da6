#include "campaigns/form/missing_texts.h"

#include <algorithm>
#include <set>

namespace bellwether::campaigns::form {
namespace {

template <class Texts>
bool has(const Texts& texts, std::size_t language) {
    return language < texts.size() && !texts[language].empty();
}

std::set<std::size_t> lists_in_use(const Form& form) {
    std::set<std::size_t> lists;
    for (const Row& row : form.rows) {
        if (is_select(row.type)) lists.insert(row.list);
    }
    return lists;
}

}  // namespace

std::vector<MissingText> missing_texts(const Form& form) {
    std::vector<MissingText> missing;
    const auto lists = lists_in_use(form);
    for (std::size_t language = 0; language < form.languages.size(); ++language) {
        const std::string& code = form.languages[language];
        for (const Row& row : form.rows) {
            const bool presented = row.type < RowType::Calculate;
            const std::vector<Template> label = row.line.interviewer ? row.label : line_label(row);
            if (!presented || has(label, language) || has(row.audio, language)) continue;
            missing.push_back({code, "survey.csv", row.sheet_row, row.name});
        }
        const auto first = static_cast<std::ptrdiff_t>(missing.size());
        for (const std::size_t list : lists) {
            for (const Choice& choice : form.lists[list].choices) {
                if (has(choice.label, language) || has(choice.audio, language)) continue;
                missing.push_back({code, "choices.csv", choice.sheet_row, choice.name});
            }
        }
        std::ranges::sort(missing.begin() + first, missing.end(), {}, &MissingText::row);
    }
    return missing;
}

}  // namespace bellwether::campaigns::form
