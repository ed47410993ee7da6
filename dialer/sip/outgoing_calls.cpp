#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_alloc.h>
#include <sofia-sip/url.h>

#include <utility>

#include "base/check.h"
#include "dialer/sip/calls.h"
#include "dialer/sip/challenge_answer.h"
#include "dialer/sip/digest.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

// The host of "sip:user@host", if that is all there is: nothing that adds headers, takes another
// scheme, or sends the request to another host (maddr).
std::optional<std::string> usable_host(const std::string& uri) {
    if (!safe_in_header(uri) || uri.find_first_of("<> ") != std::string::npos) return std::nullopt;
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    const url_t* parsed = url_make(home, uri.c_str());
    const bool usable = parsed != nullptr && parsed->url_type == url_sip &&
                        parsed->url_host != nullptr && parsed->url_headers == nullptr &&
                        url_has_param(parsed, "maddr") == 0;
    std::optional<std::string> host;
    if (usable) host = std::string{text_of(parsed->url_host)};
    su_home_deinit(home);
    return host;
}

// Phones and free addresses: as long as a trunk's, by default.
constexpr std::chrono::seconds kPhoneSession = TrunkConfig{}.session_expires;

// The library reports its own mistakes as statuses from here on.
constexpr int kOwnErrors = 900;

std::optional<std::chrono::seconds> retry_after(const sip_t& reply) {
    if (reply.sip_retry_after == nullptr) return std::nullopt;
    return std::chrono::seconds{reply.sip_retry_after->af_delta};
}

Failed refusal(const Call& call, const StackEvent& event) {
    const int status = event.sip->sip_status->st_status;
    FailureKind kind = FailureKind::SipStatus;
    if (status < 400) kind = FailureKind::Redirected;
    if (status == 401 || status == 407) kind = FailureKind::AuthRefused;
    if (call.phase == CallPhase::Cancelling) kind = FailureKind::SipStatus;
    return {.call = call.id,
            .kind = kind,
            .status = status,
            .phrase = std::string{text_of(event.sip->sip_status->st_phrase)},
            .retry_after = retry_after(*event.sip),
            .trunk = call.trunk,
            .reason = reason_of(event.sip)};
}

// The stack speaks for a peer that did not: ICMP, DNS, timer B.
Failed silence(const Call& call, const StackEvent& event) {
    Failed failed{.call = call.id,
                  .kind = FailureKind::Unreachable,
                  .status = 0,
                  .phrase = std::string{event.phrase},
                  .retry_after = {},
                  .trunk = call.trunk};
    if (event.status >= kOwnErrors) {
        failed.kind = FailureKind::LocalError;
    } else if (call.progress_seen) {
        failed.kind = FailureKind::SipStatus;
        failed.status = event.status;
    }
    return failed;
}

}  // namespace

void Calls::fail_unsent(CallId call, FailureKind kind, std::string phrase) {
    stack_.emit(Failed{call, kind, 0, std::move(phrase), {}});
}

void Calls::invite(const PhoneInvite& invite, const Binding* binding) {
    if (binding == nullptr) {
        return fail_unsent(invite.call, FailureKind::NotRegistered, "the phone is not registered");
    }
    Call& call = add(invite.call);
    call.is_phone = true;
    place(call, {.transport = stack_.nua,
                 .request_uri = binding->contact_uri,
                 .next_hop = binding->next_hop,
                 .from_user = invite.caller_id,
                 .from_host = stack_.config.bind_host,
                 .sdp = invite.sdp,
                 .headers = invite.headers,
                 .session_expires = kPhoneSession});
}

void Calls::invite(const UriInvite& invite) {
    const auto host = usable_host(invite.uri);
    const bool allowed = stack_.config.accept_calls || (host && phone_hosts_.contains(*host));
    if (!allowed) {
        return fail_unsent(invite.call, FailureKind::DestinationDenied,
                           "the address is not one of phone_hosts");
    }
    if (!host) return fail_unsent(invite.call, FailureKind::LocalError, "not a usable SIP URI");
    Call& call = add(invite.call);
    call.is_phone = true;
    place(call, {.transport = stack_.nua,
                 .request_uri = invite.uri,
                 .next_hop = {},
                 .from_user = invite.from_user,
                 .from_host = stack_.config.bind_host,
                 .sdp = invite.sdp,
                 .headers = invite.headers,
                 .session_expires = kPhoneSession});
}

void Calls::place(Call& call, const Plan& plan) {
    BW_CHECK(value_of(call.id) < value_of(kFirstIncomingCall));
    call.phase = CallPhase::Calling;
    call.local_sdp = plan.sdp;
    call.sip_call_id = random_hex(16) + "@" + stack_.config.bind_host;
    stack_.forks.watch(call.sip_call_id, call.id);

    const std::string from_user =
        plan.from_user.empty() ? "anonymous" : escape_user(plan.from_user);
    const std::string from = "<sip:" + from_user + "@" + plan.from_host + ">";
    const std::string to = "<" + plan.request_uri + ">";
    const std::string headers = header_lines(plan.headers);
    call.handle = nua_handle(plan.transport, magic_of(value_of(call.id)), TAG_END());
    BW_CHECK(call.handle != nullptr);
    nua_set_hparams(call.handle, SIPTAG_ALLOW_STR(kAllowedInCall),
                    NUTAG_SESSION_TIMER(static_cast<unsigned>(plan.session_expires.count())),
                    TAG_END());
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
    const bool was_silent = call.phase == CallPhase::Calling && is_from_peer(event.sip);
    if (was_silent) call.deadline = Elapsed{0};
    // 100 also stands for the stack's own restarts (a stale nonce), which concern nobody.
    if (event.status <= 100) return;
    if (event.status < 200) return on_progress(call, event);
    if (event.status < 300) {
        call.remote_sdp = sdp_of(event.sip);
        if (call.offer_is_out()) return on_hold_reply(call, event);
        return on_answer(call);
    }
    on_refusal(call, event);
}

void Calls::on_progress(Call& call, const StackEvent& event) {
    if (!call.progress_seen && call.route && call.route->trunk) trunks_.worked(*call.route->trunk);
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
        if (call.route && call.route->trunk) trunks_.answered(*call.route->trunk);
        stack_.emit(Answered{call.id, call.remote_sdp.empty() ? call.early_sdp : call.remote_sdp,
                             call.trunk});
    } else if (call.phase == CallPhase::Cancelling) {
        call.phase = CallPhase::Ending;
        leave_trunk(call);
        if (std::exchange(call.last_event_sent, true)) {
            ++stack_.counters.late_answers;
        } else {
            stack_.emit(AnsweredAfterCancel{call.id, call.trunk});
        }
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
            if (call.offer_is_out() && !challenge) return on_hold_reply(call, event);
            // A refresh was refused. The stack ends the call where RFC 5057 says so, but would wait
            // for us after a challenge.
            if (event.status == kRequestPending) try_later(call, Retry::Invite);
            if (challenge) send_bye(call, {});
            return;
        case CallPhase::Waiting:
        case CallPhase::Offered:
        case CallPhase::Ending:
            return;
    }
}

// One answer per call: a second challenge means a wrong password, and trying on would lock the
// account.
void Calls::on_challenge(Call& call, const StackEvent& event) {
    std::vector<std::string> answers;
    if (call.route && call.route->trunk && !call.challenged) {
        const TrunkConfig& trunk = trunks_.config(*call.route->trunk);
        if (!trunk.username.empty())
            answers =
                answers_to_challenge(*event.sip, trunk.realms, trunk.username, trunk.password);
    }
    if (answers.empty()) return fail(call, event);
    call.challenged = true;
    const bool two = answers.size() > 1;
    nua_authenticate(call.handle, NUTAG_AUTH(answers.front().c_str()),
                     TAG_IF(two, NUTAG_AUTH(answers.back().c_str())), TAG_END());
}

void Calls::fail(Call& call, const StackEvent& event) {
    if (is_from_peer(event.sip)) return conclude(call, refusal(call, event));
    if (call.phase == CallPhase::Cancelling && call.progress_seen) return give_up(call);
    conclude(call, silence(call, event));
}

}  // namespace bellwether::sip
