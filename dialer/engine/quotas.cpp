#include <algorithm>
#include <set>

#include "base/check.h"
#include "campaigns/form/read_form.h"
#include "campaigns/quota/decide.h"
#include "dialer/engine/core.h"

// Quotas: an interview asks for its places before each of its items, and gives them back or fills
// them when it ends; who can fill no cell any more is not called.

namespace bellwether::engine {
namespace {

namespace form = campaigns::form;
namespace quota = campaigns::quota;
using namespace std::chrono_literals;

// A place that is held is given back, if at all, when an interview ends: a matter of minutes.
constexpr auto kHeldPause = 30s;

quota::Plan plan_of(const form::Form& form) {
    auto plan = quota::read_plan(form);
    BW_CHECK(plan.has_value());  // app applies no campaign whose sheets it could not read
    return *std::move(plan);
}

form::Form read(const form::FormSheets& sheets) {
    auto form = form::read_form(sheets);
    BW_CHECK(form.has_value());  // likewise
    return *std::move(form);
}

}  // namespace

Engine::Core::Asked::Asked(const form::FormSheets& sheets)
    : form{read(sheets)}, plan{plan_of(form)} {}

Engine::Core::Asked& Engine::Core::asked_of(const Campaign& campaign) const {
    auto& asked = asked_[campaign.spec.id];
    if (asked == nullptr) asked = std::make_unique<Asked>(campaign.spec.questionnaire->sheets);
    return *asked;
}

const form::Form& Engine::Core::form_of(const Campaign& campaign) const {
    return asked_of(campaign).form;
}

bool Engine::Core::has_quotas(const Campaign& campaign) const {
    return campaign.spec.questionnaire && !campaign.spec.questionnaire->sheets.quotas.empty() &&
           !asked_of(campaign).plan.empty();
}

/// Was an interview completed after the event's recount was taken? It would be missing in it.
bool Engine::Core::quotas_would_miscount(const CampaignApplied& event) const {
    const auto found = state.campaigns.find(event.spec.id);
    if (found == state.campaigns.end() || !has_quotas(found->second)) return false;
    const auto& questionnaire = event.spec.questionnaire;
    if (found->second.spec.questionnaire == questionnaire) return false;
    if (!questionnaire || questionnaire->sheets.quotas.empty()) return false;
    const Asked changed{questionnaire->sheets};
    const bool counts_otherwise =
        changed.form.quota_counts_partials != asked_of(found->second).form.quota_counts_partials;
    return !counts_otherwise && event.counted.counted < found->second.quota.counted;
}

/// A questionnaire that stays the same keeps its tally, which knows of interviews that go on.
void Engine::Core::adopt_quotas(Campaign& campaign, const CampaignApplied& event, bool is_new) {
    if (!is_new && campaign.spec.questionnaire == event.spec.questionnaire) return;
    campaign.quota = {};
    campaign.quota_chances.clear();
    asked_.erase(event.spec.id);
    if (!event.spec.questionnaire || event.spec.questionnaire->sheets.quotas.empty()) return;
    const Asked asked{event.spec.questionnaire->sheets};
    campaign.quota = quota::make_tally(asked.plan, event.counted);
    campaign.quota_chances.assign(asked.plan.cells.size(), {});
}

std::vector<quota::Mark> Engine::Core::quota_marks(const Call& call) {
    Campaign& campaign = campaign_of(call);
    return quota::marks_of(asked_of(campaign).plan, campaign.quota, call.interview->id);
}

void Engine::Core::store_quotas(const Call& call, const std::vector<quota::Mark>& before,
                                const std::vector<quota::Mark>& now) {
    if (before == now) return;
    const Campaign& campaign = campaign_of(call);
    emit(StoreQuota{call.interview->id, call.campaign, asked_of(campaign).plan.fingerprint, now,
                    now_.utc});
    touch(call.campaign);  // others may have become full, or open
}

/// Before the next item of an interview.
void Engine::Core::ask_quotas(Call& call) {
    Campaign& campaign = campaign_of(call);
    InterviewRun& run = *call.interview;
    if (run.state.phase != form::Phase::Storing) return;
    const Asked& asked = asked_of(campaign);
    const auto before = quota_marks(call);
    const auto verdict =
        quota::decide(asked.form, asked.plan, campaign.quota, run.id, run.state.answers);
    store_quotas(call, before, quota_marks(call));
    follow(call, form::quotas_decided(asked.form, run.state, verdict));
}

/// The interview has ended. What comes to count is decided on with all its answers, also where the
/// person hung up while the last of them was on its way to the disk.
void Engine::Core::settle_quotas(Call& call) {
    Campaign& campaign = campaign_of(call);
    InterviewRun& run = *call.interview;
    const Asked& asked = asked_of(campaign);
    const auto before = quota_marks(call);
    if (quota::counts(asked.form, run.state.end->outcome)) {
        const auto verdict =
            quota::decide(asked.form, asked.plan, campaign.quota, run.id, run.state.answers);
        const auto step = form::quotas_decided(asked.form, run.state, verdict);
        if (!step.store.empty()) store_answers(call, step.store);
    }
    const form::InterviewEnd& end = *run.state.end;
    const bool counts = quota::counts(asked.form, end.outcome);
    learn_quota_interview(call);
    const bool holds = !counts && quota::may_go_on(end) && asked.form.quota_hold > 0s;
    if (counts) quota::complete(campaign.quota, run.id);
    auto marks = quota_marks(call);
    if (!counts && !holds) {
        std::erase_if(
            marks, [](const quota::Mark& mark) { return mark.standing == quota::Standing::Held; });
    }
    store_quotas(call, before, marks);
    if (holds) {
        quota::hold(campaign.quota, run.id, now_.elapsed + asked.form.quota_hold);
    } else {
        quota::release(campaign.quota, run.id);
    }
}

quota::Reach Engine::Core::reach_of_anybody(const Campaign& campaign) const {
    if (!has_quotas(campaign)) return {};
    return asked_of(campaign).feasibility.reach_of_anybody(campaign.quota);
}

/// A contact who can fill no cell is not called: for good, or while others hold the places.
compliance::Decision Engine::Core::with_quotas(
    const Campaign& campaign, const std::optional<campaigns::InterviewOffer>& offer,
    const compliance::Decision& decision) const {
    if (decision.verdict != compliance::Verdict::Allow || !offer || !has_quotas(campaign))
        return decision;
    Asked& asked = asked_of(campaign);
    const quota::Reach reach = asked.feasibility.reach(offer->columns, campaign.quota);
    if (reach.kind == quota::Reach::Kind::Open) return decision;
    compliance::Decision refused{.verdict = compliance::Verdict::Deny,
                                 .rule = compliance::Rule::QuotaFull};
    if (reach.cell) refused.cited = asked.plan.cells[*reach.cell].name;
    if (reach.kind == quota::Reach::Kind::FullNow) {
        refused.verdict = compliance::Verdict::Defer;
        refused.until = now_.utc + kHeldPause;
    }
    return refused;
}

/// The sample that is at hand holds nobody whose cells are full: what pacing looks at is dialable.
void Engine::Core::drop_closed_offers(Campaign& campaign) {
    if (!has_quotas(campaign)) return;
    const auto drop = [&](auto& offers) {
        for (auto at = offers.begin(); at != offers.end();) {
            const compliance::Decision decision =
                with_quotas(campaign, at->interview, {.verdict = compliance::Verdict::Allow});
            if (decision.verdict == compliance::Verdict::Allow) {
                ++at;
                continue;
            }
            const campaigns::ContactOffer offer = std::move(*at);
            at = offers.erase(at);
            give_back(campaign, offer, decision);
        }
    };
    drop(campaign.offers);
    drop(campaign.promised);
    drop(campaign.conversions);
}

void Engine::Core::end_quota_holds(Campaign& campaign) {
    (void)quota::expire(campaign.quota, now_.elapsed);
}

}  // namespace bellwether::engine
