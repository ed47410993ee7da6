#pragma once

namespace bellwether::answer_detect {

/// When somebody spoke and when he paused, from the chance of a voice in each step. All clocks of
/// the decision start at the onset of speech, never at the answer. Seconds since the answer.
class SpeechClock {
public:
    /// One step of 40 ms that ends at `now_s`. `voice` 0 .. 1; levels are of this step.
    void step(float voice, float level_dbm0, float floor_dbm0, double now_s);

    [[nodiscard]] bool started() const { return onset_s_ >= 0; }
    [[nodiscard]] bool speaking() const { return speaking_; }
    [[nodiscard]] double onset_s() const { return onset_s_; }             ///< negative: not yet
    [[nodiscard]] double last_speech_s() const { return last_voice_s_; }  ///< end of it, so far
    [[nodiscard]] double since_onset_s() const;
    [[nodiscard]] double pause_s() const;  ///< the present one; 0 while somebody speaks
    [[nodiscard]] double speech_s() const { return speech_s_; }
    [[nodiscard]] double first_burst_s() const { return first_burst_s_; }
    [[nodiscard]] double longest_run_s() const { return longest_run_s_; }
    [[nodiscard]] double run_s() const;  ///< the present run, or the one before the present pause
    [[nodiscard]] double maybe_s() const { return maybe_s_; }  ///< of what may have been a voice
    [[nodiscard]] double pause_before_run_s() const { return pause_before_run_s_; }
    [[nodiscard]] int bursts() const { return bursts_; }
    [[nodiscard]] float snr_db() const;

private:
    void speak(double now_s);
    void measure();

    double now_s_ = 0;
    double onset_s_ = -1;
    double last_voice_s_ = 0;
    double run_start_s_ = 0;
    double pause_before_run_s_ = 0;
    double speech_s_ = 0;
    double first_burst_s_ = 0;
    double longest_run_s_ = 0;
    double maybe_s_ = 0;
    int bursts_ = 0;
    int voiced_ = 0;    // steps in a row with a voice
    int unvoiced_ = 0;  // without
    int loud_ = 0;      // those of them that are loud enough
    bool speaking_ = false;
    double level_sum_ = 0;  // over noise, dB
    int level_steps_ = 0;
};

}  // namespace bellwether::answer_detect
