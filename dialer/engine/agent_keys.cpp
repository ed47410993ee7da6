#include "dialer/engine/agent_keys.h"

#include <algorithm>

namespace bellwether::engine {
namespace {

constexpr std::size_t kHoursDigits = 3;  // 999 hours: six weeks, further than anybody promises

bool is_digit(char key) { return key >= '0' && key <= '9'; }

KeysRead complete(AgentCommand command, std::string_view detail = {}) {
    return {KeysAre::Complete, {command, detail}};
}

/// One more key: a digit is the code's, # says that there is none.
KeysRead with_code(AgentCommand command, std::string_view rest, bool may_be_missing) {
    if (rest.empty()) return {KeysAre::Unfinished, {}};
    if (is_digit(rest.front())) return complete(command, rest.substr(0, 1));
    if (rest.front() == '#' && may_be_missing) return complete(command);
    return {KeysAre::Senseless, {}};
}

KeysRead with_hours(std::string_view rest) {
    if (rest.empty()) return {KeysAre::Unfinished, {}};
    const bool ended = rest.back() == '#';
    const std::string_view hours = ended ? rest.substr(0, rest.size() - 1) : rest;
    const bool sound = std::ranges::all_of(hours, is_digit) && hours.size() <= kHoursDigits;
    if (!sound || (ended && hours.empty())) return {KeysAre::Senseless, {}};
    if (!ended) return {KeysAre::Unfinished, {}};
    return complete(AgentCommand::CallBack, hours);
}

}  // namespace

KeysRead read_agent_keys(std::string_view keys, bool bare_disposition) {
    if (keys.empty() || keys == "*") return {KeysAre::Unfinished, {}};
    if (keys.front() != '*') {
        if (bare_disposition && is_digit(keys.front()))
            return complete(AgentCommand::Dispose, keys.substr(0, 1));
        return {KeysAre::Senseless, {}};
    }
    const std::string_view rest = keys.substr(2);
    switch (keys[1]) {
        case '0':
            return complete(AgentCommand::SignOut);
        case '1':
            return complete(AgentCommand::Ready);
        case '2':
            return with_code(AgentCommand::Pause, rest, true);
        case '3':
            return complete(AgentCommand::HangUp);
        case '4':
            return complete(AgentCommand::Hold);
        case '5':
            return complete(AgentCommand::Where);
        case '7':
            return with_hours(rest);
        case '8':
            return with_code(AgentCommand::Dispose, rest, false);
        default:
            return {KeysAre::Senseless, {}};
    }
}

}  // namespace bellwether::engine
