#include "simulator/world/invariants.h"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "compliance/calling_hours.h"

namespace bellwether::simulator {
namespace {

/// How long a person may stand between picking up and hanging up by himself without having been
/// served: the time to connect, and before it detector and greeting at their longest.
Duration longest_wait(const campaigns::CampaignSpec& spec) {
    constexpr auto kDetectorAndGreeting = std::chrono::seconds{31};  // an assistant in between
    constexpr auto kBeep = std::chrono::seconds{60};  // taken for a machine, until he spoke
    Duration longest = spec.connect_within;
    if (spec.detection.awaits_verdict()) longest += kDetectorAndGreeting;
    if (spec.detection.on_machine == campaigns::OnMachine::LeaveMessage) longest += kBeep;
    return longest;
}

using campaigns::Outcome;
using engine::CallState;
using pacing::DialMode;

std::string text_of(auto id) { return std::to_string(value_of(id)); }

const engine::Campaign* find_campaign(const engine::EngineState& state, CampaignId id) {
    const auto found = state.campaigns.find(id);
    return found == state.campaigns.end() ? nullptr : &found->second;
}

}  // namespace

Invariants::Invariants(const SimStore& store, Complaints& complaints)
    : store_{store}, complaints_{complaints} {}

void Invariants::expect(bool holds, const char* promise, const std::string& detail) {
    if (!holds) complaints_.add(promise, detail);
}

void Invariants::check(const Step& step, const engine::EngineState& state,
                       const std::optional<engine::Deadline>& deadline) {
    heard(step.event);
    for (const engine::Action& action : step.actions) ordered(action, step, state);
    recount(state);
    check_accounts(state);
    check_overdial(step, state);
    const bool time_passed = std::holds_alternative<engine::TimePassed>(step.event);
    expect(!deadline || deadline->at > step.now.elapsed ||
               (!time_passed && deadline->at == step.now.elapsed),
           "deadline", "the next deadline is in the past");
}

void Invariants::restarted(const std::vector<engine::AttemptFoundAlive>& alive) {
    places_.clear();
    live_.clear();
    live_numbers_.clear();
    answers_under_way_.clear();
    cooling_.clear();
    not_before_.clear();  // some of what was ordered did not reach the disk
    counted_abandoned_.clear();
    ended_abandoned_.clear();
    ended_.clear();
    accounts_.clear();
    for (const auto& [id, attempt] : store_.attempts()) {
        if (attempt.outcome) ended_.insert(id);
    }
    for (const engine::AttemptFoundAlive& found : alive) {
        const NumberId number = store_.attempts().at(found.attempt).number;
        places_[{found.campaign, found.contact}] = ContactPlace::Live;
        live_[found.attempt] = {.campaign = found.campaign,
                                .contact = found.contact,
                                .number = number,
                                .durable = true,
                                .answered = found.answered,
                                .served = found.served,
                                .found_alive = true};
        live_numbers_[number] = found.attempt;
    }
}

// --- what happened ---

void Invariants::heard(const engine::Event& event) {
    if (const auto* stored = std::get_if<engine::AttemptStored>(&event)) {
        const auto found = live_.find(stored->attempt);
        if (found != live_.end()) found->second.durable = true;
    } else if (const auto* answer = std::get_if<engine::AnswerStored>(&event)) {
        const auto stored_answer = answers_under_way_.extract(answer->call);
        if (stored_answer) acknowledged_.insert(stored_answer.mapped());
    } else if (const auto* added = std::get_if<engine::SuppressionAdded>(&event)) {
        suppressed_.insert({added->number, added->client});
    } else if (const auto* offered = std::get_if<engine::ContactsOffered>(&event)) {
        note(*offered);
    } else if (const auto* found = std::get_if<engine::AttemptFoundAlive>(&event)) {
        note(*found);
    } else if (const auto* stepped = std::get_if<engine::ClockStepped>(&event)) {
        if (stepped->by_ms < 0) not_before_.clear();  // what was due is so no more, yet was offered
    }
}

void Invariants::note(const engine::ContactsOffered& event) {
    for (const campaigns::ContactOffer& offer : event.offers) {
        moves({event.campaign, offer.contact}, ContactPlace::Free, ContactPlace::Claimed);
    }
}

void Invariants::note(const engine::AttemptFoundAlive& event) {
    // Promise R4: answered, and nobody on record as having spoken to him: he is an abandoned call.
    if (event.answered && !event.served) ++ended_abandoned_[event.campaign];
}

void Invariants::moves(ContactKey contact, ContactPlace from, ContactPlace to) {
    ContactPlace& place = places_[contact];
    expect(place == from, "R1",
           "contact " + text_of(contact.second) + " is not where it should be");
    place = to;
}

bool Invariants::is_suppressed(NumberId number, ClientId client) const {
    return suppressed_.contains({number, client}) || suppressed_.contains({number, ClientId{}});
}

// --- what was ordered ---

void Invariants::ordered(const engine::Action& action, const Step& step,
                         const engine::EngineState& state) {
    std::visit(
        [&](const auto& chosen) {
            if constexpr (requires { on(chosen, step, state); }) on(chosen, step, state);
        },
        action);
}

void Invariants::on(const engine::StoreAttempt& action, const Step& step,
                    const engine::EngineState& state) {
    moves({action.campaign, action.contact}, ContactPlace::Claimed, ContactPlace::Live);
    expect(!live_.contains(action.attempt) && !ended_.contains(action.attempt), "R3",
           "attempt " + text_of(action.attempt) + " begins twice");
    expect(live_numbers_.try_emplace(action.number, action.attempt).second, "R1",
           "a second live attempt at number " + text_of(action.number));
    live_[action.attempt] = {
        .campaign = action.campaign, .contact = action.contact, .number = action.number};

    const engine::Campaign* campaign = find_campaign(state, action.campaign);
    if (campaign == nullptr) return expect(false, "R2", "an attempt of an unknown campaign");
    expect(campaign->run_state == engine::CampaignRunState::Running && !state.shutting_down, "R2",
           "an attempt of a campaign that does not run");
    expect(compliance::check_hours(campaign->spec.hours, step.now.utc).open, "R2",
           "an attempt outside calling hours");
    expect(!is_suppressed(action.number, campaign->spec.client), "R7",
           "an attempt at a number on do-not-call");
    expect(action.attempts_made <= campaign->spec.retry.attempts_max, "R2",
           "more attempts than the campaign allows");
    const auto due = not_before_.find({action.campaign, action.contact});
    expect(due == not_before_.end() || due->second <= step.now.utc, "R4",
           "a contact is dialed before its retry is due");
    const auto cool = cooling_.find(action.number);
    expect(cool == cooling_.end() || cool->second <= step.now.utc, "R4",
           "a number is dialed before its cool-off is over");
}

void Invariants::on(const engine::PlaceCall& action, const Step& step,
                    const engine::EngineState& state) {
    const auto found = live_.find(action.attempt);
    if (found == live_.end()) return expect(false, "R2", "an INVITE without an attempt");
    Attempt& attempt = found->second;
    expect(attempt.durable && store_.attempts().contains(action.attempt), "R2",
           "an INVITE before its attempt is durable");
    expect(!attempt.placed, "R2", "a second INVITE for one attempt");
    attempt.placed = true;

    const engine::Campaign* campaign = find_campaign(state, action.campaign);
    if (campaign == nullptr) return expect(false, "R2", "an INVITE of an unknown campaign");
    expect(!is_suppressed(action.number, campaign->spec.client), "R7",
           "an INVITE to a number on do-not-call");
    expect(compliance::check_hours(campaign->spec.hours, step.now.utc).open, "R2",
           "an INVITE outside calling hours");
    expect(campaign->run_state == engine::CampaignRunState::Running && !state.shutting_down, "R2",
           "an INVITE of a campaign that does not run");
    expect(action.decision.verdict == compliance::Verdict::Allow, "R2",
           "an INVITE against its own decision");
}

void Invariants::on(const engine::StoreMilestone& action, const Step& step,
                    const engine::EngineState&) {
    const auto found = live_.find(action.attempt);
    if (found == live_.end()) return expect(false, "R3", "a milestone of no live attempt");
    switch (action.milestone) {
        case engine::Milestone::Invited:
        case engine::Milestone::Ringing:
            break;
        case engine::Milestone::Answered:
            expect(found->second.placed, "R2", "an answer without an INVITE");
            found->second.answered = true;
            found->second.answered_at = step.now.elapsed;
            break;
        case engine::Milestone::Connected:
        case engine::Milestone::Spoken:
            found->second.served = true;
            break;
    }
}

void Invariants::on(const engine::StoreOutcome& action, const Step& step,
                    const engine::EngineState& state) {
    const auto found = live_.find(action.attempt);
    if (found == live_.end()) return expect(false, "R3", "an outcome of no live attempt");
    const Attempt attempt = found->second;
    live_.erase(found);
    live_numbers_.erase(attempt.number);
    ended_.insert(action.attempt);
    moves({action.campaign, action.contact}, ContactPlace::Live, ContactPlace::Free);
    if (action.due) not_before_[{action.campaign, action.contact}] = *action.due;

    const auto kind = campaigns::class_of(action.outcome);
    const bool answered =
        kind == campaigns::OutcomeClass::Answered || kind == campaigns::OutcomeClass::Machine;
    if (action.outcome == Outcome::Abandoned) ++ended_abandoned_[action.campaign];
    if (attempt.found_alive) {
        const engine::Campaign* owner = find_campaign(state, action.campaign);
        if (owner != nullptr) {
            cooling_[attempt.number] = step.now.utc + owner->spec.retry.unknown_cooloff;
        }
        return expect(action.outcome == Outcome::Unknown, "R4",
                      "an attempt of a dead process ends as something that nobody knows");
    }
    const bool by_tone = action.reason == engine::HangUpReason::NetworkTone;
    expect(answered == attempt.answered || by_tone, "R8",
           "the outcome does not say whether it was answered");
    expect(attempt.placed || action.outcome == Outcome::Withdrawn, "R2",
           "an attempt without an INVITE ends as if there had been one");
    const engine::Campaign* campaign = find_campaign(state, action.campaign);
    if (!attempt.answered || campaign == nullptr) return;
    const bool left_by_himself =
        action.outcome == Outcome::HungUp &&
        step.now.elapsed <= attempt.answered_at + longest_wait(campaign->spec);
    const bool listened = campaign->spec.detection.mode != answer_detect::Mode::Off;
    const bool machine = listened && (by_tone || kind == campaigns::OutcomeClass::Machine);
    expect(attempt.served || action.outcome == Outcome::Abandoned || left_by_himself || machine,
           "R8",
           "somebody answered attempt " + text_of(action.attempt) + " and heard nothing: " +
               std::string{name_of(action.outcome)} + " by " + std::string{name_of(action.reason)});
}

void Invariants::on(const engine::StoreAccount& action, const Step&,
                    const engine::EngineState& state) {
    const auto& now = action.account;
    auto& known = account(action.campaign, now.window);
    const bool same_window = known.window_start == now.window_start;
    expect(now.window_start >= known.window_start, "R5", "an account goes back to an old window");
    const engine::Campaign* campaign = find_campaign(state, action.campaign);
    // A machine that was taken for a person is taken out again.
    const bool may_fall =
        campaign != nullptr && campaign->spec.detection.mode != answer_detect::Mode::Off;
    expect(!same_window || now.live_answers >= known.live_answers || may_fall, "R5",
           "live answers go down");
    expect(now.abandoned >= 0 && now.abandoned <= now.live_answers, "R5",
           "an account does not add up");
    // Every account counts the same calls: one of them is enough to count by.
    if (campaign != nullptr && campaign->spec.abandonment.front().window == now.window) {
        counted_abandoned_[action.campaign] += now.abandoned - (same_window ? known.abandoned : 0);
    }
    known = now;
}

/// The account as it was last stored; a new one begins with what the store has kept.
compliance::AbandonmentAccount& Invariants::account(CampaignId campaign,
                                                    const compliance::AccountWindow& window) {
    auto& accounts = accounts_[campaign];
    if (accounts.empty()) accounts = store_.accounts(campaign);
    for (auto& account : accounts) {
        if (account.window == window) return account;
    }
    return accounts.emplace_back(compliance::AbandonmentAccount{.window = window});
}

void Invariants::on(const engine::StoreAnswer& action, const Step&, const engine::EngineState&) {
    expect(answers_.emplace(action.interview, action.question).second, "R3",
           "an answer is stored twice");
    const bool is_only_one =
        answers_under_way_.try_emplace(action.call, action.interview, action.question).second;
    expect(is_only_one, "R3", "a second answer before the first is durable");
}

void Invariants::on(const engine::Play& action, const Step&, const engine::EngineState& state) {
    const auto call = state.calls.find(action.call);
    const bool asks = call != state.calls.end() && call->second.interview &&
                      !call->second.interview->state.opted_out;
    expect(!asks || !answers_under_way_.contains(action.call), "R3",
           "the next question comes before the answer is durable");
}

void Invariants::on(const engine::ReleaseContact& action, const Step&, const engine::EngineState&) {
    moves({action.campaign, action.contact}, ContactPlace::Claimed, ContactPlace::Free);
    if (action.due) not_before_[{action.campaign, action.contact}] = *action.due;
}

/// What an agent says of a contact whom nobody holds replaces what the retry rule said.
void Invariants::settled(CampaignId campaign, ContactId contact, std::optional<UtcTime> due) {
    const auto place = places_.find({campaign, contact});
    const bool is_held = place != places_.end() && (place->second == ContactPlace::Claimed ||
                                                    place->second == ContactPlace::Live);
    if (is_held || !due) return;
    not_before_[{campaign, contact}] = *due;
}

void Invariants::on(const engine::StoreDisposition& action, const Step&,
                    const engine::EngineState&) {
    if (action.settles) settled(action.campaign, action.contact, action.due);
}

void Invariants::on(const engine::StoreCallback& action, const Step&, const engine::EngineState&) {
    settled(action.campaign, action.contact, action.due);
}

void Invariants::on(const engine::StoreCampaignState& action, const Step&,
                    const engine::EngineState&) {
    if (action.state != engine::CampaignRunState::Finished) return;
    for (const auto& [key, contact] : store_.contacts()) {
        if (key.first != action.campaign) continue;
        expect(contact.state != SimStore::ContactState::Free, "contacts",
               "a campaign has finished and contact " + text_of(key.second) + " has not");
    }
}

void Invariants::on(const engine::Bridge& action, const Step&, const engine::EngineState& state) {
    const auto leg = state.calls.find(action.agent_call);
    const bool hears =
        leg != state.calls.end() && (leg->second.kind == engine::CallKind::AgentLeg ||
                                     leg->second.kind == engine::CallKind::Transfer);
    expect(hears, "R8", "a bridge to a leg that is nobody's to talk on");
}

// --- what the engine believes ---

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
    for (const campaigns::ContactOffer& offer : campaign.offers) {
        const auto place = places_.find({campaign.spec.id, offer.contact});
        expect(place != places_.end() && place->second == ContactPlace::Claimed, "claims",
               "an offer is held that was never made");
    }
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
            break;
        }
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
         call->second.state == CallState::Conference);
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
    }
    for (const auto& [key, contact] : store_.contacts()) {
        const bool claimed = contact.state == SimStore::ContactState::Claimed;
        expect(claimed == held.contains(key), "claims", "a claim that nobody holds");
    }
}

}  // namespace bellwether::simulator
