#pragma once

#include <optional>
#include <string_view>

#include "base/enum_names.h"

namespace bellwether::engine {

/// What an agent can do with the keys of his phone.
enum class AgentCommand {
    Ready,     ///< *1
    Pause,     ///< *2# or *2 and the key of a pause code
    HangUp,    ///< *3
    Hold,      ///< *4; again: resume
    CallBack,  ///< *7 HH #: he calls himself in so many hours
    Dispose,   ///< *8 and the key of a disposition; in wrap-up the key alone
    SignOut,   ///< *0
    Where,     ///< *5: hears the state he is in
};

struct AgentKeys {
    AgentCommand command = AgentCommand::Where;
    std::string_view detail;  ///< the key of a code, or the hours; may be empty
};

enum class KeysAre { Unfinished, Complete, Senseless };

/// Reads what has been typed so far. Digits that no command begins with are senseless, except where
/// `bare_disposition` lets one stand for *8.
/// @param keys  0-9 * #, in the order pressed
struct KeysRead {
    KeysAre are = KeysAre::Senseless;
    AgentKeys keys{};  ///< of Complete; points into what was read
};
[[nodiscard]] KeysRead read_agent_keys(std::string_view keys, bool bare_disposition);

}  // namespace bellwether::engine

namespace bellwether {
template <>
inline constexpr auto kEnumNames<engine::AgentCommand> = names("READY", "PAUSE", "HANG_UP", "HOLD",
                                                               "CALL_BACK", "DISPOSE", "SIGN_OUT",
                                                               "WHERE");
}  // namespace bellwether
