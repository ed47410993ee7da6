#include <algorithm>

#include "campaigns/form/read_form.h"
#include "simulator/world/invariants.h"

// Quotas: no cell is ever over its target, counted from what was ordered and not from what the
// engine counts, and the engine counts the same.

namespace bellwether::simulator {
namespace {

namespace quota = campaigns::quota;

/// How many interviews stand so in each cell.
std::map<std::string, std::int64_t> count(const SimStore::Marks& marks, quota::Standing standing) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& [interview, own] : marks) {
        for (const quota::Mark& mark : own) counts[mark.cell] += mark.standing == standing;
    }
    return counts;
}

/// What a new process finds: of those who had a place, only completes still have it.
SimStore::Marks kept(SimStore::Marks marks) {
    for (auto& [interview, own] : marks) {
        std::erase_if(
            own, [](const quota::Mark& mark) { return mark.standing == quota::Standing::Held; });
    }
    return marks;
}

}  // namespace

void Invariants::on(const engine::StoreQuota& action, const Step&, const engine::EngineState&) {
    const auto known = quotas_.find(action.campaign);
    if (known != quotas_.end()) known->second.marks[action.interview] = action.marks;
}

void Invariants::check_quotas(const engine::EngineState& state, const engine::Campaign& campaign) {
    const auto& files = campaign.spec.questionnaire;
    if (!files || files->sheets.quotas.empty()) return;
    const auto [found, is_new] = quotas_.try_emplace(campaign.spec.id);
    Quotas& own = found->second;
    if (is_new) own.marks = kept(store_.quota_marks(campaign.spec.id));
    if (own.sheets != files->sheets) {
        own.sheets = files->sheets;
        const auto form = campaigns::form::read_form(own.sheets);
        own.plan = form ? quota::read_plan(*form).value_or(quota::Plan{}) : quota::Plan{};
    }
    expect(!own.plan.empty(), "quota", "a sheet of quotas that cannot be read");
    const auto completed = count(own.marks, quota::Standing::Counted);
    const auto held = count(own.marks, quota::Standing::Held);
    const auto of = [](const auto& counts, const std::string& cell) {
        const auto at = counts.find(cell);
        return at == counts.end() ? std::int64_t{0} : at->second;
    };
    for (std::size_t i = 0; i < own.plan.cells.size() && i < campaign.quota.cells.size(); ++i) {
        const quota::Cell& cell = own.plan.cells[i];
        const quota::CellCount& count = campaign.quota.cells[i];
        const std::int64_t done = of(completed, cell.name);
        const std::int64_t places = of(held, cell.name);
        expect(count.completed == done && count.in_flight == places, "quota",
               "cell " + cell.name + " does not add up");
        const bool bounded = !cell.soft && cell.on_full != quota::OnFull::Count;
        expect(!bounded || done + places <= cell.room(), "quota",
               "cell " + cell.name + " is over its target");
        expect(cell.on_full == quota::OnFull::Count || done <= cell.room() || cell.soft, "quota",
               "more interviews than wanted in cell " + cell.name);
    }
    std::size_t interviews = 0;
    for (const auto& [id, call] : state.calls) {
        const bool asks =
            call.campaign == campaign.spec.id && call.interview && !call.interview->closed;
        interviews += asks ? 1 : 0;
        expect(!asks || campaign.quota.respondents.contains(call.interview->id), "quota",
               "an interview that no quota knows of");
    }
    expect(campaign.quota.respondents.size() == interviews, "quota",
           "a place is held for somebody who is not there");
}

}  // namespace bellwether::simulator
