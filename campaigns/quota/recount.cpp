#include "campaigns/quota/recount.h"

#include <algorithm>

#include "campaigns/form/commit.h"
#include "campaigns/form/picture.h"
#include "campaigns/quota/decide.h"

namespace bellwether::campaigns::quota {
namespace {

bool was_skipped(const PastInterview& interview, const std::string& group) {
    return std::ranges::any_of(interview.marks, [&](const Mark& mark) {
        return mark.standing == Standing::Skipped && mark.group == group;
    });
}

form::Answers answers_of(const form::Form& form, const PastInterview& interview) {
    form::Answers answers;
    answers.facts.contact = interview.columns;
    const auto language = std::ranges::find(interview.columns, "language", &form::NamedText::name);
    if (language != interview.columns.end()) answers.facts.language = language->value;
    form::restore(form, answers, interview.answers);
    return answers;
}

/// Fullness is of no interest: it has been completed.
void count_in(const Plan& plan, const Tally& so_far, std::size_t group,
              const std::vector<CellIndex>& matching, std::vector<CellIndex>& counted) {
    std::vector<CellIndex> bounded;
    for (const CellIndex cell : matching) {
        const bool counter = plan.cells[cell].on_full == OnFull::Count;
        (counter ? counted : bounded).push_back(cell);
    }
    if (bounded.empty()) return;
    if (plan.groups[group].pick == Pick::All) {
        counted.insert(counted.end(), bounded.begin(), bounded.end());
        return;
    }
    const Choice choice = choose(plan, so_far, group, bounded);
    counted.push_back(choice.places.empty() ? bounded.front() : choice.places.front());
}

/// A cell's completes reach its target, and those of its start are none of them.
void add(Tally& tally, const std::vector<CellIndex>& cells) {
    for (const CellIndex cell : cells) ++tally.cells[cell].completed;
    ++tally.counted;
}

}  // namespace

std::vector<CellIndex> counted_cells(const form::Form& form, const Plan& plan,
                                     const PastInterview& interview, const Tally& so_far) {
    std::vector<CellIndex> counted;
    if (!interview.outcome || !counts(form, *interview.outcome)) return counted;
    if (interview.fingerprint == plan.fingerprint) {
        for (const Mark& mark : interview.marks) {
            const Cell* cell = find_cell(plan, mark.cell);
            if (cell != nullptr && mark.standing == Standing::Counted)
                counted.push_back(static_cast<CellIndex>(cell - plan.cells.data()));
        }
        return counted;
    }
    const form::Answers answers = answers_of(form, interview);
    const form::Picture picture{form, answers};
    for (std::size_t i = 0; i < plan.groups.size(); ++i) {
        if (was_skipped(interview, plan.groups[i].name)) continue;
        std::vector<CellIndex> matching;
        for (const CellIndex cell : plan.groups[i].cells) {
            if (form::to_boolean(picture.evaluate_outside(plan.cells[cell].expression)))
                matching.push_back(cell);
        }
        count_in(plan, so_far, i, matching, counted);
    }
    return counted;
}

std::vector<Mark> marks_under(const form::Form& form, const Plan& plan,
                              const PastInterview& interview, const Tally& so_far) {
    if (interview.fingerprint == plan.fingerprint) return interview.marks;
    std::vector<Mark> marks;
    for (const Mark& mark : interview.marks) {
        const bool stays =
            mark.standing == Standing::Rejected || mark.standing == Standing::Skipped;
        if (stays) marks.push_back(mark);
    }
    for (const CellIndex cell : counted_cells(form, plan, interview, so_far)) {
        marks.push_back({.group = plan.groups[plan.cells[cell].group].name,
                         .cell = plan.cells[cell].name,
                         .standing = Standing::Counted});
    }
    return marks;
}

Recount recount(const form::Form& form, const Plan& plan,
                std::span<const PastInterview> interviews) {
    Tally tally = make_tally(plan);
    for (const PastInterview& interview : interviews) {
        if (!interview.outcome || !counts(form, *interview.outcome)) continue;
        add(tally, counted_cells(form, plan, interview, tally));
    }
    Recount counted{.cells = {}, .counted = tally.counted};
    for (CellIndex i = 0; i < plan.cells.size(); ++i)
        counted.cells.push_back({plan.cells[i].name, tally.cells[i].completed});
    return counted;
}

}  // namespace bellwether::campaigns::quota
