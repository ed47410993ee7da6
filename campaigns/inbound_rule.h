#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/enum_names.h"

namespace bellwether::campaigns {

/// What a key does for somebody who has called a caller id.
enum class MenuDoes {
    Play,      ///< a message, then the menu again
    Agent,     ///< the queue for an agent
    CallBack,  ///< promises a callback at once, and ends the call
    OptOut,    ///< no more calls to this number
    HangUp,
};

struct MenuChoice {
    char key = '0';
    MenuDoes does = MenuDoes::Play;
    std::string prompt;  ///< of Play required; else said first, may be empty

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("key", self.key);
        visit("does", self.does);
        visit("prompt", self.prompt);
    }
};

/// What people hear who call back a number that the campaign has called from. Several countries ask
/// for it by law: who called, why, and how to make it stop.
struct InboundRule {
    std::string prompt;                ///< who called and why, and which keys do what
    std::vector<MenuChoice> menu;      ///< keys are unique; with OptOut, unless nobody may opt out
    int repeats = 1;                   ///< times the prompt is said again to somebody silent, 0..9
    std::chrono::seconds key_wait{8};  ///< for a key after the prompt, 1..60
    std::chrono::seconds queue_max{120};  ///< for an agent, 5..3600
    std::string queue_prompt;  ///< while he waits, again and again; empty: the built-in pattern
    /// To who asks for no more calls and hides his number; empty: the menu again.
    std::string no_number_prompt;
    std::string sorry_prompt;  ///< nobody came, or it is too late; empty: hung up without a word

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("prompt", self.prompt);
        visit("menu", self.menu);
        visit("repeats", self.repeats);
        visit("key_wait_s", self.key_wait);
        visit("queue_max_s", self.queue_max);
        visit("queue_prompt", self.queue_prompt);
        visit("no_number_prompt", self.no_number_prompt);
        visit("sorry_prompt", self.sorry_prompt);
    }
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::MenuDoes> = names("PLAY", "AGENT", "CALL_BACK",
                                                              "OPT_OUT", "HANG_UP");
}  // namespace bellwether
