#include "campaigns/quota/outlook.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace bellwether::campaigns::quota {
namespace {

/// A full cell turns somebody away. Soft ones may be overshot by those in flight, as their author
/// wants it; counters are never full.
bool turns_away(const Cell& cell) { return cell.on_full != OnFull::Count && !cell.soft; }

/// As if one call more had been made, and had wanted a place: cautious, and soon outweighed.
double chance(std::int64_t wanted, std::int64_t of) {
    return static_cast<double>(wanted + 1) / static_cast<double>(std::max(wanted, of) + 1);
}

std::vector<std::int64_t> calls_by_cell(std::size_t cells, std::span<const CallUnderWay> calls) {
    std::vector<std::int64_t> counts(cells);
    for (const CallUnderWay& call : calls) {
        for (const CellIndex cell : call.cells) ++counts[cell];
    }
    return counts;
}

bool is_decided(const Respondent& respondent, std::size_t group) {
    const GroupStanding& standing = respondent.groups[group];
    return respondent.completed || respondent.refused_by || standing.matching ||
           standing.closed_by || !standing.places.empty();
}

}  // namespace

Outlook::Outlook(const Plan& plan, const Tally& tally, const std::vector<CellChance>& chances,
                 std::span<const CallUnderWay> under_way)
    : plan_{plan}, expected_(plan.cells.size()) {
    BW_CHECK(chances.size() == plan.cells.size() && tally.cells.size() == plan.cells.size());
    tally_.cells = tally.cells;
    const auto undecided = calls_by_cell(plan.cells.size(), under_way);
    for (std::size_t i = 0; i < chances.size(); ++i) {
        const CellChance& known = chances[i];
        chances_.push_back({.of_line = chance(known.wanted, known.calls - undecided[i]),
                            .of_interview = chance(known.wanted, known.interviews)});
        in_flight_.push_back(tally.cells[i].in_flight);
    }
    for (const CallUnderWay& call : under_way) {
        for (const CellIndex cell : call.cells) {
            const bool decided =
                call.respondent != nullptr && is_decided(*call.respondent, plan.cells[cell].group);
            if (decided) continue;
            expect(cell, call.answered ? chances_[cell].of_interview : chances_[cell].of_line);
        }
    }
}

void Outlook::add_line(std::span<const CellIndex> cells) {
    for (const CellIndex cell : cells) expect(cell, chances_[cell].of_line);
}

void Outlook::expect(CellIndex cell, double places) {
    if (!turns_away(plan_.cells[cell])) return;
    // Sums of fractions such as 1/3 fall short of a whole by some last digits.
    constexpr double kRounding = 1e-9;
    expected_[cell] += places;
    tally_.cells[cell].in_flight =
        in_flight_[cell] + static_cast<std::int64_t>(std::floor(expected_[cell] + kRounding));
}

bool nearly_full(const Plan& plan, const Tally& tally, std::int64_t calls) {
    for (CellIndex i = 0; i < plan.cells.size(); ++i) {
        const CellCount& count = tally.cells[i];
        const std::int64_t open = plan.cells[i].room() - count.completed - count.in_flight;
        if (turns_away(plan.cells[i]) && open > 0 && open <= calls) return true;
    }
    return false;
}

void learn_call(std::vector<CellChance>& chances, std::span<const CellIndex> cells) {
    for (const CellIndex cell : cells) ++chances[cell].calls;
}

void learn_interview(const Plan& plan, std::vector<CellChance>& chances,
                     std::span<const CellIndex> cells, const Respondent& respondent) {
    std::vector<CellIndex> wanted;
    for (const GroupStanding& group : respondent.groups) {
        wanted.insert(wanted.end(), group.places.begin(), group.places.end());
        if (group.closed_by) wanted.push_back(*group.closed_by);
    }
    if (respondent.refused_by) {
        // His other places were given back when he was refused: what matched says what he wanted.
        wanted.clear();
        for (const GroupStanding& group : respondent.groups) {
            if (group.matching)
                wanted.insert(wanted.end(), group.matching->begin(), group.matching->end());
        }
    }
    for (const CellIndex cell : cells) {
        BW_CHECK(cell < plan.cells.size());
        ++chances[cell].interviews;
        if (std::ranges::find(wanted, cell) != wanted.end()) ++chances[cell].wanted;
    }
}

void fade(std::vector<CellChance>& chances, std::span<const CallUnderWay> under_way) {
    const auto undecided = calls_by_cell(chances.size(), under_way);
    for (std::size_t i = 0; i < chances.size(); ++i) {
        CellChance& known = chances[i];
        const std::int64_t ended = known.calls - undecided[i];
        if (ended <= kCallsRemembered) continue;
        known.calls = undecided[i] + ended / 2;
        known.interviews /= 2;
        known.wanted /= 2;
    }
}

}  // namespace bellwether::campaigns::quota
