#include <sofia-sip/nta.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_alloc.h>
#include <sofia-sip/url.h>

#include "base/check.h"
#include "dialer/sip/calls.h"
#include "dialer/sip/challenge_answer.h"
#include "dialer/sip/digest.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

std::string sip_uri(std::string_view user, std::string_view host, std::uint16_t port) {
    return "sip:" + escape_user(user) + "@" + std::string{host} + ":" + std::to_string(port);
}

// The library asks DNS for every name, and DNS does not know this one.
std::string resolvable(const std::string& host) { return host == "localhost" ? "127.0.0.1" : host; }

// "sip:user@host", nothing that adds headers or another scheme.
bool usable_uri(const std::string& uri) {
    if (!safe_in_header(uri) || uri.find_first_of("<> ") != std::string::npos) return false;
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    const url_t* parsed = url_make(home, uri.c_str());
    const bool usable = parsed != nullptr && parsed->url_type == url_sip &&
                        parsed->url_host != nullptr && parsed->url_headers == nullptr;
    su_home_deinit(home);
    return usable;
}

// The library reports its own mistakes as statuses from here on.
constexpr int kOwnErrors = 900;

std::optional<std::chrono::seconds> retry_after(const sip_t& reply) {
    if (reply.sip_retry_after == nullptr) return std::nullopt;
    return std::chrono::seconds{reply.sip_retry_after->af_delta};
}

}  // namespace

void Calls::fail_unsent(CallId call, FailureKind kind, std::string phrase) {
    stack_.emit(Failed{call, kind, 0, std::move(phrase), {}});
}

void Calls::invite(const TrunkInvite& invite) {
    const auto& trunk = stack_.config.trunk;
    if (!trunk) return fail_unsent(invite.call, FailureKind::LocalError, "no trunk is configured");
    const std::string number = invite.number.e164();
    if (!destination_allowed(number, trunk->allowed_prefixes)) {
        return fail_unsent(invite.call, FailureKind::DestinationDenied,
                           "the number is outside the trunk's allowed_prefixes");
    }
    place({.call = invite.call,
           .request_uri = sip_uri(number, resolvable(trunk->host), trunk->port),
           .next_hop = {},
           .from_user = invite.caller_id,
           .from_host = trunk->host,
           .sdp = invite.sdp,
           .headers = invite.headers,
           .through_trunk = true});
}

void Calls::invite(const PhoneInvite& invite, const Binding* binding) {
    if (binding == nullptr) {
        return fail_unsent(invite.call, FailureKind::NotRegistered, "the phone is not registered");
    }
    place({.call = invite.call,
           .request_uri = binding->contact_uri,
           .next_hop = binding->next_hop,
           .from_user = invite.caller_id,
           .from_host = stack_.config.bind_host,
           .sdp = invite.sdp,
           .headers = invite.headers,
           .through_trunk = false});
}

void Calls::invite(const UriInvite& invite) {
    if (!stack_.config.accept_calls) {
        return fail_unsent(invite.call, FailureKind::DestinationDenied,
                           "calls to free addresses belong to the practice world");
    }
    if (!usable_uri(invite.uri)) {
        return fail_unsent(invite.call, FailureKind::LocalError, "not a usable SIP URI");
    }
    place({.call = invite.call,
           .request_uri = invite.uri,
           .next_hop = {},
           .from_user = invite.from_user,
           .from_host = stack_.config.bind_host,
           .sdp = invite.sdp,
           .headers = invite.headers,
           .through_trunk = false});
}

void Calls::place(const Plan& plan) {
    BW_CHECK(value_of(plan.call) < value_of(kFirstIncomingCall));
    Call& call = add(plan.call);
    call.through_trunk = plan.through_trunk;
    call.local_sdp = plan.sdp;
    call.sip_call_id = random_hex(16) + "@" + stack_.config.bind_host;
    stack_.forks.watch(call.sip_call_id, call.id);

    const std::string from_user =
        plan.from_user.empty() ? "anonymous" : escape_user(plan.from_user);
    const std::string from = "<sip:" + from_user + "@" + plan.from_host + ">";
    const std::string to = "<" + plan.request_uri + ">";
    const std::string headers = header_lines(plan.headers);
    call.handle = nua_handle(stack_.nua, magic_of(value_of(plan.call)), TAG_END());
    BW_CHECK(call.handle != nullptr);
    nua_set_hparams(call.handle, SIPTAG_ALLOW_STR(kAllowedInCall), TAG_END());
    ++stack_.counters.invites_sent;
    nua_invite(call.handle, NUTAG_URL(plan.request_uri.c_str()),
               TAG_IF(!plan.next_hop.empty(), NUTAG_PROXY(plan.next_hop.c_str())),
               SIPTAG_FROM_STR(from.c_str()), SIPTAG_TO_STR(to.c_str()),
               SIPTAG_CALL_ID_STR(call.sip_call_id.c_str()),
               TAG_IF(!headers.empty(), SIPTAG_HEADER_STR(headers.c_str())),
               SIPTAG_CONTENT_TYPE_STR("application/sdp"), SIPTAG_PAYLOAD_STR(plan.sdp.c_str()),
               TAG_END());
}

void Calls::on_invite_reply(Call& call, const StackEvent& event) {
    // 100 also stands for the stack's own restarts (a stale nonce), which concern nobody.
    if (event.status <= 100) return;
    if (event.status < 200) return on_progress(call, event);
    if (event.status < 300) {
        call.remote_sdp = sdp_of(event.sip);
        return on_answer(call);
    }
    on_refusal(call, event);
}

void Calls::on_progress(Call& call, const StackEvent& event) {
    call.progress_seen = true;
    if (call.phase != CallPhase::Calling) return;
    if ((event.status == 180 || event.status == 182) && !call.ringing_reported) {
        call.ringing_reported = true;
        stack_.emit(Ringing{call.id});
    }
    auto sdp = sdp_of(event.sip);
    if (sdp.empty() || sdp == call.early_sdp) return;
    call.early_sdp = std::move(sdp);
    stack_.emit(EarlyMedia{call.id, call.early_sdp});
}

// The ACK follows in on_state(). A 2xx while the call is up is a refresh and no news.
void Calls::on_answer(Call& call) {
    if (call.phase == CallPhase::Calling) {
        call.phase = CallPhase::Up;
        stack_.emit(Answered{call.id, call.remote_sdp.empty() ? call.early_sdp : call.remote_sdp});
    } else if (call.phase == CallPhase::Cancelling) {
        call.phase = CallPhase::Ending;
        call.last_event_sent = true;
        stack_.emit(AnsweredAfterCancel{call.id});
    }
}

void Calls::on_refusal(Call& call, const StackEvent& event) {
    const bool challenge = event.sip != nullptr && (event.status == 401 || event.status == 407);
    switch (call.phase) {
        case CallPhase::Calling:
            if (challenge) return on_challenge(call, event);
            return fail(call, event);
        case CallPhase::Cancelling:
            return fail(call, event);
        case CallPhase::Up:
            // A refresh was refused. The stack ends the call where RFC 5057 says so, but would wait
            // for us after a challenge.
            if (challenge) send_bye(call, {});
            return;
        case CallPhase::Offered:
        case CallPhase::Ending:
            return;
    }
}

// One answer per call: a second challenge means a wrong password, and trying on would lock the
// account.
void Calls::on_challenge(Call& call, const StackEvent& event) {
    const auto& trunk = stack_.config.trunk;
    std::vector<std::string> answers;
    if (call.through_trunk && !call.challenged && !trunk->username.empty()) {
        answers = answers_to_challenge(*event.sip, trunk->realms, trunk->username, trunk->password);
    }
    if (answers.empty()) return fail(call, event);
    call.challenged = true;
    const bool two = answers.size() > 1;
    nua_authenticate(call.handle, NUTAG_AUTH(answers.front().c_str()),
                     TAG_IF(two, NUTAG_AUTH(answers.back().c_str())), TAG_END());
}

void Calls::fail(Call& call, const StackEvent& event) {
    const bool from_peer =
        event.sip != nullptr && event.sip->sip_status != nullptr && !nta_sip_is_internal(event.sip);
    if (!from_peer) return fail_without_reply(call, event);
    const int status = event.sip->sip_status->st_status;
    FailureKind kind = FailureKind::SipStatus;
    if (status < 400) kind = FailureKind::Redirected;
    if (status == 401 || status == 407) kind = FailureKind::AuthRefused;
    if (call.phase == CallPhase::Cancelling) kind = FailureKind::SipStatus;
    finish(call,
           Failed{call.id, kind, status, std::string{text_of(event.sip->sip_status->st_phrase)},
                  retry_after(*event.sip)});
}

// The stack speaks for a peer that did not: ICMP, DNS, timer B.
void Calls::fail_without_reply(Call& call, const StackEvent& event) {
    if (call.phase == CallPhase::Cancelling && call.progress_seen) return give_up(call);
    Failed failed{call.id, FailureKind::Unreachable, 0, std::string{event.phrase}, {}};
    if (event.status >= kOwnErrors) {
        failed.kind = FailureKind::LocalError;
    } else if (call.progress_seen) {
        failed.kind = FailureKind::SipStatus;
        failed.status = event.status;
    }
    finish(call, std::move(failed));
}

}  // namespace bellwether::sip
