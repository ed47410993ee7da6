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
    announcing_.clear();
    announced_.clear();
    cooling_.clear();
    not_before_.clear();  // some of what was ordered did not reach the disk
    counted_abandoned_.clear();
    ended_abandoned_.clear();
    ended_.clear();
    accounts_.clear();
    quotas_.clear();
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
        const auto waiting = answers_under_way_.find(answer->call);
        if (waiting == answers_under_way_.end()) return;
        const auto [interview, changes] = waiting->second.front();
        waiting->second.pop_front();
        if (waiting->second.empty()) answers_under_way_.erase(waiting);
        for (const auto& change : changes) {
            if (change.kind == campaigns::form::ChangeKind::Clear) {
                acknowledged_.erase({interview, change.key});
            } else {
                acknowledged_.insert({interview, change.key});
            }
        }
    } else if (const auto* played = std::get_if<engine::PlaybackEnded>(&event)) {
        const auto told = announcing_.find(played->call);
        const bool is_it = told != announcing_.end() && told->second == played->playback;
        if (is_it && played->completed) announced_.insert(played->call);
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
    const auto found = live_.find(event.attempt);
    if (found != live_.end() && event.interviewed) found->second.known = *event.interviewed;
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
    const bool is_promised = action.callback != CallbackId{};
    expect(is_promised || action.attempts_made <= campaign->spec.retry.attempts_max, "R2",
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
        return expect(action.outcome == attempt.known, "R4",
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

void Invariants::on(const engine::StoreAnswers& action, const Step&, const engine::EngineState&) {
    // Only what was heard until somebody hung up may follow an answer that is not durable yet.
    answers_under_way_[action.call].push_back({action.interview, action.changes});
}

void Invariants::on(const engine::Play& action, const Step&, const engine::EngineState& state) {
    const auto call = state.calls.find(action.call);
    const bool asks = call != state.calls.end() &&
                      call->second.state == engine::CallState::Interviewing &&
                      !call->second.interview->state.opted_out;
    expect(!asks || !answers_under_way_.contains(action.call), "R3",
           "the next question comes before the answer is durable");
    if (call == state.calls.end()) return;
    const engine::Campaign* campaign = find_campaign(state, call->second.campaign);
    if (campaign == nullptr) return;
    const std::string& announcement = campaign->spec.recording.announcement;
    if (!announcement.empty() && action.prompts == std::vector{announcement})
        announcing_[action.call] = action.playback;
}

void Invariants::on(const engine::Record& action, const Step&, const engine::EngineState& state) {
    const engine::Campaign* campaign = find_campaign(state, state.calls.at(action.call).campaign);
    const bool must_be_told = campaign != nullptr && !campaign->spec.recording.announcement.empty();
    expect(!must_be_told || announced_.contains(action.call), "recording",
           "call " + text_of(action.call) + " is recorded before it has heard so");
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

void Invariants::on(const engine::StoreConversion& action, const Step&,
                    const engine::EngineState&) {
    if (action.settles) settled(action.campaign, action.contact, action.due);
}

void Invariants::on(const engine::StoreCampaignState& action, const Step&,
                    const engine::EngineState& state) {
    if (action.state != engine::CampaignRunState::Finished) return;
    const engine::Campaign* campaign = find_campaign(state, action.campaign);
    // Nobody who is left could fill a cell.
    if (campaign != nullptr && campaign->last_block == engine::DialBlock::QuotasFull) return;
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
    if (!hears || leg->second.kind != engine::CallKind::AgentLeg) return;
    const auto contact = state.calls.find(action.contact_call);
    if (contact == state.calls.end() || !contact->second.refused || contact->second.promised)
        return;
    const engine::Campaign* campaign = find_campaign(state, contact->second.campaign);
    const auto& rule = campaign->spec.conversion;
    expect(leg->second.agent != campaigns::barred_from(contact->second.refused, rule), "refusals",
           "a case is put through to the interviewer whom it has refused");
}

}  // namespace bellwether::simulator
