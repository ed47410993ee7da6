#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "base/result.h"
#include "dialer/sip/sip_event.h"
#include "dialer/sip/transfer_policy.h"
#include "dialer/sip/trunk_config.h"

namespace bellwether::sip {

/// A phone that may register here. Only the digest secret is held, never the password.
struct Account {
    std::string user;
    std::string ha1_md5;  ///< 32 lower-case hex digits of MD5("user:realm:password"); see ha1_md5()
};

/// The secret of an Account. Use the realm of EndpointConfig. Cannot fail.
[[nodiscard]] std::string ha1_md5(std::string_view user, std::string_view realm,
                                  std::string_view password);

struct EndpointConfig {
    std::string bind_host = "127.0.0.1";  ///< IPv4 address of this machine; 0.0.0.0: all of them
    std::uint16_t port = 0;               ///< 0: any free port, see port()
    std::string realm = "bellwether";
    std::vector<TrunkConfig> trunks{};  ///< names differ; none: nothing can be dialed
    /// Practice world only: take calls from anybody and place UriInvites to anybody.
    bool accept_calls = false;
    /// Our own numbers (E.164): calls of a trunk to one of them come in as IncomingCall. Every
    /// other INVITE from outside is answered 403 and counted.
    std::vector<std::string> accept_numbers{};
    int incoming_calls_max = 30;            ///< at once per trunk; further ones hear busy
    double incoming_calls_per_second = 10;  ///< per trunk; further ones hear busy
    /// Hosts that a UriInvite may go to: "10.0.0.0/8", "192.0.2.7", "pbx.example".
    std::vector<std::string> phone_hosts{};
    TransferPolicy transfers = TransferPolicy::Refuse;
    bool registrar = true;  ///< phones in set_accounts() may register
    std::string user_agent = "Bellwether";
    std::chrono::seconds registration_max{300};  ///< longer wishes are shortened to this
    std::chrono::seconds registration_min{10};   ///< shorter wishes are answered 423
    /// How long a silent peer is waited for: timers B, F and H, 64*T1 of RFC 3261 §17. Shorten it
    /// only on links without loss.
    std::chrono::milliseconds silence_max{32'000};
    /// Name servers for trunks known by name, a file of resolv.conf(5) that may hold `port N` too;
    /// empty: the system's.
    std::string resolv_conf{};
    /// The shortest session interval we grant, Min-SE of RFC 4028 §4.2. Shorten it only in tests.
    std::chrono::seconds session_min{90};
};

/// A call to a contact through whichever trunk suits (trunk_router.h), and through the next one if
/// that fails before anybody's phone rang. A number outside every trunk's allowed_prefixes is
/// refused here: Failed{DestinationDenied, 0}.
struct TrunkInvite {
    CallId call;
    PhoneNumber number;
    std::string caller_id;  ///< user part of From; "+12025550100" or a short code
    std::string sdp;        ///< our offer
    Headers headers;        ///< further headers of the INVITE
};

/// A call to a registered phone, at the contact and source address it registered.
struct PhoneInvite {
    CallId call;
    std::string user;
    std::string caller_id;
    std::string sdp;
    Headers headers;
};

/// A call to a SIP address, such as a phone that does not register here: its host must be one of
/// phone_hosts, otherwise Failed{DestinationDenied}. The practice world may call any.
struct UriInvite {
    CallId call;
    std::string uri;  ///< "sip:+12025550100@127.0.0.1:5070"
    std::string from_user;
    std::string sdp;
    Headers headers;
};

// Where a person can be reached who works with us: an agent, a supervisor, the target of a
// transfer.
struct RegisteredUser {
    std::string user;
};
struct SipAddress {
    std::string uri;  ///< as in UriInvite
};
struct TrunkNumber {
    PhoneNumber number;
};

/// A call to such a person, by whichever way; the same rules as of PhoneInvite, UriInvite and
/// TrunkInvite hold.
struct TargetInvite {
    CallId call;
    std::variant<RegisteredUser, SipAddress, TrunkNumber> target;
    std::string caller_id;
    std::string sdp;
    Headers headers;
};

/// How to end a call that is up or on its way: CANCEL before the answer (held back by the stack
/// until the first 1xx), BYE after it, an error answer on an incoming call not yet answered.
struct HangUp {
    std::string
        reason;  ///< whole value of a Reason header, `SIP;cause=200;text="..."`; empty: none
};

/// The value of a Reason header of ITU-T Q.850: `Q.850;cause=16;text="Normal call clearing"`.
/// @param cause  1..127. @param text  without quotes or control characters, which are left out.
[[nodiscard]] std::string q850_reason(int cause, std::string_view text);

/// A practice phone's own registration somewhere (the client side of digest).
struct RegisterClient {
    std::string user;
    std::string password;
    std::string registrar_host;
    std::uint16_t registrar_port = 5060;
    std::string contact_user;  ///< user part of Contact; empty: `user`
    std::chrono::seconds expires{300};
};

/// What the endpoint has refused or lost so far. Counts only grow.
struct Counters {
    std::uint64_t invites_sent = 0;       ///< calls for which an INVITE was handed to the stack
    std::uint64_t invites_refused = 0;    ///< INVITEs from outside answered 403
    std::uint64_t incoming_limited = 0;   ///< calls to our numbers that heard busy: too many
    std::uint64_t requests_refused = 0;   ///< transfers (REFER) declined inside calls
    std::uint64_t registers_refused = 0;  ///< REGISTER with wrong or locked credentials
    std::uint64_t extra_answers = 0;      ///< forked further answers ended with BYE
    std::uint64_t commands_refused = 0;   ///< invites refused because the command queue was full
    std::uint64_t failovers = 0;          ///< times a call moved on to its next trunk
    std::uint64_t late_answers = 0;       ///< answers of trunks given up by then, ended with BYE
};

/// One trunk as it stands. Counts only grow.
struct TrunkStatus {
    std::string name;
    Transport transport = Transport::Udp;
    bool up = true;
    TrunkCondition condition = TrunkCondition::Up;
    std::string reason;  ///< what the last failure was; empty while up
    Circuit circuit = Circuit::Closed;
    int calls = 0;                ///< now
    int lines = 0;                ///< it has so many, as configured
    int started_last_second = 0;  ///< calls it was chosen for in the last second
    double calls_per_second = 0;  ///< at most so many, as configured
    std::uint64_t invites = 0;    ///< calls it was chosen for
    std::uint64_t answered = 0;
    /// Calls that it did not complete, by SIP status ("486") or TrunkFailure ("NO_ANSWER").
    std::map<std::string, std::uint64_t> failed;
    std::optional<std::chrono::milliseconds> options_rtt;  ///< of the last OPTIONS answered
    std::optional<std::chrono::milliseconds> options_ago;  ///< since then, as of the last tick
};

/// SIP for the engine: one address and port, one thread, the stack (sofia-sip) behind it. UDP; TCP
/// too if a trunk uses it; every TLS trunk has a port of its own.
///
/// Not responsible for: media, SDP content, retry rules, when to give up ringing. It places calls,
/// reports what became of them as Events, and keeps the registrar.
///
/// Every outgoing call ends in exactly one of Failed, Ended, AnsweredAfterCancel; the last event
/// with its CallId (save ExtraAnswer). Every IncomingCall ends in exactly one of Ended,
/// IncomingCancelled. Ended by hang_up() before an answer: Failed{SipStatus, 487}.
///
/// Thread rule: commands may come from any thread and never block; they take effect in order, on
/// the sip thread. on_event is called on the sip thread and must only post. A command for a call
/// that has ended is ignored, because the two cross; a second invite with a live CallId is checked.
class SipEndpoint {
public:
    /// Binds, tests the digest client, starts the thread.
    /// Fails: the port is in use, the address is not ours, a trunk's certificate files cannot be
    /// used, or the digest self-test fails.
    [[nodiscard]] static Result<std::unique_ptr<SipEndpoint>> start(
        EndpointConfig config, std::function<void(Event)> on_event);

    ~SipEndpoint();  ///< stop(), if that was not done
    SipEndpoint(const SipEndpoint&) = delete;
    SipEndpoint& operator=(const SipEndpoint&) = delete;

    [[nodiscard]] std::uint16_t port() const;  ///< the port bound

    void invite(TrunkInvite invite);
    void invite(PhoneInvite invite);
    void invite(UriInvite invite);
    void invite(TargetInvite invite);
    void hang_up(CallId call, HangUp how = {});

    /// Puts a call that is up on hold, or takes it back: an offer to the peer, answered by
    /// HoldResult. Should the peer ask at the same time (491), the offer is sent again, after the
    /// time of RFC 3261 §14.1. A call that is not up, or has such an offer under way, answers with
    /// status 491.
    /// @param sdp  the offer; empty: our last description as sendonly, or as sendrecv. Its version
    /// is
    ///             set here.
    void hold(CallId call, std::string sdp = {});
    void resume(CallId call, std::string sdp = {});

    /// Answers TransferAsked: the phone is told that its wish was carried out, or declined. The
    /// phone usually hangs up then. Ignored if nothing was asked.
    void accept_transfer(CallId call);
    void refuse_transfer(CallId call);

    // Incoming calls.
    /// Replaces accept_numbers. Calls that are up stay.
    void set_incoming_numbers(std::vector<std::string> e164);
    void ring(CallId call);
    void early_media(CallId call, std::string sdp);
    void answer(CallId call, std::string sdp);
    void reject(CallId call, int status, Headers headers = {});  ///< status 300..699, checked

    /// Replaces the phones that may register. A registered phone whose account is gone or changed
    /// is lost (PhoneLost{Unregistered}).
    void set_accounts(std::vector<Account> accounts);
    [[nodiscard]] bool is_registered(std::string_view user) const;
    [[nodiscard]] std::vector<std::string> registered_users() const;  ///< sorted

    /// Registers and keeps the registration fresh; RegistrationResult on the first outcome and on
    /// each change.
    void register_at(RegisterClient client);
    void unregister(
        std::string user);  ///< ends in RegistrationResult{user, ok = false, status = 200}

    [[nodiscard]] Counters counters() const;
    [[nodiscard]] std::vector<TrunkStatus> trunks() const;  ///< as configured, in order

    /// Ends calls that are up (BYE, CANCEL), unregisters, waits for the peers (at most a few
    /// seconds), emits Stopped and joins the thread. Blocks. Must not be called from on_event. A
    /// second call returns at once.
    void stop();

private:
    class Impl;
    explicit SipEndpoint(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bellwether::sip
