#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#include <algorithm>

#include "base/check.h"
#include "dialer/sip/calls.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"
#include "dialer/sip/transfer_request.h"

namespace bellwether::sip {
namespace {

constexpr std::string_view kOwnHeaders = "X-Bellwether-";

Headers own_headers(const sip_t& sip) {
    Headers headers;
    for (const msg_unknown_t* each = sip.sip_unknown; each != nullptr; each = each->un_next) {
        const auto name = text_of(each->un_name);
        if (!equal_ignoring_case(name.substr(0, kOwnHeaders.size()), kOwnHeaders)) continue;
        headers.emplace_back(name, text_of(each->un_value));
    }
    return headers;
}

// Put together by hand: the library's own printing stops after 256 bytes.
std::string proxy_authorization(const sip_t& sip) {
    if (sip.sip_proxy_authorization == nullptr) return {};
    std::string value{text_of(sip.sip_proxy_authorization->au_scheme)};
    const char* separator = " ";
    for (const auto param : params_of(sip.sip_proxy_authorization->au_params)) {
        value += separator;
        value += param;
        separator = ", ";
    }
    return value;
}

std::string user_of(const url_t& url) { return unescape_user(text_of(url.url_user)); }

std::string asserted_user(const sip_t& sip) {
    for (const msg_unknown_t* each = sip.sip_unknown; each != nullptr; each = each->un_next) {
        if (equal_ignoring_case(text_of(each->un_name), "P-Asserted-Identity"))
            return uri_user(text_of(each->un_value));
    }
    return {};
}

// RFC 3323 §4.1.1.3, §4.2: by the From itself, or by a wish that whoever forwards it may not name
// him.
bool is_anonymous(const sip_t& sip) {
    const url_t& from = *sip.sip_from->a_url;
    if (equal_ignoring_case(text_of(from.url_user), "anonymous") ||
        equal_ignoring_case(text_of(from.url_host), "anonymous.invalid"))
        return true;
    if (sip.sip_privacy == nullptr) return false;
    const auto wishes = params_of(sip.sip_privacy->priv_values);
    return std::ranges::any_of(wishes, [](std::string_view wish) {
        return equal_ignoring_case(wish, "id") || equal_ignoring_case(wish, "user") ||
               equal_ignoring_case(wish, "header");
    });
}

}  // namespace

void Calls::set_incoming_numbers(const std::vector<std::string>& numbers) {
    gate_.set_numbers(numbers);
}

void Calls::on_new_invite(const StackEvent& event) {
    const bool whole =
        event.sip != nullptr && event.sip->sip_from != nullptr && event.sip->sip_request != nullptr;
    if (!whole) return turn_away(event, IncomingGate::Verdict::Stranger);
    if (stack_.config.accept_calls) return take_call(event, std::nullopt, {});
    if (const auto user = user_of(*event.sip->sip_from->a_url);
        is_phone_ && is_phone_(user, source_of(event.nua)))
        return take_call(event, std::nullopt, user);
    const auto decision = gate_.admit(source_of(event.nua).ip,
                                      user_of(*event.sip->sip_request->rq_url), monotonic_now());
    if (decision.verdict != IncomingGate::Verdict::Welcome)
        return turn_away(event, decision.verdict);
    take_call(event, decision.trunk, {});
}

void Calls::take_call(const StackEvent& event, std::optional<TrunkIndex> came_by,
                      const std::string& phone) {
    Call& call = add(CallId{next_incoming_++});
    call.phase = CallPhase::Offered;
    call.handle = event.handle;
    call.came_by = came_by;
    if (came_by) call.trunk = trunks_.config(*came_by).name;
    nua_handle_bind(call.handle, magic_of(value_of(call.id)));
    nua_set_hparams(call.handle, SIPTAG_ALLOW_STR(kAllowedInCall), TAG_END());
    const sip_t& sip = *event.sip;
    const std::string to_user = user_of(*sip.sip_request->rq_url);
    stack_.emit(IncomingCall{
        .call = call.id,
        .from_user = user_of(*sip.sip_from->a_url),
        .to_user = came_by ? as_e164(to_user) : to_user,
        .source_ip = source_of(event.nua).ip,
        .sdp = sdp_of(&sip),
        .headers = own_headers(sip),
        .sip_call_id =
            std::string{sip.sip_call_id != nullptr ? text_of(sip.sip_call_id->i_id) : ""},
        .proxy_authorization = proxy_authorization(sip),
        .trunk = call.trunk,
        .asserted_user = asserted_user(sip),
        .anonymous = is_anonymous(sip),
        .phone = phone});
}

void Calls::turn_away(const StackEvent& event, IncomingGate::Verdict why) {
    const bool too_many =
        why == IncomingGate::Verdict::TooMany || why == IncomingGate::Verdict::TooOften;
    ++(too_many ? stack_.counters.incoming_limited : stack_.counters.invites_refused);
    if (too_many) {
        nua_respond(event.handle, SIP_486_BUSY_HERE, NUTAG_WITH_THIS(event.nua), TAG_END());
    } else {
        nua_respond(event.handle, SIP_403_FORBIDDEN, NUTAG_WITH_THIS(event.nua), TAG_END());
    }
    nua_handle_destroy(event.handle);
}

void Calls::ring(CallId id) {
    const Call* call = find(id);
    if (call == nullptr || call->phase != CallPhase::Offered) return;
    nua_respond(call->handle, SIP_180_RINGING, TAG_END());
}

void Calls::early_media(CallId id, const std::string& sdp) {
    Call* call = find(id);
    if (call == nullptr || call->phase != CallPhase::Offered) return;
    call->local_sdp = sdp;
    nua_respond(call->handle, SIP_183_SESSION_PROGRESS, SIPTAG_CONTENT_TYPE_STR("application/sdp"),
                SIPTAG_PAYLOAD_STR(sdp.c_str()), TAG_END());
}

void Calls::answer(CallId id, const std::string& sdp) {
    Call* call = find(id);
    if (call == nullptr || call->phase != CallPhase::Offered || call->cancelled_by_peer) return;
    call->phase = CallPhase::Up;
    call->local_sdp = sdp;
    nua_respond(call->handle, SIP_200_OK, SIPTAG_CONTENT_TYPE_STR("application/sdp"),
                SIPTAG_PAYLOAD_STR(sdp.c_str()), TAG_END());
}

void Calls::reject(CallId id, int status, const Headers& headers) {
    BW_CHECK(status >= 300 && status <= 699);
    Call* call = find(id);
    if (call == nullptr || call->phase != CallPhase::Offered || call->cancelled_by_peer) return;
    call->phase = CallPhase::Ending;
    call->final_status = status;
    set_deadline(*call, stack_.config.silence_max);
    const char* phrase = sip_status_phrase(status);
    const std::string lines = header_lines(headers);
    nua_respond(call->handle, status, phrase != nullptr ? phrase : "Refused",
                TAG_IF(!lines.empty(), SIPTAG_HEADER_STR(lines.c_str())), TAG_END());
}

}  // namespace bellwether::sip
