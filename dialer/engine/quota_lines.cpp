#include <algorithm>
#include <utility>

#include "base/check.h"
#include "dialer/engine/core.h"

// The last places of a campaign's quotas: nobody is called who would probably find them taken by
// people whom we are calling already.

namespace bellwether::engine {
namespace {

namespace quota = campaigns::quota;
using namespace std::chrono_literals;

// Contacts kept at hand until a place is given back. Further ones go back to their list, so that
// others of the sample, who could fill other cells, come to be offered.
constexpr std::size_t kHeldBackMax = 64;
// Then the list is searched at this pace: it may hold nobody else.
constexpr Duration kSearchedEvery = 1s;
// As in quotas.cpp: calls under way come to an end within minutes.
constexpr auto kHeldPause = 30s;

/// Will nobody be interviewed in this call any more?
bool is_past_interviews(const Call& call) {
    return call.state == CallState::Ending || call.state == CallState::LeavingMessage ||
           call.state == CallState::SafeHarbour || call.state == CallState::Parting ||
           (call.interview && call.interview->closed);
}

}  // namespace

std::vector<quota::CellChance>& Engine::Core::chances_of(Campaign& campaign) const {
    campaign.quota_chances.resize(asked_of(campaign).plan.cells.size());
    return campaign.quota_chances;
}

/// Empty where nothing is known of the contact.
const std::vector<quota::CellIndex>& Engine::Core::cells_of(const Call& call) {
    const auto& offer = call.prepared;
    const auto& columns = call.interview ? call.interview->state.answers.facts.contact
                          : offer        ? offer->columns
                                         : no_columns_;
    return asked_of(campaign_of(call)).feasibility.cells_of(columns);
}

std::vector<quota::CallUnderWay> Engine::Core::calls_under_way(const Campaign& campaign) {
    std::vector<quota::CallUnderWay> under_way;
    for (const auto& [id, call] : state.calls) {
        if (call.kind != CallKind::Contact || call.campaign != campaign.spec.id) continue;
        if (is_past_interviews(call)) continue;
        quota::CallUnderWay shown{.cells = cells_of(call), .answered = call.answered};
        if (call.interview) {
            const auto known = campaign.quota.respondents.find(call.interview->id);
            if (known != campaign.quota.respondents.end()) shown.respondent = &known->second;
        }
        under_way.push_back(std::move(shown));
    }
    return under_way;
}

void Engine::Core::learn_quota_call(const Call& call) {
    Campaign& campaign = campaign_of(call);
    if (has_quotas(campaign)) quota::learn_call(chances_of(campaign), cells_of(call));
}

void Engine::Core::learn_quota_interview(const Call& call) {
    Campaign& campaign = campaign_of(call);
    const auto known = campaign.quota.respondents.find(call.interview->id);
    if (known == campaign.quota.respondents.end()) return;
    quota::learn_interview(asked_of(campaign).plan, chances_of(campaign), cells_of(call),
                           known->second);
}

/// Takes contacts out of the queue, until `wanted` of those that may be called now stand in front,
/// or none is left.
Engine::Core::HeldBack Engine::Core::hold_back(Campaign& campaign, int wanted) {
    HeldBack held;
    // Whoever is asked for by an agent in preview mode stands on his screen already.
    if (wanted <= 0 || !has_quotas(campaign) || campaign.spec.mode == pacing::DialMode::Preview)
        return held;
    Asked& asked = asked_of(campaign);
    const int lines = campaign.lines_in_flight + campaign.lines_up;
    if (!quota::nearly_full(asked.plan, campaign.quota, lines + wanted)) return held;

    const auto under_way = calls_under_way(campaign);
    quota::fade(chances_of(campaign), under_way);
    quota::Outlook outlook{asked.plan, campaign.quota, chances_of(campaign), under_way};
    std::deque<campaigns::ContactOffer> rest;
    for (campaigns::ContactOffer& offer : campaign.offers) {
        const auto columns = offer.interview ? offer.interview->columns : no_columns_;
        const bool may_start =
            held.allowed < wanted &&
            asked.expected.reach(columns, outlook.tally()).kind == quota::Reach::Kind::Open;
        if (may_start) {
            outlook.add_line(asked.expected.cells_of(columns));
            ++held.allowed;
        }
        const bool is_left = may_start || held.allowed == wanted;
        if (is_left) held.left.push_back(held.looked_at);
        if (!is_left) held.offers.emplace_back(held.looked_at, std::move(offer));
        if (is_left) rest.push_back(std::move(offer));
        ++held.looked_at;
    }
    campaign.offers = std::move(rest);
    return held;
}

/// Back to their places in the queue, and those beyond kHeldBackMax to their list.
void Engine::Core::put_back(Campaign& campaign, HeldBack held) {
    if (held.offers.empty()) return;
    const bool others_differ = !asked_of(campaign).plan.contact_columns.empty();
    while (others_differ && held.offers.size() > kHeldBackMax) {
        give_back(campaign, held.offers.back().second,
                  {.verdict = compliance::Verdict::Defer,
                   .rule = compliance::Rule::QuotaFull,
                   .until = now_.utc + kHeldPause});
        held.offers.pop_back();
    }
    // Those that were started, or went back for another reason, stood in front.
    BW_CHECK(campaign.offers.size() <= held.left.size());
    std::size_t next = held.left.size() - campaign.offers.size();
    std::deque<campaigns::ContactOffer> all;
    for (auto& [place, offer] : held.offers) {
        for (; next < held.left.size() && held.left[next] < place; ++next) {
            all.push_back(std::move(campaign.offers.front()));
            campaign.offers.pop_front();
        }
        all.push_back(std::move(offer));
    }
    for (campaigns::ContactOffer& offer : campaign.offers) all.push_back(std::move(offer));
    campaign.offers = std::move(all);
}

/// Is it too early to ask the list for more, who would be held back as those at hand are?
bool Engine::Core::searches_too_soon(Campaign& campaign, const pacing::LineDecision& decision) {
    if (decision.limit != pacing::LineLimit::QuotaNearlyFull) return false;
    const bool soon =
        campaign.quota_searched && now_.elapsed - *campaign.quota_searched < kSearchedEvery;
    if (!soon) campaign.quota_searched = now_.elapsed;
    return soon;
}

}  // namespace bellwether::engine
