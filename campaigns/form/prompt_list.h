#pragma once

#include <string>
#include <vector>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// A recording or a text that an interview may need on the line.
struct ListedPrompt {
    std::string reference;  ///< as InterviewStep::play names it
    std::string language;
    std::string text;   ///< to be spoken; empty: `reference` is a recording
    std::string sheet;  ///< where it is first asked for; empty: one of the program's own texts
    std::uint64_t row = 0;
    std::string column;
};

struct PromptList {
    std::vector<ListedPrompt> prompts;  ///< each reference once, sorted
    /// Merge fields whose words are known only with the contact or the answer, so that nothing can
    /// be made beforehand. Numbers, dates, times, choices and their labels can: they are joined
    /// from parts.
    std::vector<SheetProblem> problems;
};

/// Everything the line may have to say, in all languages offered. Rows that are never asked on the
/// line (tel::ivr no) are left out.
[[nodiscard]] PromptList list_prompts(const Form& form);

}  // namespace bellwether::campaigns::form
