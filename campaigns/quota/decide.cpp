#include "campaigns/quota/decide.h"

#include <algorithm>

#include "base/check.h"
#include "campaigns/form/picture.h"

namespace bellwether::campaigns::quota {
namespace {

using form::Picture;
using form::Row;
using form::RowIndex;
using form::RowType;

/// Which rows need no more asking, as the answers stand.
class SettledRows {
public:
    SettledRows(const form::Form& form, const Picture& picture)
        : form_{form}, picture_{picture}, items_{picture.items()} {
        const auto next = std::ranges::find(items_, false, &Picture::Item::settled);
        if (next != items_.end()) next_ = next->id;
    }

    [[nodiscard]] bool contains(RowIndex row) const {
        if (form::is_metadata(form_.rows[row].type)) return true;
        const bool open = std::ranges::any_of(
            items_, [&](const Picture::Item& item) { return item.id.row == row && !item.settled; });
        if (open) return false;
        const RowIndex around = outermost_repeat(row);
        if (around != form::kNoRow) {
            return next_.row >= form_.rows[around].end || settled_in_each(row, around);
        }
        const bool asked = std::ranges::any_of(
            items_, [&](const Picture::Item& item) { return item.id.row == row; });
        return asked || next_.row > row;
    }

private:
    /// The next item stands before the end of the repeat `around`: every instance of the row is
    /// settled, or passed without being asked. Where further instances may come it is not.
    bool settled_in_each(RowIndex row, RowIndex around) const {
        const bool counted = !form_.rows[around].repeat_count.empty();
        if (!counted || form_.rows[row].home != around) return false;
        const auto instances = picture_.instances_of(row);
        return !instances.empty() && std::ranges::all_of(instances, [&](const form::ItemId& item) {
            return picture_.is_relevant(item) || is_passed(item, around);
        });
    }

    bool is_passed(const form::ItemId& item, RowIndex around) const {
        if (next_.row <= around) return false;  // nothing of the repeat has been asked
        const auto index = next_.instance.front();
        if (index != item.instance.front()) return index > item.instance.front();
        return next_.row > item.row;
    }

    /// Further instances of it may come for as long as the next item stands in it.
    RowIndex outermost_repeat(RowIndex row) const {
        if (form_.rows[row].type == RowType::Repeat && form_.rows[row].home == form::kNoRow)
            return row;
        const auto repeats = form::repeats_of(form_, row);
        return repeats.empty() ? form::kNoRow : repeats.front();
    }

    const form::Form& form_;
    const Picture& picture_;
    std::vector<Picture::Item> items_;
    form::ItemId next_{.row = form::kNoRow, .instance = {}};  // kNoRow stands behind all rows
};

}  // namespace

std::vector<Matching> matching_cells(const form::Form& form, const Plan& plan,
                                     const form::Answers& answers) {
    const Picture picture{form, answers};
    const SettledRows settled{form, picture};
    std::vector<Matching> all(plan.groups.size());
    for (std::size_t i = 0; i < plan.groups.size(); ++i) {
        const Group& group = plan.groups[i];
        const bool decided =
            std::ranges::all_of(group.rows, [&](RowIndex row) { return settled.contains(row); });
        if (!decided) continue;
        all[i].emplace();
        for (const CellIndex cell : group.cells) {
            if (form::to_boolean(picture.evaluate_outside(plan.cells[cell].expression)))
                all[i]->push_back(cell);
        }
    }
    return all;
}

form::QuotaVerdict decide(const form::Form& form, const Plan& plan, Tally& tally,
                          InterviewId interview, const form::Answers& answers) {
    Request request{.interview = interview, .matching = matching_cells(form, plan, answers)};
    const auto known = tally.respondents.find(interview);
    request.version = known == tally.respondents.end() ? 1 : known->second.version + 1;
    const Grant grant = reserve(plan, tally, request);
    form::QuotaVerdict verdict;
    if (!grant.granted) {
        const Cell& cell = plan.cells[*grant.refused_by];
        verdict.end =
            cell.on_full == OnFull::Screen ? form::Outcome::Screened : form::Outcome::QuotaFull;
        verdict.message = cell.message;
    }
    for (const GroupStanding& group : tally.respondents.at(interview).groups) {
        if (group.closed_by) verdict.closed.push_back(plan.cells[*group.closed_by].skipped);
    }
    return verdict;
}

bool counts(const form::Form& form, form::Outcome outcome) {
    return outcome == form::Outcome::Complete ||
           (outcome == form::Outcome::Partial && form.quota_counts_partials);
}

bool may_go_on(const form::InterviewEnd& end) {
    const bool broke_off =
        end.outcome == form::Outcome::Partial || end.outcome == form::Outcome::Refused;
    return broke_off && end.cause != form::EndCause::OptOut;
}

}  // namespace bellwether::campaigns::quota
