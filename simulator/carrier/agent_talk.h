#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"

namespace bellwether::carrier {

/// Why the agent at a practice phone wakes up. At most one alarm of each kind is set at a time.
enum class AgentWake {
    Speak,  ///< it is the agent's turn
    Gone,   ///< silent for so long that the other side must have gone
    Drop,   ///< hangs up the leg
};
inline constexpr std::size_t kAgentWakes = 3;

// What an agent perceives on the nailed-up leg.
struct AgentWoken {
    AgentWake wake;
};
struct HearsSpeech {};
struct HearsQuiet {};
struct HearsTone {
};  ///< the tone that announces a call; it is speech, too, and was told as that before
using AgentEvent = std::variant<AgentWoken, HearsSpeech, HearsQuiet, HearsTone>;

// What an agent does.
struct CallHeard {
    bool first;  ///< the first one on this leg
};
struct CallGone {};
struct Speak {
    std::uint64_t clip;  ///< picks the sound
};
struct HangUpLeg {};  ///< the last command
struct SetAgentAlarm {
    AgentWake wake;
    Duration in;
};
struct ClearAgentAlarm {
    AgentWake wake;
};
using AgentCommand =
    std::variant<CallHeard, CallGone, Speak, HangUpLeg, SetAgentAlarm, ClearAgentAlarm>;

/// What the agent will do in the next call heard.
struct AgentTurn {
    Duration reply_delay;                 ///< pause before the agent speaks
    std::optional<Duration> drops_after;  ///< hangs up the leg so long into the call
    std::uint64_t clip;
};

/// An agent on a nailed-up leg: silent until a call is heard (the announcing tone or speech), then
/// talking in turns, then silent again. Events in, commands out, no clock, no chance.
///
/// An agent cannot tell a call that has ended from a contact who says nothing: after kGone of
/// silence, or with the announcing tone, the next sound counts as a new call.
class AgentTalk {
public:
    static constexpr Duration kGone = std::chrono::seconds{4};
    /// Speaks again, unanswered, after so long; at most kMonologue times in a row.
    static constexpr Duration kAgain = std::chrono::seconds{3};
    static constexpr int kMonologue = 2;

    /// @param turn  for the next call heard on this leg; taken when the call is heard.
    [[nodiscard]] std::vector<AgentCommand> handle(const AgentEvent& event, const AgentTurn& turn);

    [[nodiscard]] std::uint64_t calls_heard() const { return calls_heard_; }

private:
    using Commands = std::vector<AgentCommand>;

    void on(const AgentWoken& woken, const AgentTurn& turn, Commands& out);
    void on(const HearsSpeech&, const AgentTurn& turn, Commands& out);
    void on(const HearsQuiet&, const AgentTurn& turn, Commands& out);
    void on(const HearsTone&, const AgentTurn& turn, Commands& out);
    void begin_call(const AgentTurn& turn, Commands& out);
    void speak(Commands& out);

    bool in_call_ = false;
    bool first_words_ = false;  ///< of this call: no pause since it was heard
    bool hung_up_ = false;
    int unanswered_ = 0;
    std::uint64_t calls_heard_ = 0;
    std::uint64_t said_ = 0;
    AgentTurn turn_{};
};

}  // namespace bellwether::carrier

namespace bellwether {

template <>
inline constexpr auto kEnumNames<carrier::AgentWake> = names("SPEAK", "GONE", "DROP");

}  // namespace bellwether
