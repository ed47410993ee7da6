#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#include <utility>

#include "dialer/sip/calls.h"
#include "dialer/sip/digest.h"
#include "dialer/sip/glare.h"
#include "dialer/sip/sdp_answer.h"

namespace bellwether::sip {
namespace {

constexpr const char* kSdpType = "application/sdp";

}  // namespace

void Calls::on_peer_request(Call& call, const StackEvent& event) {
    if (event.status >= 200) return;  // the stack has answered it
    if (event.event == nua_i_refer) return on_refer(call, event);
    on_reoffer(call, event);
}

// Hold, resume, session refresh: the call goes on. Only another description is news.
void Calls::on_reoffer(Call& call, const StackEvent& event) {
    const bool without_offer_is_fine = event.event == nua_i_update;
    const std::string offer = sdp_of(event.sip);
    if (offer.empty() && without_offer_is_fine) {
        nua_respond(call.handle, SIP_200_OK, NUTAG_WITH_THIS(event.nua), TAG_END());
        return;
    }
    const auto answer = answer_reoffer(call.local_sdp, offer, call.sdp_version + 1);
    if (!answer) {
        nua_respond(call.handle, SIP_488_NOT_ACCEPTABLE, NUTAG_WITH_THIS(event.nua), TAG_END());
        return;
    }
    if (!offer.empty()) ++call.sdp_version;
    nua_respond(call.handle, SIP_200_OK, NUTAG_WITH_THIS(event.nua),
                SIPTAG_CONTENT_TYPE_STR(kSdpType), SIPTAG_PAYLOAD_STR(answer->c_str()), TAG_END());
    const std::string& last = call.peer_offer.empty() ? call.remote_sdp : call.peer_offer;
    if (offer.empty() || offer == last) return;
    call.peer_offer = offer;
    stack_.emit(PeerHeld{call.id, is_hold(offer), offer});
}

void Calls::hold(CallId id, bool held, const std::string& sdp) {
    Call* call = find(id);
    if (call == nullptr) return;
    if (call->phase != CallPhase::Up || call->hold_asked) {
        return stack_.emit(HoldResult{id, held, false, kRequestPending, {}});
    }
    call->hold_asked = held;
    call->offered_sdp =
        sdp.empty()
            ? with_direction(call->local_sdp, held ? "sendonly" : "sendrecv", call->sdp_version)
            : sdp;
    send_offer(*call);
}

// A re-INVITE refreshes the session too, so that a refresh that waits for its next try is done.
void Calls::send_offer(Call& call) {
    call.retry = Retry::None;
    call.offered_sdp = with_direction(call.offered_sdp, {}, ++call.sdp_version);
    nua_invite(call.handle, SIPTAG_CONTENT_TYPE_STR(kSdpType),
               SIPTAG_PAYLOAD_STR(call.offered_sdp.c_str()), TAG_END());
}

// Our own offer was answered; the ACK follows in on_state().
void Calls::on_hold_reply(Call& call, const StackEvent& event) {
    if (event.status == kRequestPending && try_later(call, Retry::Offer)) return;
    call.retries = 0;
    const bool held = *std::exchange(call.hold_asked, std::nullopt);
    const bool ok = event.status < 300;
    if (ok) call.local_sdp = call.offered_sdp;
    const int status = is_from_peer(event.sip) ? event.sip->sip_status->st_status : event.status;
    stack_.emit(HoldResult{call.id, held, ok, status, ok ? call.remote_sdp : std::string{}});
}

void Calls::on_update_reply(Call& call, const StackEvent& event) {
    if (event.status < 200 || call.phase != CallPhase::Up) return;
    if (event.status == kRequestPending) {
        try_later(call, Retry::Update);
    } else {
        call.retries = 0;
    }
}

/// False: it was tried often enough.
bool Calls::try_later(Call& call, Retry what) {
    if (call.retry == Retry::Offer) return true;  // it refreshes as well
    if (call.retries >= kGlareRetriesMax) return false;
    ++call.retries;
    const bool owns_call_id = value_of(call.id) < value_of(kFirstIncomingCall);
    call.retry = what;
    call.retry_at = monotonic_now() + glare_wait(owns_call_id, random_bits());
    deadlines_.emplace(call.retry_at, call.id);
    stack_.wake_at(call.retry_at);
    return true;
}

// A refresh by re-INVITE states what holds now: the stack would repeat the first offer.
void Calls::try_again(Call& call) {
    const Retry what = std::exchange(call.retry, Retry::None);
    if (call.phase != CallPhase::Up) return;
    if (what == Retry::Offer) send_offer(call);
    if (what == Retry::Update) nua_update(call.handle, TAG_END());
    if (what == Retry::Invite) {
        nua_invite(call.handle, SIPTAG_CONTENT_TYPE_STR(kSdpType),
                   SIPTAG_PAYLOAD_STR(call.local_sdp.c_str()), TAG_END());
    }
}

// Ours to send for every 2xx, first answer or refresh. A refresh that the stack sent without an
// offer brings the peer's offer in the 2xx, and its answer must stand in the ACK (sip2.md §4.2).
void Calls::acknowledge(Call& call, bool offered) {
    std::optional<std::string> answer;
    if (offered) answer = answer_reoffer(call.local_sdp, call.remote_sdp, ++call.sdp_version);
    if (answer) {
        nua_ack(call.handle, SIPTAG_CONTENT_TYPE_STR(kSdpType), SIPTAG_PAYLOAD_STR(answer->c_str()),
                TAG_END());
    } else {
        nua_ack(call.handle, TAG_END());
    }
    // The 200 that crossed our CANCEL, or an offer we share no codec with.
    if (call.phase == CallPhase::Ending || (offered && !answer)) send_bye(call, {});
}

}  // namespace bellwether::sip
