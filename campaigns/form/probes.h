#pragma once

#include <string>
#include <vector>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// Words that ask a question again without leading to an answer: those of the form's tel::probes in
/// the language, else the program's own, which it has in en, ru, nl and hu, and in English for
/// every other. Source: research/surveys.md 7, Probes.
[[nodiscard]] std::vector<std::string> neutral_probes(const Form& form, std::size_t language);

}  // namespace bellwether::campaigns::form
