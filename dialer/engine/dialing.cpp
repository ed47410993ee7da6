#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "base/check.h"
#include "compliance/abandonment_account.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// How many lines a campaign starts now, with which contacts, and why not more.

namespace bellwether::engine {
namespace {

using campaigns::ContactOffer;
using compliance::Verdict;
using namespace std::chrono_literals;

// A number that is busy with another attempt is asked for again after about one ring limit.
constexpr auto kNumberBusyPause = 30s;
// Claimed contacts kept at hand: one second of dialing, so that the store's round trip never
// starves it.
constexpr int kOffersMin = 8;
constexpr int kOffersMax = 256;
// Contacts of a higher priority that were added since are claimed beyond that, one at a time. So
// many in one second of dialing are an import, not people who have just asked to be called.
constexpr int kUrgentBeyond = 64;
constexpr double kBurstSeconds = 1.0;  // see RateBucket
// The reasons on record are as fine as a question like "why not at 14:03:07?".
constexpr Duration kExplainedAtLeastEvery = 1s;

void fill(RateBucket& bucket, double per_second, Instant at) {
    const double elapsed = std::chrono::duration<double>(at - bucket.filled).count();
    bucket.tokens =
        std::min(std::max(1.0, per_second * kBurstSeconds), bucket.tokens + elapsed * per_second);
    bucket.filled = at;
}

/// When the bucket holds a whole token; at least one microsecond from now, so that a driver never
/// spins.
Instant next_token(const RateBucket& bucket, double per_second, Instant at) {
    const double missing = std::max(0.0, 1.0 - bucket.tokens);
    return at + Duration{static_cast<std::int64_t>(missing / per_second * 1e6) + 1};
}

/// What is on record of a decision in a mode that needs no forecast.
pacing::Forecast without_forecast(const pacing::LineFacts& facts) {
    return {.mode = facts.mode,
            .agents = facts.agents_signed_in,
            .idle = facts.agents_ready,
            .in_flight = facts.lines_in_flight,
            .waiting = facts.calls_waiting};
}

/// The same for a contact at each of his attempts, and even over a campaign's contacts: a number
/// that changes on every try looks like a stranger each time.
const std::string& caller_id_of(const campaigns::CampaignSpec& spec, ContactId contact) {
    BW_CHECK(!spec.caller_ids.empty());
    return spec.caller_ids.at(value_of(contact) % spec.caller_ids.size());
}

}  // namespace

void Engine::Core::pump(Campaign& campaign) {
    end_by_schedule(campaign);
    roll_accounts(campaign);
    serve_waiting(campaign);
    dial(campaign);
    finish_if_done(campaign);
}

void Engine::Core::dial(Campaign& campaign) {
    clear_deadline(campaign);
    end_quota_holds(campaign);
    drop_closed_offers(campaign);
    const DialBlock block = block_of(campaign);
    pacing::LineDecision decision{.mode = campaign.spec.mode};
    if (block == DialBlock::None || block == DialBlock::NoContacts) {
        if (campaign.spec.mode == pacing::DialMode::Preview) show_previews(campaign);
        keep_promises(campaign);
        start_conversions(campaign);
        ask_rule(campaign);
        pacing::LineFacts facts = facts_of(campaign);
        decision = pacing::decide_lines(facts);
        HeldBack held = hold_back(campaign, decision.start);
        if (!held.offers.empty()) {
            facts.quota_allows = held.allowed;
            decision = pacing::decide_lines(facts);
        }
        if (!has_rule(campaign)) campaign.forecast = without_forecast(facts);
        int started = 0;
        while (started < decision.start && has_contact(campaign)) {
            if (start_line(campaign, decision)) ++started;
        }
        campaign.granted = std::max(0, campaign.granted - started);
        put_back(campaign, std::move(held));
        refill(campaign, decision);
    } else {
        campaign.granted = 0;
    }
    explain(campaign, block, decision);
    wake_for_dialing(campaign, block, decision);
}

DialBlock Engine::Core::block_of(const Campaign& campaign) const {
    if (state.store_failed) return DialBlock::StoreFailed;
    if (state.shutting_down) return DialBlock::ShuttingDown;
    const bool all_full = reach_of_anybody(campaign).kind != campaigns::quota::Reach::Kind::Open;
    if (campaign.run_state == CampaignRunState::Finished && all_full) return DialBlock::QuotasFull;
    if (campaign.run_state != CampaignRunState::Running) return DialBlock::NotRunning;
    const auto& start = campaign.spec.schedule.start;
    if (start && now_.utc < *start) return DialBlock::NotBegun;
    if (state.trunk_lines == 0) return DialBlock::TrunksDown;
    if (!compliance::check_hours(campaign.spec.hours, now_.utc).open) return DialBlock::HoursClosed;
    if (all_full) return DialBlock::QuotasFull;
    if (campaign.offers.empty() && campaign.exhausted) return DialBlock::NoContacts;
    return DialBlock::None;
}

pacing::LineFacts Engine::Core::facts_of(Campaign& campaign) {
    fill(campaign.rate, trunk_rate_for(campaign), now_.elapsed);
    fill(state.trunk_rate, state.trunk_calls_per_second, now_.elapsed);

    pacing::LineFacts facts{.mode = campaign.spec.mode};
    for (const auto& [id, agent] : state.agents) {
        if (agent.campaign != campaign.spec.id) continue;
        if (agent.state == AgentState::Ready) ++facts.agents_ready;
        facts.lines_asked += agent.lines_asked;
    }
    facts.agents_signed_in = agents_at_work(campaign.spec.id);
    facts.calls_waiting = static_cast<int>(campaign.waiting.size());
    facts.lines_in_flight = campaign.lines_in_flight + campaign.detecting;
    facts.lines_used = campaign.lines_in_flight + campaign.lines_up;
    // A line that holds an agent and its agent are a closed pair: nobody counts on either.
    const int flying = std::min(campaign.reserved, facts.lines_in_flight);
    facts.agents_ready = std::max(0, facts.agents_ready - campaign.reserved);
    facts.lines_in_flight -= flying;
    facts.calls_waiting = std::max(0, facts.calls_waiting - (campaign.reserved - flying));
    facts.lines_max = campaign.spec.lines_max;
    facts.trunk_lines_free = trunk_lines_for(campaign);
    facts.rate_allows = static_cast<int>(std::min(campaign.rate.tokens, state.trunk_rate.tokens));
    facts.granted = campaign.granted;
    facts.in_force = campaign.forecast.mode;
    facts.reason = campaign.forecast.reason;
    return facts;
}

/// A change of the reason goes on record at once, a change of the forecast once a second.
void Engine::Core::explain(Campaign& campaign, DialBlock block,
                           const pacing::LineDecision& decision) {
    const bool same = block == campaign.last_block &&
                      decision.limit == campaign.last_decision.limit &&
                      decision.mode == campaign.last_decision.mode &&
                      decision.reason == campaign.last_decision.reason;
    const bool fresh_forecast =
        has_rule(campaign) && campaign.decided_at == now_.elapsed &&
        (!campaign.explained_at || now_.elapsed - *campaign.explained_at >= kExplainedAtLeastEvery);
    campaign.last_block = block;
    campaign.last_decision = decision;
    if (same && !fresh_forecast) return;
    campaign.explained_at = now_.elapsed;
    emit(ExplainPacing{campaign.spec.id, block, decision, campaign.forecast});
}

/// A promise is kept beyond the campaign's own cap; the packs' caps hold for it, too.
int Engine::Core::attempts_max_of(const Campaign& campaign,
                                  const std::optional<campaigns::PromisedCall>& promised) {
    return promised ? std::numeric_limits<int>::max() : campaign.spec.retry.attempts_max;
}

compliance::Decision Engine::Core::decide_now(const Campaign& campaign, const ContactOffer& offer) {
    compliance::Decision decision = compliance::decide(
        campaign.spec.hours, {.at = now_.utc,
                              .suppressed = offer.suppressed,
                              .destination_allowed = offer.destination_allowed,
                              .number_busy = number_is_busy(offer.number),
                              .attempts_made = offer.attempts_made,
                              .attempts_max = attempts_max_of(campaign, offer.promised)});
    if (decision.verdict == Verdict::Allow) decision.obligations = offer.obligations;
    return with_quotas(campaign, offer.interview, decision);
}

/// When a busy number is worth asking for again.
UtcTime Engine::Core::number_free_at(NumberId number) const {
    const auto cooling = state.cooling.find(number);
    return cooling == state.cooling.end() ? now_.utc + kNumberBusyPause : cooling->second.until;
}

/// Is another attempt at the number alive, is its owner on the line with us, or did a crash leave
/// one in the dark not long ago?
bool Engine::Core::number_is_busy(NumberId number) {
    const auto cooling = state.cooling.find(number);
    if (cooling != state.cooling.end()) {
        if (now_.utc < cooling->second.until) return true;
        state.cooling.erase(cooling);
    }
    if (state.live_numbers.contains(number)) return true;
    return std::ranges::any_of(state.inbound,
                               [&](CallId id) { return state.calls.at(id).number == number; });
}

/// Takes the next contact and starts its line, unless a rule of calling stands against it now: then
/// the contact goes back.
bool Engine::Core::start_line(Campaign& campaign, const pacing::LineDecision& pacing) {
    Agent* agent = agent_who_asked(campaign.spec.id);
    const ContactOffer offer = take_contact(campaign, agent);
    const std::string skill = skill_for(campaign, offer.language);
    compliance::Decision decision = decide_now(campaign, offer);
    if (agent == nullptr) decision = with_agent_in_reserve(campaign, decision, skill);
    if (decision.verdict != Verdict::Allow) {
        give_back(campaign, offer, decision);
        return false;
    }
    Call line = make_line(campaign, offer);
    if (agent != nullptr) {
        agent->lines_asked = 0;
        line.agent = agent->id;
    }
    begin_line(campaign, std::move(line), pacing, decision);
    return true;
}

Call Engine::Core::make_line(const Campaign& campaign, const ContactOffer& offer) {
    const std::uint64_t id = next_id();  // an attempt and its call bear the same number
    return {.id = CallId{id},
            .kind = CallKind::Contact,
            .state = CallState::Storing,
            .campaign = campaign.spec.id,
            .attempt = AttemptId{id},
            .contact = offer.contact,
            .number = offer.number,
            .attempts_made = offer.attempts_made + 1,
            .caller_id = caller_id_of(campaign.spec, offer.contact),
            .skill = skill_for(campaign, offer.language),
            .history = offer.history,
            .promised = offer.promised,
            .refused = offer.refused,
            .key = key_of(campaign, offer.attempts_made),
            .invited_at = now_.elapsed,
            .prepared = offer.interview};
}

void Engine::Core::begin_line(Campaign& campaign, Call call, const pacing::LineDecision& pacing,
                              const compliance::Decision& decision) {
    emit(StoreAttempt{.attempt = call.attempt,
                      .call = call.id,
                      .campaign = call.campaign,
                      .client = campaign.spec.client,
                      .contact = call.contact,
                      .number = call.number,
                      .epoch = state.epoch,
                      .attempts_made = call.attempts_made,
                      .at = now_.utc,
                      .pacing = pacing,
                      .decision = decision,
                      .caller_id = call.caller_id,
                      .callback = call.promised ? call.promised->id : CallbackId{}});
    state.live_numbers.insert(call.number);
    // Who was promised a call, and who needs an agent of his own, does not find them all taken.
    const bool is_awaited =
        call.promised && (!call.promised->loose || call.promised->agent != AgentId{});
    const bool holds_agent =
        decision.binds_an_agent() || is_awaited || call.refused || !call.skill.empty();
    const bool asked_by_hand = call.agent != AgentId{} && !call.promised && !call.refused;
    Call& line = state.calls.emplace(call.id, std::move(call)).first->second;
    learn_quota_call(line);
    if (holds_agent && !asked_by_hand && !nobody_needs_agents(campaign)) reserve_agent(line);
    ++state.trunk_lines_used;
    ++campaign.lines_in_flight;
    campaign.rate.tokens -= 1;
    state.trunk_rate.tokens -= 1;
}

void Engine::Core::refill(Campaign& campaign, const pacing::LineDecision& decision) {
    if (campaign.asked || campaign.exhausted) return;
    const int per_second =
        static_cast<int>(std::min(campaign.spec.calls_per_second, double{kOffersMax}));
    const int target =
        std::clamp(std::max(per_second, 2 * decision.wanted), kOffersMin, kOffersMax);
    const int held = static_cast<int>(campaign.offers.size());
    const bool is_low = held * 2 <= target;
    if (!is_low && !wants_urgent(campaign, target)) return;
    if (searches_too_soon(campaign, decision)) return;
    campaign.asked = true;
    AskForContacts ask{campaign.spec.id, is_low ? target - held : 1};
    const campaigns::RetryRule& retry = campaign.spec.retry;
    if (retry.attempts_per_day > 0)
        ask.today_since = compliance::window_start_of({compliance::WindowKind::Day},
                                                      campaign.spec.hours.zone, now_.utc, now_.utc);
    ask.tally_outcomes =
        std::ranges::any_of(retry.delays, [](const auto& delay) { return delay.attempts_max > 0; });
    if (campaign.spec.questionnaire) {
        ask.interviews = true;
        ask.columns = interview_columns(campaign);
    }
    emit(ask);
}

/// May the store have a contact that would overtake somebody at hand?
bool Engine::Core::wants_urgent(const Campaign& campaign, int target) {
    const auto& offers = campaign.offers;
    if (offers.empty() || std::ssize(offers) >= target + kUrgentBeyond) return false;
    return !offers.back().is_firm() && offers.back().priority < campaign.urgent;
}

/// Firm callbacks in front of all, the newest first; then a higher priority first, equals in the
/// order they came.
void Engine::Core::line_up(Campaign& campaign, const ContactOffer& offer) {
    if (offer.is_firm()) return campaign.offers.push_front(offer);
    auto place = campaign.offers.end();
    while (place != campaign.offers.begin()) {
        const ContactOffer& before = *std::prev(place);
        if (before.is_firm() || before.priority >= offer.priority) break;
        --place;
    }
    campaign.offers.insert(place, offer);
}

/// Of the contact: those that the questionnaire speaks of, and those that its quotas go by.
std::vector<std::string> Engine::Core::interview_columns(const Campaign& campaign) const {
    const Asked& asked = asked_of(campaign);
    std::set<std::string> columns(asked.form.contact_columns.begin(),
                                  asked.form.contact_columns.end());
    columns.insert(asked.plan.contact_columns.begin(), asked.plan.contact_columns.end());
    return {columns.begin(), columns.end()};
}

void Engine::Core::wake_for_dialing(Campaign& campaign, DialBlock block,
                                    const pacing::LineDecision& decision) {
    std::optional<Deadline> first;
    const auto wake = [&](Instant at, WakeReason reason) {
        if (!first || at < first->at) first = Deadline{at, reason};
    };
    if (block == DialBlock::HoursClosed) {
        const auto hours = compliance::check_hours(campaign.spec.hours, now_.utc);
        if (hours.until) wake(elapsed_at(*hours.until), WakeReason::HoursOpen);
    } else if (const auto held = campaigns::quota::expire(campaign.quota, now_.elapsed);
               block == DialBlock::QuotasFull && held) {
        wake(*held, WakeReason::ContactsDue);
    } else if (block == DialBlock::NotBegun) {
        wake(elapsed_at(*campaign.spec.schedule.start), WakeReason::ScheduleDue);
    } else if (decision.limit == pacing::LineLimit::CallRate && !campaign.offers.empty()) {
        const Instant own = next_token(campaign.rate, trunk_rate_for(campaign), now_.elapsed);
        const Instant trunk =
            next_token(state.trunk_rate, state.trunk_calls_per_second, now_.elapsed);
        wake(std::max(own, trunk), WakeReason::CallRate);
    } else if (campaign.exhausted && campaign.next_due &&
               campaign.run_state == CampaignRunState::Running && !state.shutting_down) {
        wake(elapsed_at(*campaign.next_due), WakeReason::ContactsDue);
    }
    const bool dials = block == DialBlock::None || block == DialBlock::NoContacts;
    if (const auto again = next_decision(campaign); dials && again)
        wake(*again, WakeReason::Pacing);
    const bool runs = campaign.run_state == CampaignRunState::Running && !state.shutting_down;
    if (const auto promise = next_promise(campaign); runs && dials && promise)
        wake(elapsed_at(*promise), WakeReason::PromiseDue);
    if (runs && campaign.spec.schedule.stop)
        wake(elapsed_at(*campaign.spec.schedule.stop), WakeReason::ScheduleDue);
    if (first) set_deadline(campaign, first->at, first->reason);
}

void Engine::Core::finish_if_done(Campaign& campaign) {
    if (campaign.lines_in_flight + campaign.lines_up > 0) return;
    if (campaign.run_state == CampaignRunState::Draining) {
        return set_run_state(campaign, CampaignRunState::Stopped);
    }
    const bool nobody_left = campaign.exhausted && !campaign.asked && campaign.offers.empty() &&
                             campaign.promised.empty() && campaign.conversions.empty() &&
                             !campaign.next_due && !is_previewed(campaign.spec.id);
    const bool all_full =
        campaign.last_block == DialBlock::QuotasFull && !campaign.asked &&
        reach_of_anybody(campaign).kind == campaigns::quota::Reach::Kind::FullOver;
    if (campaign.run_state == CampaignRunState::Running && (nobody_left || all_full)) {
        set_run_state(campaign, CampaignRunState::Finished);
    }
}

}  // namespace bellwether::engine
