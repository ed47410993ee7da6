#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_tag.h>

#include <utility>

#include "base/check.h"
#include "dialer/sip/calls.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/stack_log.h"

namespace bellwether::sip {
namespace {

// A second's worth of calls is gone within a second: who waits longer was not meant to be called
// now.
constexpr std::chrono::seconds kSlotWaitMax{1};

Headers trunk_headers(const TrunkConfig& trunk, const TrunkInvite& invite) {
    Headers headers = trunk.headers;
    if (trunk.asserted_identity && !invite.caller_id.empty()) {
        headers.emplace_back("P-Asserted-Identity",
                             "<sip:" + escape_user(invite.caller_id) + "@" + trunk.host + ">");
    }
    headers.insert(headers.end(), invite.headers.begin(), invite.headers.end());
    return headers;
}

}  // namespace

void Calls::invite(const TrunkInvite& invite) {
    if (stack_.config.trunks.empty()) {
        return fail_unsent(invite.call, FailureKind::LocalError, "no trunk is configured");
    }
    Call& call = add(invite.call);
    call.route = TrunkRoute{.invite = invite, .wait_until = monotonic_now() + kSlotWaitMax};
    choose_trunk(call);
}

void Calls::choose_trunk(Call& call) {
    using Verdict = TrunkRouter::Verdict;
    TrunkRoute& route = *call.route;
    call.phase = CallPhase::Waiting;
    const auto choice = trunks_.choose(route.invite.number.e164(), route.tried);
    if (choice.verdict == Verdict::Chosen) {
        if (route.last_failure) ++stack_.counters.failovers;
        return place_on_trunk(call, choice.trunk);
    }
    if (choice.verdict == Verdict::Wait && choice.until <= route.wait_until) {
        call.deadline = choice.until;
        deadlines_.emplace(choice.until, call.id);
        return stack_.wake_at(choice.until);
    }
    if (route.last_failure) return finish(call, Failed{*route.last_failure});
    if (choice.verdict == Verdict::NotAllowed) {
        return finish(call, Failed{call.id,
                                   FailureKind::DestinationDenied,
                                   0,
                                   "the number is outside every trunk's allowed_prefixes",
                                   {}});
    }
    finish(
        call,
        Failed{
            call.id, FailureKind::NoTrunk, 0, "every trunk for this number is down or full", {}});
}

void Calls::place_on_trunk(Call& call, TrunkIndex index) {
    TrunkRoute& route = *call.route;
    const TrunkConfig& trunk = trunks_.config(index);
    route.trunk = index;
    route.tried.set(index);
    call.trunk = trunk.name;
    call.challenged = false;
    call.deadline = Elapsed{0};
    TrunkAddress to = trunks_.address(index, escape_user(route.invite.number.e164()));
    place(call, {.transport = trunks_.transport(index),
                 .request_uri = std::move(to.request_uri),
                 .next_hop = std::move(to.next_hop),
                 .from_user = route.invite.caller_id,
                 .from_host = trunk.host,
                 .sdp = route.invite.sdp,
                 .headers = trunk_headers(trunk, route.invite),
                 .session_expires = trunk.session_expires});
    if (trunk.no_answer_failover.count() > 0) set_deadline(call, trunk.no_answer_failover);
}

/// Its line is free for another call from here on.
void Calls::leave_trunk(Call& call) {
    if (!call.route || !call.route->trunk) return;
    trunks_.release(*call.route->trunk);
    call.route->trunk.reset();
}

// The one place where a call that failed either goes on to another trunk or is over.
void Calls::conclude(Call& call, Failed failed) {
    const bool may_move_on = call.phase == CallPhase::Calling && call.route && call.route->trunk;
    if (!may_move_on) return finish(call, std::move(failed));

    const TrunkIndex trunk = *call.route->trunk;
    if (failed.kind == FailureKind::Unreachable) {
        const std::string fault = take_tls_fault();
        if (!fault.empty()) failed.phrase = "TLS: " + fault;
    }
    if (const auto kind = trunk_failure(failed, call.progress_seen)) {
        trunks_.failed(trunk, failed, *kind);
        return move_on(call, std::move(failed));
    }
    if (failed.status != 0) trunks_.refused(trunk, failed);
    finish(call, std::move(failed));
}

void Calls::move_on(Call& call, Failed failed) {
    leave_trunk(call);
    if (call.handle != nullptr) nua_handle_destroy(std::exchange(call.handle, nullptr));
    if (!call.sip_call_id.empty()) stack_.forks.release(call.sip_call_id, monotonic_now());
    call.sip_call_id.clear();
    call.route->last_failure = std::move(failed);
    call.route->wait_until = monotonic_now() + kSlotWaitMax;
    choose_trunk(call);
}

// Not even 100 came. The trunk may have lost our INVITE, or its answers may be lost and a phone is
// about to ring: the leg is cancelled for good before the next trunk is asked.
void Calls::on_silence(Call& call) {
    if (!call.route || !call.route->trunk) return give_up(call);
    const TrunkIndex trunk = *call.route->trunk;
    const std::string fault = take_tls_fault();
    Failed failed{call.id, FailureKind::Unreachable,
                  0,       fault.empty() ? "the trunk said nothing" : "TLS: " + fault,
                  {},      call.trunk};
    trunks_.failed(trunk, failed, TrunkFailure::NoAnswer);
    leave_leg_behind(call);
    move_on(call, std::move(failed));
}

// Should the old leg be answered after all, it is ended by the same rules as any call that we
// cancelled, and nobody is told but the counter.
void Calls::leave_leg_behind(Call& call) {
    Call& left = add(CallId{next_left_leg_++});
    left.handle = std::exchange(call.handle, nullptr);
    left.sip_call_id = std::exchange(call.sip_call_id, {});
    left.local_sdp = call.local_sdp;
    left.last_event_sent = true;
    nua_handle_bind(left.handle, magic_of(value_of(left.id)));
    cancel(left, {});
}

}  // namespace bellwether::sip
