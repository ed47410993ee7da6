#include "dialer/sip/calls.h"

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "dialer/sip/sdp_answer.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

// The stack's own timer ends a transaction after silence_max; this much later we stop waiting for
// the stack. It matters for a peer that takes our CANCEL and never ends the INVITE: the stack has
// no timer for that.
constexpr std::chrono::seconds kStackMargin{4};

}  // namespace

Calls::Calls(Stack& stack, Trunks& trunks)
    : stack_{stack},
      trunks_{trunks},
      gate_{stack.config.trunks,
            {.calls_max = stack.config.incoming_calls_max,
             .calls_per_second = stack.config.incoming_calls_per_second}},
      phone_hosts_{HostList::parse(stack.config.phone_hosts).value()} {
    gate_.set_numbers(stack.config.accept_numbers);
}

Call& Calls::add(CallId id) {
    const auto [found, fresh] = calls_.try_emplace(value_of(id));
    BW_CHECK(fresh);  // one call per CallId
    found->second.id = id;
    return found->second;
}

Call* Calls::find(CallId id) {
    const auto found = calls_.find(value_of(id));
    return found != calls_.end() ? &found->second : nullptr;
}

void Calls::erase(Call& call) {
    leave_trunk(call);
    if (call.came_by) gate_.ended(*call.came_by);
    if (call.handle != nullptr) nua_handle_destroy(call.handle);
    if (!call.sip_call_id.empty()) stack_.forks.release(call.sip_call_id, monotonic_now());
    calls_.erase(value_of(call.id));
}

void Calls::finish(Call& call, Event last) {
    const bool tell = !call.last_event_sent;
    erase(call);
    if (tell) stack_.emit(std::move(last));
}

void Calls::set_deadline(Call& call, Elapsed wait) {
    call.deadline = monotonic_now() + wait;
    deadlines_.emplace(call.deadline, call.id);
}

void Calls::check_deadlines(Elapsed now) {
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
        const auto [at, id] = *deadlines_.begin();
        deadlines_.erase(deadlines_.begin());
        Call* call = find(id);
        if (call == nullptr) continue;
        if (call->retry != Retry::None && call->retry_at == at) try_again(*call);
        if (call->deadline == at) on_deadline(*call);
    }
}

std::optional<Elapsed> Calls::next_deadline() const {
    if (deadlines_.empty()) return std::nullopt;
    return deadlines_.begin()->first;
}

void Calls::on_deadline(Call& call) {
    if (call.phase == CallPhase::Waiting) return choose_trunk(call);
    if (call.phase == CallPhase::Calling) return on_silence(call);
    if (call.phase == CallPhase::Up && call.transfer_asked) return answer_transfer(call.id, false);
    give_up(call);
}

// Ends a call whose peer no longer answers. Destroying the handle sends BYE or CANCEL where one is
// due.
void Calls::give_up(Call& call) {
    switch (call.phase) {
        case CallPhase::Waiting:
            finish(call, Failed{call.id,
                                FailureKind::SipStatus,
                                487,
                                "ended before a trunk was free",
                                {},
                                call.trunk});
            return;
        case CallPhase::Calling:
        case CallPhase::Cancelling:
            finish(call, Failed{call.id,
                                FailureKind::SipStatus,
                                487,
                                "no final answer after CANCEL",
                                {},
                                call.trunk});
            return;
        case CallPhase::Offered:
        case CallPhase::Up:
        case CallPhase::Ending:
            finish(call, Ended{call.id, false, 408, call.trunk});
            return;
    }
}

void Calls::hang_up(CallId id, const HangUp& how) {
    Call* call = find(id);
    if (call == nullptr) return;
    const std::string reason = safe_in_header(how.reason) ? how.reason : std::string{};
    switch (call->phase) {
        case CallPhase::Waiting:
            give_up(*call);
            return;
        case CallPhase::Calling:
            cancel(*call, reason);
            return;
        case CallPhase::Up:
            send_bye(*call, reason);
            return;
        case CallPhase::Offered:
            reject(id, 480, {});
            return;
        case CallPhase::Cancelling:
        case CallPhase::Ending:
            return;
    }
}

void Calls::cancel(Call& call, const std::string& reason) {
    call.phase = CallPhase::Cancelling;
    set_deadline(call, stack_.config.silence_max + kStackMargin);
    nua_cancel(call.handle, TAG_IF(!reason.empty(), SIPTAG_REASON_STR(reason.c_str())), TAG_END());
}

void Calls::send_bye(Call& call, const std::string& reason) {
    call.phase = CallPhase::Ending;
    // A hang-up may fall between the 200 and its ACK; a second BYE would fail and hide the first's
    // status.
    if (call.bye_asked) return;
    call.bye_asked = true;
    set_deadline(call, stack_.config.silence_max + kStackMargin);
    nua_bye(call.handle, TAG_IF(!reason.empty(), SIPTAG_REASON_STR(reason.c_str())), TAG_END());
}

void Calls::on_event(const StackEvent& event) {
    Call* call = find(CallId{event.owner});
    // A leg that the call has moved on from may still speak.
    if (call == nullptr || call->handle != event.handle) return;
    switch (event.event) {
        case nua_r_invite:
            on_invite_reply(*call, event);
            return;
        case nua_i_state:
            on_state(*call, event);
            return;
        case nua_i_bye:
            call->ended_by_peer = true;
            call->peer_reason = reason_of(event.sip);
            return;
        case nua_i_cancel:
            call->cancelled_by_peer = true;
            call->peer_reason = reason_of(event.sip);
            return;
        case nua_i_invite:
        case nua_i_update:
        case nua_i_refer:
            on_peer_request(*call, event);
            return;
        case nua_r_update:
            on_update_reply(*call, event);
            return;
        case nua_r_bye:
            if (event.status >= 200) call->final_status = event.status;
            // A challenge to BYE that the stack could not answer by itself: it would wait for us
            // forever.
            if (event.status == 401 || event.status == 407) {
                finish(*call, Ended{call->id, false, event.status, call->trunk});
            }
            return;
        default:
            return;
    }
}

void Calls::on_state(Call& call, const StackEvent& event) {
    int state = nua_callstate_init;
    int offer_received = 0;
    tl_gets(event.tags, NUTAG_CALLSTATE_REF(state), NUTAG_OFFER_RECV_REF(offer_received),
            TAG_END());
    if (state == nua_callstate_completing) acknowledge(call, offer_received != 0);
    if (state == nua_callstate_terminated) on_terminated(call, event);
}

void Calls::on_terminated(Call& call, const StackEvent& event) {
    switch (call.phase) {
        case CallPhase::Waiting:
            return;
        case CallPhase::Calling:
        case CallPhase::Cancelling:
            fail(call, event);
            return;
        case CallPhase::Offered: {
            if (call.cancelled_by_peer) {
                finish(call, IncomingCancelled{call.id, call.peer_reason});
                return;
            }
            finish(call, Ended{call.id, false, event.status});
            return;
        }
        case CallPhase::Up:
        case CallPhase::Ending: {
            const bool by_peer = call.ended_by_peer && call.phase == CallPhase::Up;
            const int status = call.ended_by_peer       ? 200
                               : call.final_status != 0 ? call.final_status
                                                        : event.status;
            finish(call, Ended{call.id, by_peer, status, call.trunk, call.peer_reason});
            return;
        }
    }
}

void Calls::hang_up_all() {
    std::vector<CallId> ids;
    for (const auto& [id, call] : calls_) ids.push_back(call.id);
    for (const auto id : ids) hang_up(id, {});
}

// A leg left behind that has said nothing will say nothing: it has no claim to be waited for.
bool Calls::idle() const {
    return std::ranges::all_of(calls_, [](const auto& entry) {
        const Call& call = entry.second;
        return value_of(call.id) >= kFirstLeftLeg && call.phase == CallPhase::Cancelling;
    });
}

void Calls::abandon_all() {
    while (!calls_.empty()) give_up(calls_.begin()->second);
}

}  // namespace bellwether::sip
