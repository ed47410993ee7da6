#include <algorithm>

#include "simulator/world/invariants.h"

// What the engine believes, counted again from its calls, and its calls held against each other.

namespace bellwether::simulator {
namespace {

using campaigns::Outcome;
using engine::CallState;
using pacing::DialMode;

std::string text_of(auto id) { return std::to_string(value_of(id)); }

const engine::Campaign* find_campaign(const engine::EngineState& state, CampaignId id) {
    const auto found = state.campaigns.find(id);
    return found == state.campaigns.end() ? nullptr : &found->second;
}

}  // namespace

void Invariants::recount(const engine::EngineState& state) {
    std::set<NumberId> numbers;
    int trunk_lines = 0;
    for (const auto& [id, call] : state.calls) {
        check_call(state, call);
        trunk_lines += call.kind == engine::CallKind::Inbound;
        trunk_lines += call.kind == engine::CallKind::Transfer && call.reserved;
        if (call.kind != engine::CallKind::Contact) continue;
        ++trunk_lines;
        expect(numbers.insert(call.number).second, "R1", "two calls to one number");
        expect(live_.contains(call.attempt), "R3", "a call without a live attempt");
    }
    expect(numbers == state.live_numbers, "R1", "live_numbers is not what the calls say");
    expect(trunk_lines == state.trunk_lines_used, "count", "trunk lines do not add up");
    for (const auto& [id, agent] : state.agents) check_agent(state, agent);
    for (const auto& [id, campaign] : state.campaigns) recount_campaign(state, campaign);
}

void Invariants::recount_campaign(const engine::EngineState& state,
                                  const engine::Campaign& campaign) {
    int in_flight = 0;
    int up = 0;
    int at_work = 0;
    int detecting = 0;
    std::set<CallId> waiting;
    bool rings = false;
    for (const auto& [id, call] : state.calls) {
        const bool is_inbound = call.kind == engine::CallKind::Inbound;
        if (is_inbound && call.campaign == campaign.spec.id && call.state == CallState::Waiting)
            waiting.insert(id);
        if (call.kind != engine::CallKind::Contact || call.campaign != campaign.spec.id) continue;
        ++(call.answered ? up : in_flight);
        detecting += call.state == CallState::Detecting;
        if (call.state == CallState::Waiting) waiting.insert(id);
        rings |= call.state == CallState::Inviting || call.state == CallState::Ringing;
    }
    int ready = 0;
    bool somebody_is_free = false;  // and waits for no line of his own
    for (const auto& [id, agent] : state.agents) {
        if (agent.campaign != campaign.spec.id) continue;
        const bool is_ready = agent.state == engine::AgentState::Ready;
        ready += is_ready;
        somebody_is_free |= is_ready && agent.own_line == CallId{};
        at_work += agent.state == engine::AgentState::Ready ||
                   agent.state == engine::AgentState::OnCall ||
                   agent.state == engine::AgentState::WrapUp;
    }
    expect(in_flight == campaign.lines_in_flight && up == campaign.lines_up &&
               detecting == campaign.detecting,
           "count", "lines of a campaign do not add up");
    expect(waiting == std::set<CallId>(campaign.waiting.begin(), campaign.waiting.end()), "count",
           "the people who wait are not those in the queue");
    for (const CallId id : waiting) {
        const engine::Call& call = state.calls.at(id);
        const bool could_be_served =
            somebody_is_free && (call.reserved || ready > campaign.reserved);
        expect(!could_be_served || call.agent != AgentId{}, "R8",
               "somebody waits while an agent is ready");
    }
    const bool has_agents = campaign.spec.mode != DialMode::Unattended;
    expect(!has_agents || at_work > 0 || !rings, "R5", "lines ring for agents who have left");
    expect(campaign.run_state != engine::CampaignRunState::Stopped || !rings, "R2",
           "lines of a stopped campaign ring");
    check_quotas(state, campaign);
    for (const campaigns::ContactOffer& offer : campaign.offers) {
        const auto place = places_.find({campaign.spec.id, offer.contact});
        expect(place != places_.end() && place->second == ContactPlace::Claimed, "claims",
               "an offer is held that was never made");
    }
    const auto stands_behind = [](const auto& offer, const auto& next) {
        if (offer.is_firm() || next.is_firm()) return !offer.is_firm();
        return offer.priority < next.priority;
    };
    expect(std::ranges::adjacent_find(campaign.offers, stands_behind) == campaign.offers.end(),
           "claims", "a contact waits behind one with a lower priority");
}

void Invariants::check_call(const engine::EngineState& state, const engine::Call& call) {
    const auto wakes_for = [&](engine::WakeReason reason) {
        return call.deadline && call.deadline->reason == reason;
    };
    const std::string name = "call " + text_of(call.id);
    switch (call.state) {
        case CallState::Inviting:
        case CallState::Ringing: {
            expect(wakes_for(engine::WakeReason::RingLimit), "R8", name + " may ring for ever");
            if (call.kind != engine::CallKind::Contact) break;
            const engine::Campaign* campaign = find_campaign(state, call.campaign);
            expect(campaign != nullptr && !is_suppressed(call.number, campaign->spec.client), "R7",
                   name + " rings though its number is on do-not-call");
            break;
        }
        case CallState::Detecting:
            expect(wakes_for(engine::WakeReason::Detection), "R8",
                   name + " may wait for a verdict for ever");
            break;
        case CallState::LeavingMessage:
            expect(wakes_for(engine::WakeReason::Detection) || call.playback != 0, "R8",
                   name + " may wait for a beep for ever");
            break;
        case CallState::Waiting:
            expect(wakes_for(call.kind == engine::CallKind::Inbound
                                 ? engine::WakeReason::QueueTooLong
                                 : engine::WakeReason::ConnectWithin),
                   "R8", name + " may wait for ever");
            break;
        case CallState::Ending:
            expect(wakes_for(engine::WakeReason::EndUnconfirmed), "R8", name + " may never end");
            break;
        case CallState::Parting:
            expect(wakes_for(engine::WakeReason::OptOutStored), "R8", name + " may never part");
            break;
        case CallState::Transferring:
        case CallState::Conference:
        case CallState::Transferred:
            check_partner(state, call);
            break;
        case CallState::Menu:
            expect(call.playback != 0 || wakes_for(engine::WakeReason::MenuWait), "R8",
                   name + " hears nothing and is not listened to");
            break;
        case CallState::Bridged:
        case CallState::OnHold: {
            if (call.kind == engine::CallKind::Transfer) break;  // see check_partner()
            const auto agent = state.agents.find(call.agent);
            expect(agent != state.agents.end() && agent->second.contact_call == call.id, "R8",
                   name + " is bridged to an agent who does not know");
            const bool asked_by_nobody =
                call.interview && !call.interview->closed &&
                call.interview->state.answers.facts.mode == campaigns::form::Mode::Line;
            expect(!asked_by_nobody, "R8", name + " is asked by keypad while an agent talks");
            break;
        }
        case CallState::Announcing:
        case CallState::Notice:
        case CallState::SafeHarbour:
            expect(call.playback != 0, "R8", name + " hears nothing");
            break;
        case CallState::Storing:
        case CallState::Interviewing:
        case CallState::Up:
            break;
    }
}

/// Who is handed on has somebody who may take him over, and an agent or nobody who waits for him.
void Invariants::check_partner(const engine::EngineState& state, const engine::Call& call) {
    const std::string name = "call " + text_of(call.id);
    const auto partner = state.calls.find(call.partner);
    expect(partner != state.calls.end() && partner->second.partner == call.id, "R8",
           name + " is handed on to nobody");
    if (call.state == CallState::Transferred) {
        expect(call.agent == AgentId{}, "R8", name + " keeps an agent who has handed it on");
        return;
    }
    const auto agent = state.agents.find(call.agent);
    expect(call.agent == AgentId{} || agent->second.contact_call == call.id, "R8",
           name + " is with an agent who does not know");
}

void Invariants::check_agent(const engine::EngineState& state, const engine::Agent& agent) {
    const std::string name = "agent " + text_of(agent.id);
    const bool takes_calls = agent.state == engine::AgentState::Ready ||
                             agent.state == engine::AgentState::OnCall ||
                             agent.state == engine::AgentState::WrapUp;
    const auto leg = state.calls.find(agent.leg);
    expect(!takes_calls || (leg != state.calls.end() && leg->second.state == CallState::Up), "R8",
           name + " takes calls on a phone that is not there");
    if (agent.state != engine::AgentState::OnCall) return;
    const auto call = state.calls.find(agent.contact_call);
    const bool talks =
        call != state.calls.end() && call->second.agent == agent.id &&
        (call->second.state == CallState::Bridged || call->second.state == CallState::OnHold ||
         call->second.state == CallState::Transferring ||
         call->second.state == CallState::Conference ||
         call->second.state == CallState::Interviewing);
    expect(talks, "R8", name + " talks to nobody");
}

/// Each abandoned call is in the account once: those that have ended, and those under way.
void Invariants::check_accounts(const engine::EngineState& state) {
    std::map<CampaignId, std::int64_t> expected = ended_abandoned_;
    for (const auto& [id, call] : state.calls) {
        if (call.kind != engine::CallKind::Contact) continue;
        const bool hears_it = call.state == CallState::SafeHarbour && !call.connected;
        if (hears_it || call.outcome == Outcome::Abandoned) ++expected[call.campaign];
    }
    for (const auto& [id, campaign] : state.campaigns) {
        expect(expected[id] == counted_abandoned_[id], "R8",
               "the account of campaign " + text_of(id) + " counts " +
                   std::to_string(counted_abandoned_[id]) + " abandoned calls of " +
                   std::to_string(expected[id]));
    }
}

/// Promise R5: in progressive mode, ordered or fallen back to, a campaign starts no more lines than
/// it has agents free.
void Invariants::check_overdial(const Step& step, const engine::EngineState& state) {
    for (const engine::Action& action : step.actions) {
        const auto* attempt = std::get_if<engine::StoreAttempt>(&action);
        if (attempt == nullptr) continue;
        const engine::Campaign* campaign = find_campaign(state, attempt->campaign);
        if (campaign == nullptr) continue;
        const campaigns::CampaignSpec& spec = campaign->spec;
        expect(campaign->lines_in_flight + campaign->lines_up <= spec.lines_max, "R5",
               "a campaign has more lines than it may");
        // Who calls in is not kept out by those whom we call.
        const auto called_in = static_cast<int>(state.inbound.size());
        expect(state.trunk_lines_used - called_in <= state.trunk_lines, "R5",
               "the trunk has too many calls");
        if (spec.mode == DialMode::Manual || spec.mode == DialMode::Preview) {
            check_by_hand(state, spec.id);
            continue;
        }
        if (spec.mode == DialMode::Unattended) continue;
        if (attempt->pacing.mode != DialMode::Progressive) {
            expect(attempt->pacing.mode == spec.mode, "R5", "a mode in force that nobody ordered");
            continue;
        }
        int ready = 0;
        for (const auto& [id, agent] : state.agents) {
            ready += agent.campaign == spec.id && agent.state == engine::AgentState::Ready;
        }
        int cancelled = 0;  // a line that was given up and has not ended is nobody's
        for (const auto& [id, call] : state.calls) {
            cancelled += call.kind == engine::CallKind::Contact && call.campaign == spec.id &&
                         call.state == CallState::Ending && !call.answered;
        }
        const int lines = campaign->lines_in_flight - cancelled + campaign->detecting +
                          static_cast<int>(campaign->waiting.size());
        expect(lines <= ready, "R5", "more lines than agents in progressive mode");
    }
}

/// Manual mode: one line for each agent who asked; a cancelled one that has not ended is nobody's.
void Invariants::check_by_hand(const engine::EngineState& state, CampaignId campaign) {
    std::set<AgentId> served;
    for (const auto& [id, call] : state.calls) {
        const bool in_flight = call.state == CallState::Storing ||
                               call.state == CallState::Inviting ||
                               call.state == CallState::Ringing;
        if (call.kind != engine::CallKind::Contact || call.campaign != campaign || !in_flight) {
            continue;
        }
        expect(call.agent != AgentId{}, "R5", "a line by hand that nobody asked for");
        expect(served.insert(call.agent).second, "R5", "two lines for one agent");
    }
}

void Invariants::check_end(const engine::EngineState& state) {
    expect(state.calls.empty(), "end", "a call is left after ShutdownReady");
    expect(live_.empty(), "R3", "an attempt never ended");
    for (const auto& [interview, question] : acknowledged_) {
        expect(store_.has_answer(interview, question), "R3", "an answer was lost");
    }
    if (state.store_failed) return;
    expect(store_.inbound_alive() == 0, "R3", "a call that came in never ended on record");
    for (const auto& [id, attempt] : store_.attempts()) {
        expect(attempt.outcome.has_value(), "R3", "a stored attempt never ended");
    }
    for (const auto& [key, contact] : store_.contacts()) {
        expect(contact.state != SimStore::ContactState::Live, "R1", "a contact is live for ever");
    }
    // Contacts are conserved: each is in one state, and those that are claimed are held by the
    // engine.
    std::set<ContactKey> held;
    for (const auto& [id, campaign] : state.campaigns) {
        for (const auto& offer : campaign.offers) held.insert({id, offer.contact});
        for (const auto& offer : campaign.promised) held.insert({id, offer.contact});
        for (const auto& offer : campaign.conversions) held.insert({id, offer.contact});
    }
    for (const auto& [key, contact] : store_.contacts()) {
        const bool claimed = contact.state == SimStore::ContactState::Claimed;
        expect(claimed == held.contains(key), "claims", "a claim that nobody holds");
    }
}

}  // namespace bellwether::simulator
