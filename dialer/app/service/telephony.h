#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "answer-detect/greeting_model.h"
#include "base/ids.h"
#include "base/phone_number.h"
#include "base/result.h"
#include "dialer/app/files/config.h"
#include "dialer/app/service/call_ear.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "dialer/media/media_engine.h"
#include "dialer/sip/sip_endpoint.h"

namespace bellwether::app {

/// Joins the SIP endpoint and the media engine into the legs that the engine orders: an action
/// becomes an INVITE with our SDP, an answer becomes connected audio and an event. Holds no logic
/// of calls beyond that.
///
/// Lives on the core thread: perform() and everything it posts through `on_core` run there.
class Telephony {
public:
    struct Hooks {
        /// Runs a task on the core thread, in order; from any thread.
        std::function<void(std::function<void()>)> on_core;
        /// Hands the engine an event; core thread, inside a task of on_core.
        std::function<void(const engine::Event&)> tell;
        std::function<Result<PhoneNumber>(NumberId)> number;
        std::function<std::optional<std::string>(AgentId)> sip_user;
        std::function<std::optional<AgentId>(const std::string&)> agent;
        /// What the operator shows of the campaign's calls; empty: nothing.
        std::function<std::string(CampaignId)> call_label;
        /// Who it is that calls this number of ours from that one ("" or no number: anonymous).
        std::function<engine::CallArrived(CallId, const std::string& from,
                                          const std::string& called)>
            caller;
        /// How an agent signs in whose registered phone calls us; none: nobody of ours.
        std::function<std::optional<engine::AgentSignedIn>(CallId, const std::string& user)>
            phone_calls;
        std::uint64_t epoch = 0;  ///< names what has no number of its own
    };

    /// Binds the SIP socket and starts both engines' threads. Errors: Unavailable: the port is in
    /// use; InvalidInput: the greeting model's weights cannot be read.
    [[nodiscard]] static Result<std::unique_ptr<Telephony>> start(const Config& config,
                                                                  Hooks hooks);

    /// Carries out a telephony action; others are not for it (ignored).
    void perform(const engine::Action& action);

    [[nodiscard]] sip::SipEndpoint& sip() { return *sip_; }
    [[nodiscard]] media::MediaEngine& media() { return *media_; }

    /// Ends the SIP endpoint (BYE to whoever is left) and the media engine. Blocks; not on the core
    /// thread.
    void stop();

private:
    Telephony(const Config& config, Hooks hooks, answer_detect::GreetingModel model);

    void act(const engine::PlaceCall& action);
    void act(const engine::RingAgent& action);
    void act(const engine::AnswerCall& action);
    void act(const engine::RingTarget& action);
    void act(const engine::RingSupervisor& action);
    void act(const engine::HoldCall& action);
    void act(const engine::JoinCalls& action);
    void act(const engine::Listen& action);
    void act(const engine::PauseRecording& action);
    void act(const engine::EndHold& action);
    void act(const engine::RecordAnswer& action);
    void act(const engine::StopAnswer& action);
    void act(const engine::HangUp& action);
    void act(const engine::Bridge& action);
    void act(const engine::Unbridge& action);
    void act(const engine::Play& action);
    void act(const engine::StopPlaying& action);
    void act(const engine::Record& action);
    template <class Other>
    void act(const Other&) {}

    void hear(const sip::Event& event);
    void on(const sip::Ringing& event);
    void on(const sip::EarlyMedia& event);
    void on(const sip::Answered& event);
    void on(const sip::Failed& event);
    void on(const sip::Ended& event);
    void on(const sip::PeerHeld& event);
    void on(const sip::AnsweredAfterCancel& event);
    void on(const sip::IncomingCall& event);
    void on(const sip::IncomingCancelled& event);
    void on(const sip::TransferAsked& event);
    void phone_calls_in(CallId call, const std::string& user);
    void on(const sip::PhoneLost& event);
    void on(const sip::PhoneRegistered& event);
    void on(const sip::RegisterRefused& event);
    void on(const sip::TrunkState& event);
    template <class Other>
    void on(const Other&) {}

    void hear(const media::Event& event);
    [[nodiscard]] bool open_leg(CallId call);
    void ring_phone(CallId call, const std::string& address);
    void follow(CallId agent_leg);
    void fail_later(CallId call, campaigns::FailureKind kind);
    [[nodiscard]] sip::Headers invite_headers(const engine::PlaceCall& action) const;
    void listen(const engine::PlaceCall& action);
    void answer_is_heard(CallId call);
    void forget(CallId call);

    /// A contact's leg that is listened to.
    struct Listened {
        std::shared_ptr<CallEar> ear;
        std::chrono::steady_clock::time_point invited;
        bool early_media = false;
    };

    const std::filesystem::path recordings_;
    const Hooks hooks_;
    const answer_detect::GreetingModel model_;  ///< outlives every ear: the media engine ends first
    /// A supervisor's leg.
    struct Listener {
        CallId agent_leg{};
        media::Role role = media::Role::Monitor;
    };
    /// What a trunk bears now.
    struct TrunkRoom {
        int lines = 0;
        double calls_per_second = 0;
    };

    std::map<CallId, Listened> listened_;
    std::map<CallId, Listener> listeners_;
    std::map<CallId, AgentId> agents_legs_;
    std::uint64_t answers_recorded_ = 0;  ///< since the start: one question may be answered twice
    std::map<std::string, TrunkRoom> trunks_;
    std::map<CallId, std::string> arrived_;  ///< the offers of calls that came in, not answered yet
    std::unique_ptr<media::MediaEngine> media_;  ///< outlives the SIP endpoint, whose events use it
    std::unique_ptr<sip::SipEndpoint> sip_;
};

}  // namespace bellwether::app
