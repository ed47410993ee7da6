#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "campaigns/export/dataset.h"
#include "campaigns/form/form.h"
#include "campaigns/form/interview.h"

namespace bellwether::campaigns::exports {

/// An interview as the store holds it.
struct CollectedInterview {
    std::string case_id;       ///< the list's own key of the contact, else the contact's id
    std::string interview_id;  ///< unique
    std::string outcome;       ///< COMPLETE, …
    std::string aapor;
    std::string mode;     ///< LINE or INTERVIEWER
    std::string started;  ///< ISO 8601 with offset; empty: not
    std::string ended;
    std::int64_t attempts = 0;
    std::optional<double> base_weight;
    form::InterviewFacts facts;  ///< what calculations see
    std::vector<form::StoredAnswer> answers;
};

/// Names of the variables that come first, before those of the questionnaire.
inline constexpr const char* kCaseVariables[] = {"case_id",  "interview_id", "outcome", "aapor",
                                                 "mode",     "language",     "started", "ended",
                                                 "attempts", "weight_base",  "weight"};
inline constexpr std::size_t kWeightVariable = 10;  ///< its place

/// The data of a survey: a row per interview, in their order. Behind the variables of the case come
/// those of the questionnaire in the order of its sheet, notes left out; calculations are worked
/// out from the answers, as numbers where all of them are. Repeats are flat, `visit2_spent`, up to
/// the highest instance that anybody answered. A date, time or text that was refused is Empty, and
/// told by the item file of paradata; numbers and choices have codes for it. The variable `weight`
/// is empty until set_weights().
///
/// Answers stored under keys that the form does not have (it was changed since) are counted and
/// left out. Fails with every list of choices that cannot be coded.
[[nodiscard]] tl::expected<Dataset, std::vector<std::string>> make_dataset(
    const form::Form& form, const std::vector<CollectedInterview>& interviews);

/// One base weight per row, in the place of those of the list.
void set_base_weights(Dataset& data, const std::vector<double>& weights);

/// One weight per row. @param sentence  what they are, for the description of the data
void set_weights(Dataset& data, const std::vector<double>& weights, std::string sentence);

/// The category of a row for a variable by its choice's name, or its code as text where there is
/// none; empty: nothing was answered, or item nonresponse. For margins.
[[nodiscard]] std::string category_name(const Variable& variable, const Cell& cell);

}  // namespace bellwether::campaigns::exports
