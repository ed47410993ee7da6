// Transfers that an agent asks for on his phone (REFER, RFC 3515). The stack never follows one:
// it is either declined, or becomes a question to the engine, whose answer the phone hears as
// NOTIFY.

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/url.h>

#include "dialer/sip/calls.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"
#include "dialer/sip/transfer_request.h"

namespace bellwether::sip {
namespace {

// A phone gives up on a transfer that it hears nothing of; the engine answers at once or not at
// all.
constexpr std::chrono::seconds kTransferPatience{30};

constexpr const char* kTrying = "SIP/2.0 100 Trying\r\n";
constexpr const char* kDone = "SIP/2.0 200 OK\r\n";
constexpr const char* kDeclined = "SIP/2.0 603 Decline\r\n";

// The header may be null although the event came: it could not be parsed (sip2.md §4.3).
const url_t* refer_target(const sip_t* sip) {
    if (sip == nullptr || sip->sip_refer_to == nullptr) return nullptr;
    const url_t* target = sip->sip_refer_to->r_url;
    const bool is_plain = (target->url_type == url_sip || target->url_type == url_tel) &&
                          (target->url_user != nullptr || target->url_host != nullptr);
    return is_plain ? target : nullptr;
}

// How far the transfer is, as the phone was promised with 202 (RFC 3515 §2.4.4).
void notify(nua_handle_t* handle, enum nua_substate substate, const char* progress) {
    nua_notify(handle, NUTAG_SUBSTATE(substate), SIPTAG_EVENT_STR("refer"),
               SIPTAG_CONTENT_TYPE_STR("message/sipfrag"), SIPTAG_PAYLOAD_STR(progress), TAG_END());
}

}  // namespace

void Calls::on_refer(Call& call, const StackEvent& event) {
    const url_t* target = refer_target(event.sip);
    const bool may_ask = stack_.config.transfers == TransferPolicy::Bridge && call.is_phone &&
                         call.phase == CallPhase::Up && !call.transfer_asked && target != nullptr;
    if (!may_ask) {
        // A transfer would let a peer make us dial (sip2.md §4.3).
        ++stack_.counters.requests_refused;
        nua_respond(call.handle, SIP_603_DECLINE, NUTAG_WITH_THIS(event.nua), TAG_END());
        return;
    }
    nua_respond(call.handle, SIP_202_ACCEPTED, NUTAG_WITH_THIS(event.nua), TAG_END());
    notify(call.handle, nua_substate_active, kTrying);
    call.transfer_asked = true;
    set_deadline(call, kTransferPatience);

    const bool is_number = target->url_type == url_tel;
    TransferAsked asked{
        .call = call.id,
        .target_user = unescape_user(text_of(is_number ? target->url_host : target->url_user)),
        .target_host = std::string{is_number ? "" : text_of(target->url_host)},
        .replaces = {}};
    if (const auto id = replaced_call_id(text_of(target->url_headers)))
        asked.replaces = find_by_call_id(*id);
    stack_.emit(std::move(asked));
}

std::optional<CallId> Calls::find_by_call_id(std::string_view sip_call_id) const {
    for (const auto& [id, call] : calls_)
        if (call.sip_call_id == sip_call_id && call.is_phone) return call.id;
    return std::nullopt;
}

void Calls::answer_transfer(CallId id, bool accepted) {
    Call* call = find(id);
    if (call == nullptr || !call->transfer_asked) return;
    call->transfer_asked = false;
    if (call->phase == CallPhase::Up) call->deadline = Elapsed{0};
    notify(call->handle, nua_substate_terminated, accepted ? kDone : kDeclined);
}

}  // namespace bellwether::sip
