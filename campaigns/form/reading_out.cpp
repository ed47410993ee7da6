#include "campaigns/form/reading_out.h"

#include <algorithm>

#include "campaigns/cell_text.h"
#include "campaigns/form/speech.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kReadOutMax = 6;  // choices; source: research/surveys.md 7, Styling

std::size_t count_words(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(words_of(text), has_words));
}

}  // namespace

bool reads_choices(const Row& row, std::size_t count) {
    if (row.appearance.find("spontaneous") != std::string::npos) return false;
    return count <= kReadOutMax || row.appearance.find("read-out") != std::string::npos;
}

std::size_t words_to_read(const Form& form, const Row& row) {
    std::size_t words = 0;
    for (const TextPart& part : in_language(form, row.label, form.default_language))
        words += count_words(part.text);
    // A filter may leave fewer: how many, only the interview knows.
    if (!is_select(row.type) || !row.choice_filter.empty()) return words;
    const auto& choices = form.lists[row.list].choices;
    if (!reads_choices(row, choices.size())) return words;
    for (const Choice& choice : choices) {
        if (choice.missing.empty())
            words += count_words(in_language(form, choice.label, form.default_language));
    }
    return words;
}

}  // namespace bellwether::campaigns::form
