#include "campaigns/quota/tally.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::campaigns::quota {
namespace {

bool is_counter(const Plan& plan, CellIndex cell) {
    return plan.cells[cell].on_full == OnFull::Count;
}

/// (start + completed + in flight) / target; the target is above 0, for the cell is not full.
double share_filled(const Plan& plan, const Tally& tally, CellIndex index) {
    const Cell& cell = plan.cells[index];
    const CellCount& count = tally.cells[index];
    return static_cast<double>(cell.start + count.completed + count.in_flight) /
           static_cast<double>(cell.target);
}

/// The open one that the group's rule prefers; equals by the order of the sheet.
CellIndex preferred(const Plan& plan, const Tally& tally, Pick pick,
                    const std::vector<CellIndex>& open) {
    const auto rank = [&](CellIndex cell) {
        if (pick == Pick::LeastFull) return share_filled(plan, tally, cell);
        return pick == Pick::Priority ? plan.cells[cell].priority : 0.0;
    };
    return *std::ranges::min_element(open, {}, rank);
}

Respondent& respondent_of(const Plan& plan, Tally& tally, InterviewId id) {
    Respondent& respondent = tally.respondents[id];
    respondent.id = id;
    respondent.groups.resize(plan.groups.size());
    return respondent;
}

void leave(Tally& tally, GroupStanding& group) {
    for (const CellIndex cell : group.places) {
        --tally.cells[cell].in_flight;
        BW_CHECK(tally.cells[cell].in_flight >= 0);
    }
    group.places.clear();
}

void leave_all(Tally& tally, Respondent& respondent) {
    if (respondent.completed) return;
    for (GroupStanding& group : respondent.groups) leave(tally, group);
}

/// Decides the group at hand. @return the cell that ends the interview, if one does.
std::optional<CellIndex> decide_group(const Plan& plan, Tally& tally, std::size_t index,
                                      GroupStanding& group) {
    const Choice choice = choose(plan, tally, index, *group.matching);
    group.places = choice.places;
    for (const CellIndex cell : group.places) ++tally.cells[cell].in_flight;
    if (!choice.full) return std::nullopt;
    if (plan.cells[*choice.full].on_full != OnFull::Skip) return choice.full;
    group.closed_by = choice.full;
    return std::nullopt;
}

}  // namespace

Tally make_tally(const Plan& plan, const Recount& recount) {
    Tally tally{.cells = std::vector<CellCount>(plan.cells.size()),
                .respondents = {},
                .counted = recount.counted};
    for (const CountedCell& counted : recount.cells) {
        const Cell* cell = find_cell(plan, counted.cell);
        if (cell == nullptr) continue;
        CellCount& count = tally.cells[static_cast<std::size_t>(cell - plan.cells.data())];
        count.completed = count.recounted = counted.completed;
    }
    return tally;
}

bool is_full(const Plan& plan, const Tally& tally, CellIndex index, Fullness by) {
    const Cell& cell = plan.cells[index];
    if (cell.on_full == OnFull::Count) return false;
    const bool with_flight = by == Fullness::Now && !cell.soft;
    const CellCount& count = tally.cells[index];
    return cell.start + count.completed + (with_flight ? count.in_flight : 0) >= cell.target;
}

Choice choose(const Plan& plan, const Tally& tally, std::size_t group,
              std::span<const CellIndex> matching, Fullness by) {
    Choice choice;
    std::vector<CellIndex> bounded;
    for (const CellIndex cell : matching) {
        (is_counter(plan, cell) ? choice.places : bounded).push_back(cell);
    }
    if (bounded.empty()) return choice;
    std::vector<CellIndex> open;
    for (const CellIndex cell : bounded) {
        if (!is_full(plan, tally, cell, by)) open.push_back(cell);
    }
    const Pick pick = plan.groups[group].pick;
    if (pick == Pick::All && open.size() < bounded.size()) {
        choice.full = *std::ranges::find_if(
            bounded, [&](CellIndex cell) { return is_full(plan, tally, cell, by); });
    } else if (pick == Pick::All) {
        choice.places.insert(choice.places.end(), open.begin(), open.end());
    } else if (open.empty()) {
        choice.full = bounded.front();
    } else {
        choice.places.push_back(preferred(plan, tally, pick, open));
    }
    std::ranges::sort(choice.places);
    return choice;
}

Grant reserve(const Plan& plan, Tally& tally, const Request& request) {
    BW_CHECK(request.matching.size() == plan.groups.size());
    Respondent& respondent = respondent_of(plan, tally, request.interview);
    const bool is_over = respondent.completed || respondent.refused_by;
    if (!is_over && request.version > respondent.version) {
        respondent.version = request.version;
        // Whatever is given back is given back before anything is taken.
        std::vector<std::size_t> anew;
        for (std::size_t i = 0; i < plan.groups.size(); ++i) {
            GroupStanding& group = respondent.groups[i];
            if (group.closed_by || group.matching == request.matching[i]) continue;
            leave(tally, group);
            group.matching = request.matching[i];
            if (group.matching) anew.push_back(i);
        }
        for (const std::size_t i : anew) {
            respondent.refused_by = decide_group(plan, tally, i, respondent.groups[i]);
            if (respondent.refused_by) break;
        }
        if (respondent.refused_by) leave_all(tally, respondent);
    }
    return {.granted = !respondent.refused_by, .refused_by = respondent.refused_by};
}

void complete(Tally& tally, InterviewId interview) {
    const auto found = tally.respondents.find(interview);
    if (found == tally.respondents.end()) return;
    Respondent& respondent = found->second;
    if (respondent.completed || respondent.refused_by) return;
    for (const GroupStanding& group : respondent.groups) {
        for (const CellIndex cell : group.places) {
            --tally.cells[cell].in_flight;
            ++tally.cells[cell].completed;
        }
    }
    respondent.completed = true;
    respondent.held_until.reset();
    ++tally.counted;
}

void release(Tally& tally, InterviewId interview) {
    const auto found = tally.respondents.find(interview);
    if (found == tally.respondents.end()) return;
    leave_all(tally, found->second);
    tally.respondents.erase(found);
}

void hold(Tally& tally, InterviewId interview, Instant until) {
    const auto found = tally.respondents.find(interview);
    if (found == tally.respondents.end()) return;
    BW_CHECK(!found->second.completed);
    found->second.held_until = until;
}

std::optional<Instant> expire(Tally& tally, Instant now) {
    std::optional<Instant> next;
    for (auto at = tally.respondents.begin(); at != tally.respondents.end();) {
        Respondent& respondent = (at++)->second;
        if (!respondent.held_until) continue;
        if (*respondent.held_until > now) {
            next = next ? std::min(*next, *respondent.held_until) : *respondent.held_until;
        } else {
            release(tally, InterviewId{respondent.id});
        }
    }
    return next;
}

void resume(const Plan& plan, Tally& tally, InterviewId interview, std::span<const Mark> earlier) {
    Respondent& respondent = respondent_of(plan, tally, interview);
    respondent.held_until.reset();
    bool counted = false;
    for (const Mark& mark : earlier) {
        const Cell* cell = find_cell(plan, mark.cell);
        if (cell == nullptr) continue;
        const auto index = static_cast<CellIndex>(cell - plan.cells.data());
        GroupStanding& group = respondent.groups[cell->group];
        if (mark.standing == Standing::Skipped && cell->on_full == OnFull::Skip) {
            leave(tally, group);
            group.closed_by = index;
        } else if (mark.standing == Standing::Counted && tally.cells[index].completed > 0) {
            --tally.cells[index].completed;
            ++tally.cells[index].in_flight;
            group.places.push_back(index);
            counted = true;
        }
    }
    if (counted) --tally.counted;
}

std::vector<Mark> marks_of(const Plan& plan, const Tally& tally, InterviewId interview) {
    std::vector<Mark> marks;
    const auto found = tally.respondents.find(interview);
    if (found == tally.respondents.end()) return marks;
    const Respondent& respondent = found->second;
    const Standing place = respondent.completed ? Standing::Counted : Standing::Held;
    const auto add = [&](std::size_t group, std::optional<CellIndex> cell, Standing standing) {
        marks.push_back({.group = plan.groups[group].name,
                         .cell = cell ? plan.cells[*cell].name : std::string{},
                         .standing = standing});
    };
    for (std::size_t i = 0; i < respondent.groups.size(); ++i) {
        const GroupStanding& group = respondent.groups[i];
        for (const CellIndex cell : group.places) add(i, cell, place);
        if (group.closed_by) add(i, group.closed_by, Standing::Skipped);
        if (group.matching && group.matching->empty() && !group.closed_by)
            add(i, std::nullopt, Standing::Outside);
    }
    if (const auto cell = respondent.refused_by)
        add(plan.cells[*cell].group, cell, Standing::Rejected);
    return marks;
}

std::optional<CellIndex> broken_cell(const Plan& plan, const Tally& tally) {
    for (CellIndex i = 0; i < plan.cells.size(); ++i) {
        const Cell& cell = plan.cells[i];
        const CellCount& count = tally.cells[i];
        if (count.completed < 0 || count.in_flight < 0) return i;
        if (cell.soft || cell.on_full == OnFull::Count) continue;
        const std::int64_t most =
            count.in_flight > 0 ? cell.room() : std::max(cell.room(), count.recounted);
        if (count.completed + count.in_flight > most) return i;
    }
    return std::nullopt;
}

}  // namespace bellwether::campaigns::quota
