#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "pacing/pacer.h"

// What the pacing rule is told and asked: the picture of a campaign, and what can be learnt from.

namespace bellwether::engine {
namespace {

using pacing::DialMode;
using namespace std::chrono_literals;

// Research, pacing C.3: on every event, at most every 250 ms, and every second.
constexpr Duration kDecidedAtMostEvery = 250ms;
constexpr Duration kDecidedAtLeastEvery = 1s;

double seconds_since(Instant then, Instant now) {
    return std::chrono::duration<double>(std::max(Duration{0}, now - then)).count();
}

/// The rule reads the keys of as many contacts as one decision may start.
constexpr std::size_t kContactsShown = 64;

bool takes_calls(AgentState state) {
    return state == AgentState::Ready || state == AgentState::OnCall || state == AgentState::WrapUp;
}

}  // namespace

bool Engine::Core::has_rule(const Campaign& campaign) {
    return campaign.spec.mode == DialMode::Ratio || campaign.spec.mode == DialMode::Predictive;
}

pacing::Rule& Engine::Core::rule_of(Campaign& campaign) {
    auto& rule = rules_[campaign.spec.id];
    if (!campaign.pacer) campaign.pacer.emplace();
    if (rule == nullptr && make_rule_ && has_rule(campaign)) {
        rule = make_rule_(campaign.spec.id, *campaign.pacer);
    }
    if (rule == nullptr) rule = std::make_unique<pacing::Pacer>(*campaign.pacer);
    return *rule;
}

/// Unattended campaigns have no agents to forecast; the others learn in every mode, so that a
/// change of the mode does not begin with nothing.
void Engine::Core::learn(Campaign& campaign, const pacing::Happening& happening) {
    if (campaign.spec.mode == DialMode::Unattended) return;
    rule_of(campaign).learn(happening, now_.elapsed);
}

void Engine::Core::ring_is_over(const Call& call, pacing::RingEnd end) {
    if (!call.invited) return;
    const Instant ended = call.answered ? call.picked_up_at : now_.elapsed;
    learn(campaign_of(call),
          pacing::RingEnded{end, seconds_since(call.invited_at, ended), call.key});
}

void Engine::Core::verdict_is_given(const Call& call, bool human) {
    const double patience =
        human ? std::chrono::duration<double>(connect_by(call) - now_.elapsed).count() : 0.0;
    learn(campaign_of(call),
          pacing::VerdictGiven{seconds_since(call.picked_up_at, now_.elapsed), patience, human});
}

pacing::AnswerKey Engine::Core::key_of(const Campaign& campaign, int attempts_made) const {
    return {.list = campaign.spec.list,
            .hour_of_week = compliance::hour_of_week(campaign.spec.hours.zone, now_.utc),
            .attempt = attempts_made + 1};
}

pacing::Settings Engine::Core::settings_of(const Campaign& campaign) {
    const campaigns::CampaignSpec& spec = campaign.spec;
    return {.mode = spec.mode,
            .ratio = spec.ratio,
            .guard = spec.pacing_guard,
            .safeguards = spec.pacing_safeguards,
            .agent_floor = spec.agent_floor,
            .count_mistaken = spec.detection.count_errors && spec.detection.awaits_verdict(),
            .ring_release = spec.ring_release,
            .min_ring_s = static_cast<double>(spec.min_ring.count()),
            .no_answer_s = static_cast<double>(spec.ring_limit.count())};
}

void Engine::Core::show_agents(const Campaign& campaign) {
    for (const auto& [id, agent] : state.agents) {
        if (agent.campaign != campaign.spec.id || !takes_calls(agent.state)) continue;
        const bool leaves = agent.pause_wanted || agent.sign_out_wanted || agent.leave_wanted;
        const pacing::BusyAgent busy{id, seconds_since(agent.since, now_.elapsed), leaves};
        if (agent.state == AgentState::Ready) {
            ++picture_.idle;
        } else if (agent.state == AgentState::OnCall) {
            picture_.talking.push_back(busy);
        } else {
            picture_.wrapping.push_back(busy);
        }
    }
}

void Engine::Core::show_calls(const Campaign& campaign) {
    for (const auto& [id, call] : state.calls) {
        if (call.kind != CallKind::Contact || call.campaign != campaign.spec.id) continue;
        if (call.reserved) {
            if (call.state == CallState::Waiting) --picture_.waiting;
            continue;
        }
        const bool is_out = call.state == CallState::Inviting || call.state == CallState::Ringing;
        if (is_out || call.state == CallState::Storing) {
            const double age = is_out ? seconds_since(call.invited_at, now_.elapsed) : 0.0;
            picture_.ringing.push_back({id, age, call.key, is_out});
        } else if (call.state == CallState::Detecting) {
            picture_.detecting.push_back({seconds_since(call.invited_at, call.picked_up_at),
                                          seconds_since(call.picked_up_at, now_.elapsed),
                                          call.key});
        }
    }
}

void Engine::Core::show_accounts(const Campaign& campaign) {
    const auto hours = compliance::check_hours(campaign.spec.hours, now_.utc);
    const auto& rules = campaign.spec.abandonment;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const UtcTime ends =
            compliance::window_end_of(rules[i].window, campaign.spec.hours.zone, now_.utc,
                                      campaign.started.value_or(now_.utc));
        const UtcTime closes = hours.until.value_or(ends);
        // Dialing may go on after a night's pause: only the calling time that is sure counts.
        const auto left = std::min(ends, hours.open ? closes : now_.utc) - now_.utc;
        picture_.accounts.push_back({rules[i].cap.value(), campaign.accounts[i].live_answers,
                                     campaign.accounts[i].abandoned,
                                     std::max(0.0, std::chrono::duration<double>(left).count())});
    }
}

const pacing::Picture& Engine::Core::picture_of(const Campaign& campaign) {
    picture_.at = now_.elapsed;
    picture_.idle = 0;
    picture_.talking.clear();
    picture_.wrapping.clear();
    picture_.ringing.clear();
    picture_.detecting.clear();
    picture_.next.clear();
    picture_.accounts.clear();
    picture_.waiting = static_cast<int>(campaign.waiting.size());
    picture_.lines_refused_s =
        campaign.refused_since ? seconds_since(*campaign.refused_since, now_.elapsed) : 0.0;
    show_agents(campaign);
    picture_.idle = std::max(0, picture_.idle - campaign.reserved);
    show_calls(campaign);
    show_accounts(campaign);
    for (const auto& offer : campaign.offers) {
        if (picture_.next.size() == kContactsShown) break;
        picture_.next.push_back(key_of(campaign, offer.attempts_made));
    }
    return picture_;
}

/// Asks the rule, if it is time to: its grant holds until it is asked again.
void Engine::Core::ask_rule(Campaign& campaign) {
    if (!has_rule(campaign)) return;
    if (campaign.decided_at && now_.elapsed - *campaign.decided_at < kDecidedAtMostEvery) return;
    if (campaign.granted == 0) {
        campaign.refused_since.reset();
    } else if (!campaign.refused_since) {
        campaign.refused_since = now_.elapsed;
    }
    const pacing::Verdict verdict =
        rule_of(campaign).decide(settings_of(campaign), picture_of(campaign));
    campaign.decided_at = now_.elapsed;
    campaign.granted = verdict.lines;
    campaign.forecast = verdict.forecast;
    for (const CallId id : verdict.release) {
        Call* call = find_call(id);
        BW_CHECK(call != nullptr &&
                 (call->state == CallState::Inviting || call->state == CallState::Ringing));
        hang_up(*call, HangUpReason::RingReleased);
    }
}

/// When the rule is to be asked again though nothing happens; none while there is nothing to
/// forecast.
std::optional<Instant> Engine::Core::next_decision(const Campaign& campaign) const {
    if (!has_rule(campaign) || !campaign.decided_at) return std::nullopt;
    const bool idle_campaign =
        campaign.lines_in_flight + campaign.lines_up == 0 && agents_at_work(campaign.spec.id) == 0;
    if (idle_campaign || campaign.run_state != CampaignRunState::Running) return std::nullopt;
    const bool asked_now = *campaign.decided_at == now_.elapsed;
    return *campaign.decided_at + (asked_now ? kDecidedAtLeastEvery : kDecidedAtMostEvery);
}

}  // namespace bellwether::engine
