#include "dialer/sip/stack.h"

#include <arpa/inet.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/su_time.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {

Elapsed monotonic_now() {
    su_nanotime_t nanoseconds = 0;
    su_monotime(&nanoseconds);
    return std::chrono::duration_cast<Elapsed>(
        std::chrono::nanoseconds{static_cast<std::int64_t>(nanoseconds)});
}

bool needs_tcp(const EndpointConfig& config) {
    return std::ranges::any_of(config.trunks, [](const TrunkConfig& trunk) {
        return trunk.transport == Transport::Tcp || trunk.srv;
    });
}

bool is_from_peer(const sip_t* sip) {
    return sip != nullptr && sip->sip_status != nullptr && !nta_sip_is_internal(sip);
}

// Several may stand there; the one of Q.850 says most about a telephone call.
PeerReason reason_of(const sip_t* sip) {
    PeerReason reason;
    if (sip == nullptr) return reason;
    for (const sip_reason_t* each = sip->sip_reason; each != nullptr; each = each->re_next) {
        const bool is_q850 = equal_ignoring_case(text_of(each->re_protocol), "Q.850");
        if (reason.text.empty() || is_q850) reason.text = strip_quotes(text_of(each->re_text));
        const auto cause = text_of(each->re_cause);
        int value = 0;
        std::from_chars(cause.data(), cause.data() + cause.size(), value);
        // Q.850 §2.2.4: seven bits.
        if (is_q850 && value >= 1 && value <= 127) reason.q850_cause = value;
    }
    return reason;
}

std::string sdp_of(const sip_t* sip) {
    if (sip == nullptr || sip->sip_payload == nullptr || sip->sip_content_type == nullptr)
        return {};
    if (!equal_ignoring_case(text_of(sip->sip_content_type->c_type), "application/sdp")) return {};
    return {sip->sip_payload->pl_data, sip->sip_payload->pl_len};
}

Source source_of(nua_t* nua) {
    msg_t* message = nua_current_request(nua);
    if (message == nullptr) return {};
    const su_sockaddr_t* address = msg_addr(message);
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_ntop(address->su_family, SU_ADDR(address), text.data(), text.size()) == nullptr)
        return {};
    return {text.data(), ntohs(address->su_port)};
}

}  // namespace bellwether::sip
