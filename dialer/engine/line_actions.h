#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer-detect/policy.h"
#include "base/ids.h"
#include "base/time.h"
#include "campaigns/recording_rule.h"
#include "compliance/decision.h"
#include "dialer/engine/states.h"

// What the engine asks of the lines: calls, bridges, sounds and recordings.

namespace bellwether::engine {

/// Send the INVITE to the contact's number. Only ever emitted after the attempt is durable (R2).
struct PlaceCall {
    static constexpr std::string_view kName = "PLACE_CALL";
    CallId call{};
    AttemptId attempt{};
    CampaignId campaign{};
    ContactId contact{};
    NumberId number{};
    std::string caller_id;
    answer_detect::Mode listen = answer_detect::Mode::Off;
    compliance::Decision decision;  ///< taken again at this very instant

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("number", self.number);
        visit("caller_id", self.caller_id);
        visit("listen", self.listen);
        visit("decision", self.decision);
    }
};

/// Ring an agent's phone, to keep the leg up until he signs out.
struct RingAgent {
    static constexpr std::string_view kName = "RING_AGENT";
    CallId call{};
    AgentId agent{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("agent", self.agent);
    }
};

/// CANCEL before the answer, BYE after it.
struct HangUp {
    static constexpr std::string_view kName = "HANG_UP";
    CallId call{};
    HangUpReason reason = HangUpReason::None;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("reason", self.reason);
    }
};

/// Take a call that came in: 200 with our audio. Refused calls get HangUp.
struct AnswerCall {
    static constexpr std::string_view kName = "ANSWER_CALL";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// Ring the one who is to take a call over.
struct RingTarget {
    static constexpr std::string_view kName = "RING_TARGET";
    CallId call{};
    CampaignId campaign{};
    campaigns::TransferTarget target;
    std::string caller_id;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("campaign", self.campaign);
        visit("target", self.target);
        visit("caller_id", self.caller_id);
    }
};

struct RingSupervisor {
    static constexpr std::string_view kName = "RING_SUPERVISOR";
    CallId call{};
    std::string phone;  ///< user of a registered phone

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("phone", self.phone);
    }
};

/// Two legs hear each other. The agent hears a short tone first.
struct Bridge {
    static constexpr std::string_view kName = "BRIDGE";
    CallId contact_call{};
    CallId agent_call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("contact_call", self.contact_call);
        visit("agent_call", self.agent_call);
    }
};

struct Unbridge {
    static constexpr std::string_view kName = "UNBRIDGE";
    CallId contact_call{};
    CallId agent_call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("contact_call", self.contact_call);
        visit("agent_call", self.agent_call);
    }
};

struct HoldCall {
    static constexpr std::string_view kName = "HOLD_CALL";
    CallId call{};       ///< hears music, and nobody else
    std::string prompt;  ///< played again and again; empty: the built-in pattern

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("prompt", self.prompt);
    }
};

/// All three hear each other.
struct JoinCalls {
    static constexpr std::string_view kName = "JOIN_CALLS";
    CallId contact_call{};
    CallId agent_call{};
    CallId third_call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("contact_call", self.contact_call);
        visit("agent_call", self.agent_call);
        visit("third_call", self.third_call);
    }
};

/// A supervisor's leg follows an agent's leg from call to call.
struct Listen {
    static constexpr std::string_view kName = "LISTEN";
    CallId agent_call{};
    CallId listener{};
    ListenRole role = ListenRole::Monitor;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent_call", self.agent_call);
        visit("listener", self.listener);
        visit("role", self.role);
    }
};

struct PauseRecording {
    static constexpr std::string_view kName = "PAUSE_RECORDING";
    CallId call{};
    bool paused = true;  ///< false: recorded again

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("paused", self.paused);
    }
};

/// No music any more; nobody is heard yet.
struct EndHold {
    static constexpr std::string_view kName = "END_HOLD";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// Record what the person says to a question. Ends in AnswerRecorded.
struct RecordAnswer {
    static constexpr std::string_view kName = "RECORD_ANSWER";
    CallId call{};
    InterviewId interview{};
    std::string question;                  ///< key of the item
    std::chrono::seconds max{60};          ///< >= 1
    std::chrono::milliseconds silence{0};  ///< that ends it
    bool beep = true;
    campaigns::RecordingFormat format = campaigns::RecordingFormat::Wav;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("interview", self.interview);
        visit("question", self.question);
        visit("max_s", self.max);
        visit("silence_ms", self.silence);
        visit("beep", self.beep);
        visit("format", self.format);
    }
};

/// The answer is over; what was recorded is reported all the same.
struct StopAnswer {
    static constexpr std::string_view kName = "STOP_ANSWER";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// Play prompts in order; replaces what plays on this leg. Ends in PlaybackEnded with the same
/// number.
struct Play {
    static constexpr std::string_view kName = "PLAY";
    CallId call{};
    std::uint64_t playback = 0;
    std::vector<std::string> prompts;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("playback", self.playback);
        visit("prompts", self.prompts);
    }
};

struct StopPlaying {
    static constexpr std::string_view kName = "STOP_PLAYING";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// Record the call from now on. Where the campaign announces it, the announcement has been heard.
struct Record {
    static constexpr std::string_view kName = "RECORD";
    CallId call{};
    AttemptId attempt{};  ///< 0: of a call that came in
    campaigns::RecordingFormat format = campaigns::RecordingFormat::Wav;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
        visit("attempt", self.attempt);
        visit("format", self.format);
    }
};

}  // namespace bellwether::engine
