#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "dialer/media/media_engine.h"
#include "dialer/sip/sip_endpoint.h"
#include "simulator/carrier/alarms.h"
#include "simulator/carrier/challenges.h"
#include "simulator/carrier/digest_gate.h"
#include "simulator/carrier/event_log.h"
#include "simulator/carrier/line_ear.h"
#include "simulator/carrier/loop.h"
#include "simulator/carrier/person.h"
#include "simulator/carrier/run.h"
#include "simulator/carrier/sounds.h"

namespace bellwether::carrier {

/// The practice carrier's switch: lends each Person a telephone, and writes down what happens.
///
/// All on the loop's thread, save counts() and log_failed(). The INVITE stands in the log before
/// anything but the stack's own 100 is answered; every other line before its SIP message goes out.
class Exchange {
public:
    /// What the exchange works with; all of it outlives the exchange's last task.
    struct Parts {
        sip::SipEndpoint& sip;
        media::MediaEngine& media;
        Loop& loop;
        EventLog& log;
        Sounds sounds;
    };
    Exchange(const CarrierOptions& options, Parts parts);

    void take(const sip::Event& event);
    void take(const media::Event& event);
    void listen();  ///< starts to look at the lines' ears, every LineEar::kListenEvery

    [[nodiscard]] CarrierCounts counts() const;                    ///< any thread
    [[nodiscard]] bool log_failed() const { return log_failed_; }  ///< any thread

private:
    struct Line {
        CallId id;
        std::string call_id;  ///< of SIP
        std::string offer;
        Person person;
        Alarms<PersonWake, kPersonWakes> alarms{};
        std::shared_ptr<LineEar> ear{};
        std::string sdp{};  ///< our answer; not empty once the leg is open
        bool far_speaks = false;
        bool answered = false;
        bool refused = false;
        std::uint64_t playbacks = 0;
    };

    void on(const sip::IncomingCall& incoming);
    void on(const sip::IncomingCancelled& cancelled);
    void on(const sip::Ended& ended);
    void on(const media::KeyPressed& pressed);
    void on(const media::LegClosed& closed);
    template <class Other>
    void on(const Other&) {}  // outgoing calls and registrations: there are none here

    [[nodiscard]] std::uint32_t note_invite(const sip::IncomingCall& incoming);
    [[nodiscard]] bool admit(const sip::IncomingCall& incoming, std::uint32_t ordinal);

    void tell(Line& line, const PersonEvent& event);
    void obey(Line& line, const Ring&);
    void obey(Line& line, const SoundEarly&);
    void obey(Line& line, const Answer&);
    void obey(Line& line, const Refuse& refuse);
    void obey(Line& line, const Say& say);
    void obey(Line& line, const PressKeys& press);
    void obey(Line& line, const Leave&);
    void obey(Line& line, const SetAlarm& alarm);
    void obey(Line& line, const ClearAlarm& alarm);

    [[nodiscard]] bool open_leg(Line& line);
    void refuse(Line& line, int status, std::string_view why);
    [[nodiscard]] const std::vector<Sound>& sounds_for(Words words) const;
    void play(Line& line, const Sound& sound);
    void wake(CallId id, PersonWake wake, std::uint64_t ticket);
    void hear(Line& line);
    void forget(Line& line);  ///< closes the leg and erases the line

    const CarrierOptions options_;
    Parts parts_;
    std::optional<DigestGate> gate_;
    Challenges challenges_;
    std::unordered_map<std::string, std::uint32_t> calls_of_number_;  // only looked up
    std::map<CallId, Line> lines_;
    std::map<CallId, std::string>
        closing_;  ///< Call-IDs of legs whose statistics are still to come

    std::atomic<std::uint64_t> invites_{0};
    std::atomic<std::uint64_t> answered_{0};
    std::atomic<std::uint64_t> rejected_{0};
    std::atomic<std::uint64_t> cancelled_{0};
    std::atomic<std::uint64_t> digits_{0};
    std::atomic<bool> log_failed_{false};
};

}  // namespace bellwether::carrier
