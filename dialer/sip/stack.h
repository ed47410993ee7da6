#pragma once

#include <sofia-sip/nua.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/su_wait.h>

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

#include "dialer/sip/fork_watch.h"
#include "dialer/sip/nonce_book.h"
#include "dialer/sip/sip_endpoint.h"
#include "dialer/sip/sip_event.h"

namespace bellwether::sip {

// Private to dialer/sip: what the parts that live on the sip thread share.

/// Counters, written by the sip thread and read by any.
struct AtomicCounters {
    std::atomic<std::uint64_t> invites_sent{0};
    std::atomic<std::uint64_t> invites_refused{0};
    std::atomic<std::uint64_t> requests_refused{0};
    std::atomic<std::uint64_t> registers_refused{0};
    std::atomic<std::uint64_t> extra_answers{0};
    std::atomic<std::uint64_t> commands_refused{0};
    std::atomic<std::uint64_t> failovers{0};
    std::atomic<std::uint64_t> late_answers{0};
};

struct Stack {
    const EndpointConfig& config;
    std::function<void(Event)> emit;
    AtomicCounters& counters;
    ForkWatch& forks;
    su_root_t* root = nullptr;
    nua_t* nua = nullptr;  ///< UDP and TCP; TLS trunks have their own (trunks.h)
    std::uint16_t port = 0;
    std::function<void(Elapsed at)>
        wake_at{};  ///< look at the deadlines then, not at the next tick
};

/// One callback of the library. The pointers are valid only inside it; any may be null.
struct StackEvent {
    nua_event_t event;
    int status;
    std::string_view phrase;
    nua_t* nua;
    nua_handle_t* handle;
    std::uint64_t owner;  ///< what the handle was created for; 0: a new request from outside
    const sip_t* sip;
    const tagi_t* tags;
};

// Handles name their owner by number rather than pointer, so that a late callback cannot meet a
// dead object: the engine's CallIds, incoming ones from kFirstIncomingCall, legs that a call has
// left behind, registrations, and the trunks' OPTIONS.
inline constexpr std::uint64_t kFirstLeftLeg = std::uint64_t{3} << 61;
inline constexpr std::uint64_t kFirstRegistration = std::uint64_t{1} << 63;
inline constexpr std::uint64_t kFirstTrunkProbe = std::uint64_t{3} << 62;

/// What strangers may ask. REFER is not among them: the stack sends its NOTIFY before we can
/// decline, to an address the stranger chose. Inside a call it is allowed (kAllowedInCall), to be
/// declined with 603.
inline constexpr const char* kAllowed = "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE";
inline constexpr const char* kAllowedInCall =
    "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, REFER";

[[nodiscard]] inline nua_hmagic_t* magic_of(std::uint64_t owner) {
    return reinterpret_cast<nua_hmagic_t*>(owner);  // NOLINT(performance-no-int-to-ptr)
}

[[nodiscard]] Elapsed monotonic_now();

/// Whether the main transport listens on TCP too: for trunks that use it, or may (SRV).
[[nodiscard]] bool needs_tcp(const EndpointConfig& config);

/// Whether the peer sent this reply; otherwise the stack spoke for it (ICMP, DNS, timer B).
[[nodiscard]] bool is_from_peer(const sip_t* sip);

[[nodiscard]] PeerReason reason_of(const sip_t* sip);

/// The text of a message's body if it is SDP, else empty.
[[nodiscard]] std::string sdp_of(const sip_t* sip);

/// True source address of the request being handled.
struct Source {
    std::string ip;
    std::uint16_t port = 0;
};
[[nodiscard]] Source source_of(nua_t* nua);

}  // namespace bellwether::sip
