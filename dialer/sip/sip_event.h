#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "dialer/sip/trunk_router.h"

namespace bellwether::sip {

/// Extra headers as (name, value). Neither may hold CR, LF or NUL: such a header is left out.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// Incoming calls get their CallIds from here on, so that they never meet the engine's own.
inline constexpr CallId kFirstIncomingCall{std::uint64_t{1} << 62};

/// Why an outgoing call did not come about.
enum class FailureKind {
    SipStatus,    ///< the peer (or the stack for it: 408) answered 300..699; see status
    Redirected,   ///< 3xx: reported, never followed
    AuthRefused,  ///< challenged a second time, or by a challenge we cannot or may not answer
    Unreachable,  ///< no route, port unreachable, or no answer of any kind until timer B (32 s)
    DestinationDenied,  ///< outside allowed_prefixes, or a UriInvite outside the practice world
    NotRegistered,      ///< no phone of that user is registered
    LocalError,  ///< nothing was sent: full queue, no trunk configured, text that cannot be a
                 ///< header
    NoTrunk,     ///< nothing was sent: every trunk for this number is down or full
};

enum class PhoneLostReason { Expired, Unregistered };

enum class RegisterRefusal {
    BadCredentials,  ///< wrong password, unknown user, or user and account differ
    Locked,          ///< too many failures from this address for this user
    Malformed,       ///< no usable Contact, To or digest
};

/// What a peer gave as its reason (RFC 3326) for a refusal, a BYE or a CANCEL.
struct PeerReason {
    std::optional<int> q850_cause;  ///< 1..127, ITU-T Q.850; 16 is a normal clearing
    std::string text;               ///< its words, if any
};

// Progress of outgoing calls. `trunk` names the trunk that carried the call, empty for a phone's.

/// 180 or 182, at most once per call.
struct Ringing {
    CallId call;
};
/// 18x with SDP; again only if the SDP differs from the one before.
struct EarlyMedia {
    CallId call;
    std::string sdp;
};
struct Answered {
    CallId call;
    std::string sdp;  ///< the peer's answer; empty: the 200 carried none and none came before
    std::string trunk{};
};
struct Failed {
    CallId call;
    FailureKind kind;
    int status;          ///< SIP status, 0 if none was received
    std::string phrase;  ///< the peer's words, or ours
    std::optional<std::chrono::seconds> retry_after;
    std::string trunk{};  ///< the last that was tried; empty: none was
    PeerReason reason{};
};

// Either direction.

struct Ended {
    CallId call;
    bool by_peer;
    int status;  ///< 200 for a BYE; 408 when our BYE was never answered; what the stack saw
                 ///< otherwise
    std::string trunk{};
    PeerReason reason{};  ///< of the peer's BYE
};
/// The peer offered another description while the call is up: it holds us, takes us back, or its
/// audio has moved. It has our answer already.
struct PeerHeld {
    CallId call;
    bool held;        ///< it wants to hear nothing from us
    std::string sdp;  ///< its offer
};
/// What became of hold() or resume().
struct HoldResult {
    CallId call;
    bool held;        ///< what was asked for
    bool ok;          ///< false: the call goes on as it was
    int status;       ///< the peer's; 491: both sides asked at once, and again at every further try
    std::string sdp;  ///< the peer's answer; empty if not ok
};
/// A 200 crossed our CANCEL. The endpoint has acknowledged it and ended the call; nothing follows.
struct AnsweredAfterCancel {
    CallId call;
    std::string trunk{};
};
/// The call forked and one more branch answered; that branch was ended. The call itself goes on.
/// May come after the call's last event.
struct ExtraAnswer {
    CallId call;
};

// Incoming calls.

struct IncomingCall {
    CallId call;
    std::string from_user;
    std::string to_user;  ///< by a trunk: our number, E.164 with +
    std::string source_ip;
    std::string sdp;
    Headers headers;  ///< those that start with X-Bellwether-
    std::string
        sip_call_id{};  ///< the Call-ID header: what a capture and the peer know the call by
    /// Value of its Proxy-Authorization header ("Digest ..."), unchecked; empty: none. A taker of
    /// calls that challenges with reject(407, Proxy-Authenticate) judges it itself.
    std::string proxy_authorization{};
    std::string trunk{};          ///< that it came in by; empty: the practice world's
    std::string asserted_user{};  ///< of P-Asserted-Identity, which the trunk vouches for
    bool anonymous = false;       ///< the caller wants not to be named, whatever stands here
    /// The user whose registered phone it comes from, from the very address that it registered
    /// from; empty: it is no phone of ours.
    std::string phone{};
};
/// A phone asks to transfer its call (REFER). Nothing is dialed for it: answer with
/// accept_transfer() or refuse_transfer() within 30 s, after which it counts as refused.
struct TransferAsked {
    CallId call;
    std::string target_user;         ///< user name or number
    std::string target_host;         ///< empty: a tel: number
    std::optional<CallId> replaces;  ///< the phone's other call with us that it wants joined
};
struct IncomingCancelled {
    CallId call;
    PeerReason reason{};
};

// Registrar.

struct PhoneRegistered {
    std::string user;
    std::chrono::seconds expires;
};
struct PhoneLost {
    std::string user;
    PhoneLostReason reason;
};
struct RegisterRefused {
    std::string user;
    std::string source_ip;
    RegisterRefusal reason;
};

// Registration client.

struct RegistrationResult {
    std::string user;
    bool ok;
    int status;
};

// Trunks.

/// What a trunk can carry has changed.
struct TrunkState {
    std::string name;
    bool up;
    TrunkCondition condition;
    std::string reason;       ///< what the last failure was, for people; empty while up
    int lines;                ///< calls at once it can carry now: 0 while down, 1 while it is tried
    double calls_per_second;  ///< as configured; 0 while down
};

/// The endpoint has stopped; the last event of all.
struct Stopped {};

using Event = std::variant<Ringing, EarlyMedia, Answered, Failed, Ended, PeerHeld, HoldResult,
                           AnsweredAfterCancel, ExtraAnswer, IncomingCall, IncomingCancelled,
                           TransferAsked, PhoneRegistered, PhoneLost, RegisterRefused,
                           RegistrationResult, TrunkState, Stopped>;

}  // namespace bellwether::sip

namespace bellwether {

template <>
inline constexpr auto kEnumNames<sip::FailureKind> = names("SIP_STATUS", "REDIRECTED",
                                                           "AUTH_REFUSED", "UNREACHABLE",
                                                           "DESTINATION_DENIED", "NOT_REGISTERED",
                                                           "LOCAL_ERROR", "NO_TRUNK");
template <>
inline constexpr auto kEnumNames<sip::PhoneLostReason> = names("EXPIRED", "UNREGISTERED");
template <>
inline constexpr auto kEnumNames<sip::RegisterRefusal> = names("BAD_CREDENTIALS", "LOCKED",
                                                               "MALFORMED");

}  // namespace bellwether
