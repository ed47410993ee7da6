#pragma once

#include <optional>

#include "answer-detect/greeting_listener.h"
#include "answer-detect/policy.h"
#include "answer-detect/speech_clock.h"
#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// Decides on a person or a machine as the evidence comes in: the sooner, the clearer it is. Knows
/// no audio, only what was heard in it. Seconds since the answer.
class Decider {
public:
    /// What follows from one step, at most one of each.
    struct Outcome {
        bool speech_started = false;
        bool greeting_ended = false;
        std::optional<Verdict> verdict;  ///< the first, or one that differs from it
    };

    /// Circumstances of a step that the greeting model does not know.
    struct Around {
        double now_s = 0;           ///< end of the step
        bool media = true;          ///< something comes in: no digital silence, no comfort noise
        bool tone = false;          ///< a steady tone is played now: no voice
        double tone_start_s = 0;    ///< since when
        bool tone_pending = false;  ///< a tone may be about to be recognised
    };

    Decider(const Policy& policy, float prior_log_odds);

    /// One step of 40 ms. `log_odds` are the hearing's, calibrated, without priors.
    Outcome step(const Hearing& hearing, float log_odds, const Around& around);

    /// A beep was heard that begins now. The greeting is over, if it was not.
    Outcome beep(double now_s);

    /// It ended. Whoever speaks after it is no recorder.
    void beep_ended(double end_s) { beep_end_s_ = end_s; }

    /// A tone of the network was recognised. Nothing once somebody spoke, but for fax and SIT.
    Outcome tone(Verdict kind);

    [[nodiscard]] Verdict verdict() const { return verdict_; }
    [[nodiscard]] float log_odds() const { return log_odds_; }    ///< priors included
    [[nodiscard]] float threshold() const { return threshold_; }  ///< that the verdict had to pass
    [[nodiscard]] float prior_log_odds() const { return prior_log_odds_; }
    [[nodiscard]] double greeting_end_s() const { return greeting_end_s_; }
    [[nodiscard]] float music() const { return music_; }  ///< chance of it, over the last second
    [[nodiscard]] const SpeechClock& speech() const { return speech_; }

private:
    [[nodiscard]] bool spoken() const;
    [[nodiscard]] std::optional<Verdict> judge();
    [[nodiscard]] std::optional<Verdict> judge_speech();
    [[nodiscard]] std::optional<Verdict> judge_silence() const;
    [[nodiscard]] std::optional<Verdict> judge_again() const;
    [[nodiscard]] float machine_threshold() const;
    [[nodiscard]] bool is_human();
    [[nodiscard]] bool is_person_after_all() const;
    [[nodiscard]] bool greeting_over() const;
    void count(const Hearing& hearing, const Around& around);
    void settle(std::optional<Verdict> found, Outcome& outcome);

    Policy policy_;
    float prior_log_odds_ = 0;

    SpeechClock speech_;
    Verdict verdict_ = Verdict::Unsure;
    float log_odds_ = 0;
    float threshold_ = 0;
    double greeting_end_s_ = -1;
    double beep_s_ = -1;
    double beep_end_s_ = -1;
    double live_s_ = 0;  // of media without a word; what is no media counts less
    float music_ = 0;    // chance of it, over the last second
    double music_s_ = 0;
    int over_machine_ = 0;  // steps in a row
    int over_screener_ = 0;
    int sure_machine_ = 0;
    int sure_human_ = 0;
    bool told_start_ = false;
    bool turned_ = false;  // the verdict, once: it does not waver
    bool tone_pending_ = false;
    bool maybe_voice_ = false;
};

}  // namespace bellwether::answer_detect
