#pragma once

#include <string>
#include <vector>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// A row or choice that has neither words nor a recording in a language.
struct MissingText {
    std::string language;  ///< of Form::languages
    std::string sheet;     ///< "survey.csv" or "choices.csv"
    std::uint64_t row = 0;
    std::string name;

    friend bool operator==(const MissingText&, const MissingText&) = default;
};

/// What a translator still has to do: of every language of the form, the notes, the questions and
/// the choices of lists in use that lack a label and a recording. By language, sheet and row.
/// What is said instead is another language's. Cannot fail; O(rows + choices) for each language.
[[nodiscard]] std::vector<MissingText> missing_texts(const Form& form);

}  // namespace bellwether::campaigns::form
