#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "base/probability.h"
#include "base/time.h"
#include "campaigns/campaign_spec.h"

namespace bellwether::simulator {

/// What becomes of an INVITE. Relative weights; checked: none negative, not all zero.
struct PeopleMix {
    double answers = 0.45;
    double rings_out = 0.25;  ///< rings until we give up
    double busy = 0.10;
    double not_found = 0.05;
    double rejected = 0.04;
    double congestion = 0.05;  ///< 503, half of them with Retry-After
    double unreachable = 0.03;
    double mute = 0.03;  ///< the carrier says nothing at all

    double ring_mean_s = 12;  ///< until the answer; lognormal
    double ring_sd_s = 6;
    double talk_mean_s = 40;  ///< with an agent, from the bridge; lognormal
    double talk_sd_s = 30;
    double patience_mean_s = 20;  ///< waiting, or listening to a message; exponential
};

/// What a person does with a keypad question. Relative weights.
struct KeyMix {
    double valid = 0.75;  ///< presses keys that the questionnaire offers
    double random = 0.10;
    double silent = 0.08;
    double opts_out = 0.03;
    double hangs_up = 0.04;
};

/// What goes wrong, and how often.
struct Faults {
    Probability lost_bye{0.0};         ///< an ended call is never confirmed, or goes silent
    Probability crossing_answer{0.0};  ///< a CANCEL meets the 200 on its way
    Probability lost_cancel{0.0};      ///< nobody confirms a CANCEL
    Probability repeated{0.0};         ///< progress is reported twice, or late
    Probability phone_drops{0.0};      ///< an agent's leg dies during a call
    Probability phone_silent{0.0};     ///< likewise, by silence instead of a BYE
    double store_stalls = 0;           ///< expected number over the run, as are those below
    double carrier_stalls = 0;
    double do_not_calls = 0;  ///< an operator adds a number of the list
    double clock_steps = 0;
    double mass_sign_outs = 0;
    double kills = 0;
    double registrations_lost = 0;
    double store_failures = 0;
    double operator_orders =
        0;  ///< a campaign is paused, stopped, started, changed, given contacts
};

struct AgentHabits {
    double break_chance = 0.05;  ///< after a wrap-up
    double break_mean_s = 120;
    double wrap_mean_s = 8;  ///< until he says so himself; the campaign's limit may come first
    double answers_phone = 0.95;
    double signs_out = 0.01;  ///< after a wrap-up; comes back later
};

/// What goes on beside the dialing.
struct FloorMix {
    Probability acts{0.0};  ///< an agent does something with a call, or writes it up
    int callers = 0;        ///< people who call in over the run
};

struct CampaignPlan {
    campaigns::CampaignSpec spec;
    int contacts = 0;
    int agents = 0;
};

/// A whole run as plain data: the same scenario and the same binary give the same trace.
struct Scenario {
    std::uint64_t seed = 1;
    Now start{};
    Duration length{};  ///< then a shutdown is ordered, and the calls run out
    int trunk_lines = 100;
    double trunk_calls_per_second = 50;
    std::vector<CampaignPlan> campaigns;
    Probability shared_numbers{0.0};  ///< a contact has the number of one in another campaign
    PeopleMix people;
    KeyMix keys;
    AgentHabits agents;
    FloorMix floor;
    Faults faults;
};

/// A scenario of which everything is drawn from the seed: the space that the property tests search.
[[nodiscard]] Scenario random_scenario(std::uint64_t seed);

}  // namespace bellwether::simulator
