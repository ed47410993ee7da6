#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// People who call us, mostly because we called them: they hear who it was and why, can stop it,
// and can be given to an agent. On record before they are answered. Nothing here places a call.

namespace bellwether::engine {
namespace {

using campaigns::InboundRule;
using campaigns::MenuChoice;
using campaigns::MenuDoes;
using namespace std::chrono_literals;

constexpr auto kTakenWithin = 10s;  // our 200 and his ACK; RFC 3261 17.1.1.2 gives up after 32 s
constexpr auto kOptOutStoredWithin = 10s;  // as in answers.cpp: a group commit, and much to spare

}  // namespace

/// That of our last attempt at him, unless it was made for another client organisation than the one
/// that calls under the number he dialed; then the first that does.
Campaign* Engine::Core::campaign_called(const CallArrived& event) {
    const auto last = state.campaigns.find(event.campaign);
    Campaign* shown = nullptr;
    for (auto& [id, campaign] : state.campaigns) {
        const auto& ids = campaign.spec.caller_ids;
        if (std::ranges::find(ids, event.called) == ids.end()) continue;
        if (last != state.campaigns.end() && last->second.spec.client == campaign.spec.client)
            return &last->second;
        if (shown == nullptr) shown = &campaign;
    }
    if (shown != nullptr) return shown;
    return last == state.campaigns.end() ? nullptr : &last->second;
}

void Engine::Core::on(const CallArrived& event) {
    BW_CHECK(!state.calls.contains(event.call));
    const Campaign* campaign = campaign_called(event);
    // What another client organisation knows of him is nothing to this one.
    const bool is_known = campaign != nullptr && campaign->spec.id == event.campaign;
    Call arrived{.id = event.call,
                 .kind = CallKind::Inbound,
                 .state = CallState::Ringing,
                 .campaign = campaign == nullptr ? CampaignId{} : campaign->spec.id,
                 .attempt = is_known ? event.attempt : AttemptId{},
                 .contact = is_known ? event.contact : ContactId{},
                 .number = event.number,
                 .suppressed = is_known && event.suppressed,
                 .shows_number = event.number != NumberId{} || !event.caller.empty(),
                 .caller_id = event.called,
                 .invited_at = now_.elapsed};
    if (campaign != nullptr)
        arrived.skill = skill_for(*campaign, is_known ? event.language : std::string{});
    emit(StoreInbound{.call = event.call,
                      .epoch = state.epoch,
                      .campaign = arrived.campaign,
                      .client = campaign == nullptr ? ClientId{} : campaign->spec.client,
                      .contact = arrived.contact,
                      .number = event.number,
                      .attempt = arrived.attempt,
                      .called = event.called,
                      .caller = event.caller,
                      .at = now_.utc});
    Call& call = state.calls.emplace(event.call, std::move(arrived)).first->second;
    state.inbound.insert(call.id);
    ++state.trunk_lines_used;
    if (campaign == nullptr || !campaign->spec.inbound || state.shutting_down)
        return hang_up(call, HangUpReason::NotTaken);
    set_deadline(call, now_.elapsed + kTakenWithin, WakeReason::RingLimit);
    emit(AnswerCall{call.id});
}

/// He is on the line: who called him, and why.
void Engine::Core::say_menu(Call& call) {
    if (call.state == CallState::Ending) return;
    clear_deadline(call);
    if (call.state == CallState::Ringing) {
        inbound_step(call, InboundStep::Answered);
        answer_is_recorded(call);
        if (announces_first(call)) return;
    }
    call.state = CallState::Menu;
    call.chosen.reset();
    play(call, {campaign_of(call).spec.inbound->prompt});
}

void Engine::Core::menu_prompt_ended(Call& call) {
    if (const auto chosen = call.chosen) {
        call.chosen.reset();
        return follow_choice(call, *chosen);
    }
    set_deadline(call, now_.elapsed + campaign_of(call).spec.inbound->key_wait,
                 WakeReason::MenuWait);
}

/// Silence: the prompt again, and at last an agent if the campaign's menu leads to one.
void Engine::Core::menu_wait_is_over(Call& call) {
    const InboundRule& rule = *campaign_of(call).spec.inbound;
    if (call.repeats < rule.repeats) {
        ++call.repeats;
        return say_menu(call);
    }
    end_inbound(call, HangUpReason::MenuDone);
}

void Engine::Core::menu_key(Call& call, char key) {
    const bool listens = call.state == CallState::Menu && !call.chosen;
    const bool waits = call.state == CallState::Waiting;  // he may still choose otherwise
    if (!listens && !waits) return;
    const auto& menu = campaign_of(call).spec.inbound->menu;
    const auto choice = std::ranges::find(menu, key, &MenuChoice::key);
    if (choice == menu.end()) return;
    if (waits) {
        if (choice->does == MenuDoes::Agent) return;
        std::erase(campaign_of(call).waiting, call.id);
        emit(EndHold{call.id});
        call.state = CallState::Menu;
    }
    choose(call, *choice);
}

void Engine::Core::choose(Call& call, const MenuChoice& choice) {
    clear_deadline(call);
    silence(call);
    if (choice.does == MenuDoes::OptOut) return opt_out_caller(call);
    if (choice.prompt.empty()) return follow_choice(call, choice.does);
    call.chosen = choice.does;
    play(call, {choice.prompt});
}

/// The number he calls from, known to us or not. Who hides it cannot be taken off: he is told so.
void Engine::Core::opt_out_caller(Call& call) {
    const Campaign& campaign = campaign_of(call);
    if (!call.shows_number) {
        const std::string& prompt = campaign.spec.inbound->no_number_prompt;
        if (prompt.empty()) return say_menu(call);
        call.chosen = MenuDoes::Play;
        return play(call, {prompt});
    }
    call.state = CallState::Parting;
    set_deadline(call, now_.elapsed + kOptOutStoredWithin, WakeReason::OptOutStored);
    emit(StoreSuppression{.number = call.number,
                          .client = campaign.spec.client,
                          .attempt = call.attempt,
                          .at = now_.utc,
                          .caller = call.number == NumberId{} ? call.id : CallId{}});
}

void Engine::Core::follow_choice(Call& call, MenuDoes does) {
    switch (does) {
        case MenuDoes::Play:
            return say_menu(call);
        case MenuDoes::Agent:
            return queue_inbound(call);
        case MenuDoes::CallBack:
            // Who hides his number cannot be called: he may wait for an agent instead.
            if (call.contact == ContactId{}) return queue_inbound(call);
            store_callback(campaign_of(call), call, AgentId{}, now_.utc);
            expect_contact_at(campaign_of(call), now_.utc);
            inbound_step(call, InboundStep::CallbackPromised);
            return end_inbound(call, HangUpReason::MenuDone);
        case MenuDoes::OptOut:
        case MenuDoes::HangUp:
            return end_inbound(call, HangUpReason::MenuDone);
    }
}

void Engine::Core::queue_inbound(Call& call) {
    if (!somebody_serves(call.campaign, call.skill)) return queue_is_too_long(call);
    inbound_step(call, InboundStep::Queued);
    wait_for_agent(call);
}

void Engine::Core::queue_is_too_long(Call& call) {
    if (call.state == CallState::Waiting) emit(EndHold{call.id});
    std::erase(campaign_of(call).waiting, call.id);
    say_and_end(call, campaign_of(call).spec.inbound->sorry_prompt, HangUpReason::QueueTooLong);
}

/// On do-not-call, durably: he hears so, if the menu has words for it.
void Engine::Core::inbound_opt_out_is_stored(Call& call) {
    call.suppressed = true;
    if (call.state != CallState::Parting) return;
    clear_deadline(call);
    inbound_step(call, InboundStep::OptedOut);
    const auto& menu = campaign_of(call).spec.inbound->menu;
    const auto choice = std::ranges::find(menu, MenuDoes::OptOut, &MenuChoice::does);
    say_and_end(call, choice == menu.end() ? std::string{} : choice->prompt,
                HangUpReason::DoNotCall);
}

void Engine::Core::say_and_end(Call& call, const std::string& prompt, HangUpReason reason) {
    if (prompt.empty()) return end_inbound(call, reason);
    clear_deadline(call);
    call.state = CallState::Menu;
    call.reason = reason;
    call.chosen = MenuDoes::HangUp;
    play(call, {prompt});
}

/// We end it, whatever state it is in.
void Engine::Core::end_inbound(Call& call, HangUpReason reason) {
    if (call.state == CallState::Ending) return;
    if (call.state == CallState::Waiting) std::erase(campaign_of(call).waiting, call.id);
    leave_talk(call);
    hang_up(call, call.reason == HangUpReason::None ? reason : call.reason);
}

void Engine::Core::inbound_is_gone(Call& call) {
    if (call.state == CallState::Waiting) std::erase(campaign_of(call).waiting, call.id);
    if (call.state != CallState::Ending) {
        call.reason = HangUpReason::None;
        leave_talk(call);
    }
    inbound_step(call, InboundStep::Ended);
    clear_deadline(call);
    --state.trunk_lines_used;
    touch_all();
    state.inbound.erase(call.id);
    state.calls.erase(CallId{call.id});
}

void Engine::Core::inbound_step(const Call& call, InboundStep step) {
    emit(StoreInboundStep{.call = call.id,
                          .epoch = state.epoch,
                          .step = step,
                          .agent = step == InboundStep::Connected ? call.agent : AgentId{},
                          .reason = step == InboundStep::Ended ? call.reason : HangUpReason::None,
                          .at = now_.utc});
}

}  // namespace bellwether::engine
