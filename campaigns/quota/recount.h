#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "campaigns/form/interview.h"
#include "campaigns/quota/tally.h"

namespace bellwether::campaigns::quota {

/// An interview as the store has it.
struct PastInterview {
    InterviewId id{};
    ContactId contact{};
    std::optional<form::Outcome> outcome;  ///< none: it has not ended
    UtcTime ended;                         ///< with `outcome`
    std::string fingerprint;               ///< Plan::fingerprint under which `marks` were made
    std::vector<Mark> marks;
    /// Where the plan has another fingerprint; else they are not read.
    std::vector<form::StoredAnswer> answers;
    std::vector<form::NamedText> columns;  ///< Plan::contact_columns, and "language"
};

/// The cells that an interview counts in. What was decided while it went on holds for as long as
/// the cells mean the same; cells that were changed since are counted anew from its answers, each
/// group by its rule and without regard to fullness (that of the least-full ones counts which is
/// the least full in `so_far`). A group that was skipped is not counted in.
[[nodiscard]] std::vector<CellIndex> counted_cells(const form::Form& form, const Plan& plan,
                                                   const PastInterview& interview,
                                                   const Tally& so_far);

/// The marks of an interview as they are under the plan: its own, or those made from
/// counted_cells().
[[nodiscard]] std::vector<Mark> marks_under(const form::Form& form, const Plan& plan,
                                            const PastInterview& interview, const Tally& so_far);

/// What the tally of a new start begins with. @param interviews  in the order of their ends.
[[nodiscard]] Recount recount(const form::Form& form, const Plan& plan,
                              std::span<const PastInterview> interviews);

}  // namespace bellwether::campaigns::quota
