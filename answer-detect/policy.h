#pragma once

#include "base/enum_names.h"

namespace bellwether::answer_detect {

/// How a campaign listens. Source: research: answer-detect 5.4.
enum class Mode {
    Off,         ///< nobody listens
    Tones,       ///< the network's tones alone; everything else is a person
    Careful,     ///< at most 1 % of people taken for machines is aimed at
    Balanced,    ///< at most 3 %
    Background,  ///< bridge at once, keep listening, let the agent go only when sure
};

/// The decider's thresholds: log-odds of a machine, seconds.
struct Policy {
    Mode mode = Mode::Balanced;
    float machine_log_odds = 3.5F;       ///< MACHINE above it, held for `machine_hold_steps`
    float machine_late_log_odds = 3.5F;  ///< the same for somebody who speaks on and on: by degrees
    double machine_ramp_s = 2.0;         ///< from here to `decide_after_s`, after onset
    int machine_hold_steps = 3;          ///< of 40 ms
    double machine_after_s = 0.5;        ///< earliest MACHINE, after onset
    float human_log_odds = -2.0F;        ///< HUMAN below it in a pause of `human_pause_s`
    double human_pause_s = 0.5;
    float human_late_log_odds = -0.5F;  ///< and below this one after `human_late_s` more
    double human_late_s = 0.5;
    double decide_after_s = 4.0;  ///< after onset: HUMAN unless above the machine's
    double decide_pause_s = 1.6;  ///< into the pause after the greeting: likewise
    double no_speech_s = 3.5;     ///< of live media without a word
};

/// Thresholds of a mode, as the shipped weights were measured with them (docs/answer-detect.md).
[[nodiscard]] Policy policy_of(Mode mode);

/// The policy of a campaign that weighs hanging up on a person e^`log_cost` times as heavily as
/// this one does against giving an agent a machine, and both of them more heavily than waiting:
/// it asks for more before MACHINE, or for less, and waits longer before HUMAN.
[[nodiscard]] Policy at_cost(Policy policy, float log_cost);

/// What is known before a word is heard.
struct Prior {
    double ring_s = -1;        ///< from INVITE to answer; negative: not known
    bool early_media = false;  ///< the network played something before the answer
    bool diverted = false;     ///< 181, 302, Diversion or History-Info was seen
    int earlier_machines = 0;  ///< verdicts of this number's earlier calls
    int earlier_humans = 0;
};

/// The same in log-odds of a machine: -1.2 .. 1.2, 0 when nothing is known.
[[nodiscard]] float prior_log_odds(const Prior& prior);

}  // namespace bellwether::answer_detect

namespace bellwether {
template <>
inline constexpr auto kEnumNames<answer_detect::Mode> = names("OFF", "TONES", "CAREFUL", "BALANCED",
                                                              "BACKGROUND");
}  // namespace bellwether
