#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "dialer/sip/host_list.h"
#include "dialer/sip/incoming_gate.h"
#include "dialer/sip/registrar.h"
#include "dialer/sip/stack.h"
#include "dialer/sip/trunks.h"

namespace bellwether::sip {

/// Where a call stands. Outgoing: (Waiting for a trunk), Calling, (Cancelling), Up, Ending.
/// Incoming: Offered, Up, Ending.
enum class CallPhase { Waiting, Calling, Cancelling, Offered, Up, Ending };

/// What a call through a trunk needs to move on to the next one.
struct TrunkRoute {
    TrunkInvite invite;
    TrunkSet tried{};
    std::optional<TrunkIndex> trunk{};  ///< whose line it holds
    Elapsed wait_until{0};              ///< latest for a trunk's next call of its second
    std::optional<Failed> last_failure{};
};

inline constexpr int kRequestPending = 491;  ///< RFC 3261 §21.4.27

/// What was answered with 491, and is sent again when its time has come.
enum class Retry { None, Offer, Invite, Update };

/// One SIP leg.
struct Call {
    CallId id;
    nua_handle_t* handle = nullptr;
    CallPhase phase = CallPhase::Calling;
    std::optional<TrunkRoute> route;    ///< of calls through a trunk
    std::string trunk;                  ///< name of the last trunk, for events
    std::optional<TrunkIndex> came_by;  ///< an incoming call's, whose place at the gate it holds
    bool is_phone = false;              ///< of somebody who works with us: its transfers are heard
    bool transfer_asked = false;
    bool challenged = false;     ///< one challenge was answered; a second one means refused
    bool progress_seen = false;  ///< the peer sent something other than 100
    bool ringing_reported = false;
    bool last_event_sent = false;  ///< what is left to do is silent
    bool bye_asked = false;
    bool ended_by_peer = false;
    bool cancelled_by_peer = false;
    int final_status = 0;            ///< of our BYE, or the refusal of an incoming call
    std::optional<bool> hold_asked;  ///< an offer of ours is under way: hold or resume
    std::string offered_sdp;         ///< in it
    Retry retry = Retry::None;
    Elapsed retry_at{0};
    int retries = 0;  ///< since the last one that was not answered with 491
    unsigned sdp_version = 1;
    std::string sip_call_id;
    std::string local_sdp;
    std::string early_sdp;   ///< the peer's, last reported
    std::string remote_sdp;  ///< body of the peer's last 2xx
    std::string peer_offer;  ///< its last while the call is up
    PeerReason peer_reason;  ///< of its BYE
    Elapsed deadline{0};     ///< 0: none

    /// Whether the next reply to an INVITE is to our hold or resume; else it is to a refresh.
    [[nodiscard]] bool offer_is_out() const {
        return phase == CallPhase::Up && hold_asked && retry != Retry::Offer;
    }
};

/// All calls of the endpoint. Lives on the sip thread. calls.cpp holds the book itself and what
/// both directions share, call_changes.cpp and transfers.cpp what happens while they are up,
/// outgoing_calls.cpp,
/// trunk_calls.cpp and incoming_calls.cpp the rest.
class Calls {
public:
    Calls(Stack& stack, Trunks& trunks);

    // Outgoing.
    void invite(const TrunkInvite& invite);
    void invite(const PhoneInvite& invite, const Binding* binding);  ///< null: not registered
    void invite(const UriInvite& invite);
    void fail_unsent(CallId call, FailureKind kind, std::string phrase);

    // Incoming.
    /// Asked whether a call comes from this user's registered phone.
    void recognise_phones(std::function<bool(const std::string& user, const Source&)> is_phone) {
        is_phone_ = std::move(is_phone);
    }
    void set_incoming_numbers(const std::vector<std::string>& numbers);
    void on_new_invite(const StackEvent& event);
    void ring(CallId call);
    void early_media(CallId call, const std::string& sdp);
    void answer(CallId call, const std::string& sdp);
    void reject(CallId call, int status, const Headers& headers);

    // Both.
    void hang_up(CallId call, const HangUp& how);
    void answer_transfer(CallId call, bool accepted);
    void hold(CallId call, bool held, const std::string& sdp);
    void on_event(const StackEvent& event);
    void check_deadlines(Elapsed now);
    [[nodiscard]] std::optional<Elapsed> next_deadline() const;

    void hang_up_all();
    void abandon_all();  ///< ends what is left without waiting for anybody; every call gets its
                         ///< last event
    [[nodiscard]] bool idle() const;  ///< nothing is left to wait for

private:
    struct Plan {
        nua_t* transport;
        std::string request_uri;
        std::string next_hop;  ///< empty: follow the request URI
        std::string from_user;
        std::string from_host;
        const std::string& sdp;
        Headers headers;
        std::chrono::seconds session_expires;
    };

    Call& add(CallId id);
    Call* find(CallId id);
    void erase(Call& call);
    void finish(Call& call, Event last);  ///< emits the last event unless sent, and erases
    void set_deadline(Call& call, Elapsed wait);
    void give_up(Call& call);

    void place(Call& call, const Plan& plan);

    // Trunks (trunk_calls.cpp).
    void choose_trunk(Call& call);
    void place_on_trunk(Call& call, TrunkIndex trunk);
    void leave_trunk(Call& call);
    void conclude(Call& call, Failed failed);
    void move_on(Call& call, Failed failed);
    void on_silence(Call& call);
    void leave_leg_behind(Call& call);

    void on_deadline(Call& call);
    void on_invite_reply(Call& call, const StackEvent& event);
    void on_progress(Call& call, const StackEvent& event);
    void on_answer(Call& call);
    void on_refusal(Call& call, const StackEvent& event);
    void on_challenge(Call& call, const StackEvent& event);
    void fail(Call& call, const StackEvent& event);

    void take_call(const StackEvent& event, std::optional<TrunkIndex> came_by,
                   const std::string& phone);
    void turn_away(const StackEvent& event, IncomingGate::Verdict why);
    void on_refer(Call& call, const StackEvent& event);
    [[nodiscard]] std::optional<CallId> find_by_call_id(std::string_view sip_call_id) const;
    void on_peer_request(Call& call, const StackEvent& event);
    void on_reoffer(Call& call, const StackEvent& event);
    void on_hold_reply(Call& call, const StackEvent& event);
    void on_update_reply(Call& call, const StackEvent& event);
    bool try_later(Call& call, Retry what);
    void try_again(Call& call);
    void send_offer(Call& call);
    void on_state(Call& call, const StackEvent& event);
    void acknowledge(Call& call, bool offered);
    void on_terminated(Call& call, const StackEvent& event);
    void cancel(Call& call, const std::string& reason);
    void send_bye(Call& call, const std::string& reason);

    std::function<bool(const std::string&, const Source&)> is_phone_;
    Stack& stack_;
    Trunks& trunks_;
    IncomingGate gate_;
    HostList phone_hosts_;
    std::unordered_map<std::uint64_t, Call>
        calls_;  // by CallId; only looked up, or ended all alike
    std::multimap<Elapsed, CallId> deadlines_;
    std::uint64_t next_incoming_ = value_of(kFirstIncomingCall);
    std::uint64_t next_left_leg_ = kFirstLeftLeg;
};

}  // namespace bellwether::sip
