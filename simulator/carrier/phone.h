#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "dialer/media/media_engine.h"
#include "dialer/sip/sip_endpoint.h"
#include "simulator/carrier/agent_talk.h"
#include "simulator/carrier/alarms.h"
#include "simulator/carrier/event_log.h"
#include "simulator/carrier/line_ear.h"
#include "simulator/carrier/loop.h"
#include "simulator/carrier/run.h"
#include "simulator/carrier/sounds.h"

namespace bellwether::carrier {

/// Counts of all phones together; any thread.
struct PhoneTotals {
    std::atomic<std::uint64_t> registered{0};
    std::atomic<std::uint64_t> legs{0};
    std::atomic<std::uint64_t> heard{0};
    std::atomic<std::uint64_t> dropped{0};
};

/// What all phones share; it outlives them.
struct PhoneRoom {
    const AgentsOptions& options;
    media::MediaEngine& media;
    Loop& loop;
    EventLog& log;
    const Sounds& sounds;
    PhoneTotals& totals;
    /// Told when a phone registers for the first time, or cannot: then with the reason.
    std::function<void(std::optional<Error>)> on_first_registration;
};

/// A practice agent's phone: registers, answers the nailed-up leg at once, keeps it, and lets its
/// AgentTalk speak. One leg at a time; a second call is answered 486. All on the loop's thread.
class Phone {
public:
    /// @param index  from 0; with it legs of different phones never share an id.
    Phone(PhoneRoom& room, AgentCredential credential, std::uint32_t index);

    void connect(sip::SipEndpoint& sip);  ///< once, before the first event; registers
    void take(const sip::Event& event);
    void listen();  ///< looks at the leg's ear; call every LineEar::kListenEvery
    void take_closed_leg(const media::LegClosed& closed);

    [[nodiscard]] bool owns(CallId leg) const;
    [[nodiscard]] const std::string& user() const { return credential_.user; }

private:
    struct Leg {
        CallId call;  ///< of this phone's endpoint
        CallId media;
        std::string call_id;
        AgentTalk talk{};
        Alarms<AgentWake, kAgentWakes> alarms{};
        std::shared_ptr<LineEar> ear = std::make_shared<LineEar>();
        bool far_speaks = false;
        std::uint32_t tones = 0;
        std::uint64_t playbacks = 0;
    };

    void on(const sip::RegistrationResult& result);
    void on(const sip::IncomingCall& incoming);
    void on(const sip::IncomingCancelled& cancelled);
    void on(const sip::Ended& ended);
    template <class Other>
    void on(const Other&) {}  // a phone places no calls

    void register_now();
    void register_again(int status);
    void tell(const AgentEvent& event);
    void obey(const CallHeard& heard);
    void obey(const CallGone&);
    void obey(const Speak& speak);
    void obey(const HangUpLeg&);
    void obey(const SetAgentAlarm& alarm);
    void obey(const ClearAgentAlarm& alarm);
    void wake(CallId media_leg, AgentWake wake, std::uint64_t ticket);
    void close_leg();
    [[nodiscard]] AgentTurn next_turn() const;

    PhoneRoom& room_;
    AgentCredential credential_;
    std::uint32_t index_;
    sip::SipEndpoint* sip_ = nullptr;
    Loop::Clock::time_point first_try_{};
    bool was_registered_ = false;
    bool gave_up_ = false;
    std::uint32_t legs_ = 0;
    std::uint64_t turns_ = 0;
    std::optional<Leg> leg_;
};

}  // namespace bellwether::carrier
