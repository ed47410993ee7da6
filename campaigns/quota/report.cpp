#include "campaigns/quota/report.h"

#include <algorithm>

#include "campaigns/quota/decide.h"

namespace bellwether::campaigns::quota {
namespace {

bool has(const std::vector<Mark>& marks, Standing standing) {
    return std::ranges::find(marks, standing, &Mark::standing) != marks.end();
}

Place place_of(const form::Form& form, const PastInterview& interview,
               const std::vector<Mark>& marks) {
    if (!interview.outcome) return Place::InFlight;
    if (has(marks, Standing::Rejected)) return Place::Rejected;
    if (!counts(form, *interview.outcome)) return Place::Ended;
    if (has(marks, Standing::Counted)) return Place::Counted;
    return has(marks, Standing::Skipped) ? Place::Skipped : Place::Outside;
}

class Reporter {
public:
    Reporter(const form::Form& form, const Plan& plan)
        : form_{form}, plan_{plan}, tally_{make_tally(plan)} {
        for (const Cell& cell : plan.cells) {
            report_.cells.push_back({.group = plan.groups[cell.group].name,
                                     .cell = cell.name,
                                     .label = cell.label,
                                     .on_full = cell.on_full,
                                     .soft = cell.soft,
                                     .target = cell.target,
                                     .start = cell.start,
                                     .full_since = {}});
        }
        for (const Group& group : plan.groups) report_.outside[group.name] = 0;
        for (int i = 0; i <= static_cast<int>(Place::Over); ++i)
            report_.places[static_cast<Place>(i)] = 0;
    }

    void add(const PastInterview& interview) {
        const std::vector<Mark> marks = marks_under(form_, plan_, interview, tally_);
        Latest& latest = latest_[interview.contact];
        if (interview.id >= latest.interview)
            latest = {interview.id, place_of(form_, interview, marks)};
        const bool counted = interview.outcome && counts(form_, *interview.outcome);
        for (const Mark& mark : marks) {
            if (mark.standing == Standing::Outside && counted) ++report_.outside[mark.group];
            const Cell* cell = find_cell(plan_, mark.cell);
            if (cell == nullptr) continue;
            add(mark.standing, static_cast<CellIndex>(cell - plan_.cells.data()), interview);
        }
    }

    Report finish(const Sample& sample) {
        for (const auto& [contact, latest] : latest_) ++report_.places[latest.place];
        report_.places[Place::Closed] = sample.closed;
        report_.places[Place::Open] = sample.callable;
        report_.places[Place::Over] = sample.over;
        for (const auto& [place, count] : report_.places) report_.contacts += count;
        for (CellIndex i = 0; i < report_.cells.size(); ++i)
            report_.cells[i].is_full = is_full(plan_, tally_, i, Fullness::ForGood);
        return std::move(report_);
    }

private:
    void add(Standing standing, CellIndex index, const PastInterview& interview) {
        CellRow& row = report_.cells[index];
        if (standing == Standing::Rejected) ++row.rejected;
        if (standing == Standing::Skipped) ++row.skipped;
        if (standing == Standing::Held && !interview.outcome) ++row.in_flight;
        if (standing != Standing::Counted || !interview.outcome) return;
        const bool was_full = is_full(plan_, tally_, index, Fullness::ForGood);
        row.completed = ++tally_.cells[index].completed;
        if (!was_full && is_full(plan_, tally_, index, Fullness::ForGood))
            row.full_since = interview.ended;
    }

    struct Latest {
        InterviewId interview{};
        Place place = Place::Open;
    };

    const form::Form& form_;
    const Plan& plan_;
    std::map<ContactId, Latest> latest_;
    Tally tally_;
    Report report_;
};

}  // namespace

Report report(const form::Form& form, const Plan& plan, std::span<const PastInterview> interviews,
              const Sample& sample) {
    Reporter reporter{form, plan};
    for (const PastInterview& interview : interviews) reporter.add(interview);
    return reporter.finish(sample);
}

}  // namespace bellwether::campaigns::quota
