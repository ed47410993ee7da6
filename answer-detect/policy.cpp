#include "answer-detect/policy.h"

#include <algorithm>
#include <cmath>

namespace bellwether::answer_detect {
namespace {

// Weights of what is known before a word is heard, in log-odds of a machine. They are small and
// bounded on purpose: no recording tells them, only an operator's own calls can (`amd
// recalibrate`).
constexpr float kDiverted = 0.8F;  // a diversion mostly leads to a mailbox
constexpr float kEarlyMedia = 0.2F;
constexpr float kAtOnce = 0.5F;  // switched off: the mailbox answers in a moment
constexpr double kAtOnceS = 2.5;
constexpr float kPromptly = -0.3F;  // a hand took it
constexpr double kPromptlyS = 14;
constexpr float kLong = 0.4F;  // mailboxes take over after 20 to 35 s
constexpr double kLongFromS = 20;
constexpr double kLongToS = 36;
constexpr float kEarlierMachine = 0.3F;  // each of at most three
constexpr float kEarlierHuman = -0.4F;
constexpr int kEarlierMost = 3;
constexpr float kAllTogether = 1.2F;

float of_ringing(double ring_s) {
    if (ring_s < 0) return 0;
    if (ring_s < kAtOnceS) return kAtOnce;
    if (ring_s < kPromptlyS) return kPromptly;
    return ring_s >= kLongFromS && ring_s < kLongToS ? kLong : 0;
}

}  // namespace

// Measured: docs/answer-detect.md, on the folds that the model had not learned from.
Policy policy_of(Mode mode) {
    Policy policy;
    policy.mode = mode;
    policy.machine_log_odds = 4.5F;
    policy.machine_late_log_odds = 1.0F;
    policy.machine_ramp_s = 2.2;
    policy.machine_hold_steps = 4;
    policy.machine_after_s = 0.5;
    policy.human_log_odds = -1.4F;
    policy.human_pause_s = 0.55;
    policy.human_late_log_odds = -1.4F;
    policy.human_late_s = 0.55;
    policy.decide_after_s = 5.8;
    policy.decide_pause_s = 1.6;
    if (mode == Mode::Careful || mode == Mode::Background) {
        policy.machine_log_odds = 5.0F;
        policy.machine_late_log_odds = 2.8F;
        policy.human_late_log_odds = -1.0F;
        policy.human_late_s = 0.5;
        policy.decide_after_s = 6.0;
    }
    if (mode == Mode::Background) {
        policy.machine_log_odds = 5.3F;  // P = 0.995: the agent is talking already
        policy.machine_late_log_odds = 5.3F;
        policy.decide_after_s = 12;
    }
    return policy;
}

Policy at_cost(Policy policy, float log_cost) {
    // To call a person late is the third cost, and grows small beside the other two.
    constexpr float kPatience = 3.0F;
    constexpr float kPatienceMost = 2.0F;
    policy.machine_log_odds += log_cost;
    policy.machine_late_log_odds += log_cost;
    const float patience = std::min(kPatience * std::abs(log_cost), kPatienceMost);
    policy.human_log_odds -= patience;
    policy.human_late_log_odds -= patience;
    return policy;
}

float prior_log_odds(const Prior& prior) {
    float sum = of_ringing(prior.ring_s);
    if (prior.diverted) sum += kDiverted;
    if (prior.early_media) sum += kEarlyMedia;
    sum += kEarlierMachine * static_cast<float>(std::min(prior.earlier_machines, kEarlierMost));
    sum += kEarlierHuman * static_cast<float>(std::min(prior.earlier_humans, kEarlierMost));
    return std::clamp(sum, -kAllTogether, kAllTogether);
}

}  // namespace bellwether::answer_detect
