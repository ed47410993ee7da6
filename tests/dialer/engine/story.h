#pragma once

#include <chrono>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "dialer/engine/engine.h"

// Engine tests as lists of described steps. Events and actions are written as in the journal:
//   "CALL_FAILED call=$c failure.sip_status=486"      an event; fields left out take their defaults
//   "HANG_UP call=$c reason=RING_LIMIT"               an action with (at least) these fields
// $c stands for whatever it first met in an Expect, and for that ever after.

namespace bellwether::engine::story {

/// A service with one campaign that runs, and agents 1..n with ready phones; their legs are $leg1
/// .. $legN. The engine has asked for contacts. Time: Monday 2026-01-05, 10:00 UTC.
struct Given {
    std::string what;
    campaigns::CampaignSpec spec;
    int agents = 0;
};

/// The store answers AskForContacts with so many new contacts: 1, 2, 3 … with numbers of the same
/// name.
struct Offer {
    std::string what;
    int contacts = 0;
};

struct Tell {
    std::string what;
    std::variant<std::string, Event> event;
};

/// The person on this line presses a key.
struct Key {
    std::string what;
    std::string call;  ///< "$c"
    char key = '0';
};

/// Time passes, and every deadline in it.
struct Wait {
    std::string what;
    Duration length{};
};

/// The wall clock is set.
struct StepClock {
    std::string what;
    std::chrono::milliseconds by{};
};

/// Among the actions since the last Expect are these, in this order; others may stand between.
struct Expect {
    std::string what;
    std::vector<std::string> actions;
};

/// None of the actions since the last Expect is like any of these.
struct Never {
    std::string what;
    std::vector<std::string> actions;
};

using StoryStep = std::variant<Given, Offer, Tell, Key, Wait, StepClock, Expect, Never>;

/// Plays the steps; a failure names the step.
void play(const std::vector<StoryStep>& steps);

/// Without a story: hands the event over and takes what it leads to.
void handle(Engine& engine, const Event& event, Now now);

// --- campaigns to begin with: id 1, client 1, always open, 20 lines, 100 calls/s, ring limit 25 s
// ---

[[nodiscard]] campaigns::CampaignSpec progressive();
[[nodiscard]] campaigns::CampaignSpec ratio(double lines_per_agent);
[[nodiscard]] campaigns::CampaignSpec manual();
[[nodiscard]] campaigns::CampaignSpec notice();  ///< unattended; opt-out key 9
/// Progressive, with a desk ("support", phone 77) and a number ("outside") to hand calls on to, and
/// a menu for people who call +15550100: 1 the queue, 2 a callback, 3 a message, 9 no more calls.
[[nodiscard]] campaigns::CampaignSpec office();
/// The steps, from an agent ($leg1) who is about to be given contact 1 as $c.
[[nodiscard]] std::vector<StoryStep> talking(campaigns::CampaignSpec spec,
                                             std::vector<StoryStep> then, int agents = 1);
/// Unattended: q1 (key 1 or 2), q2 (an integer 0..99), opt-out key 9.
[[nodiscard]] campaigns::CampaignSpec survey();

}  // namespace bellwether::engine::story
