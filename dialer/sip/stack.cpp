#include "dialer/sip/stack.h"

#include <arpa/inet.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/su_time.h>

#include <array>

#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {

Elapsed monotonic_now() {
    su_nanotime_t nanoseconds = 0;
    su_monotime(&nanoseconds);
    return std::chrono::duration_cast<Elapsed>(
        std::chrono::nanoseconds{static_cast<std::int64_t>(nanoseconds)});
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
