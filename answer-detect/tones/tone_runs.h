#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "answer-detect/tones/peaks.h"

namespace bellwether::answer_detect {

inline constexpr double kHopS = 0.010;  ///< from one window to the next

/// A stretch of sound that is one or two steady lines. Seconds on the axis of the follower's hops.
struct ToneRun {
    double start_s = 0;
    double end_s = 0;           ///< so far, while it goes on
    std::array<float, 2> hz{};  ///< means, the stronger line first; second 0: a single line
    float purity = 0;           ///< mean share of the power that is in the two lines
    float wobble_hz = 0;        ///< standard deviation of the first line
    float width_hz = 0;         ///< mean spread about the first line, see Peaks
    float level_dbm0 = -96;     ///< mean
    float level_spread_db = 0;  ///< standard deviation
    float over_noise_db = 0;    ///< mean
    int hops = 0;               ///< windows of 10 ms that were heard clearly
    double quiet_before_s = 0;  ///< how long it had been 10 dB quieter before it began; at most 0.6

    [[nodiscard]] double length_s() const { return end_s - start_s; }
};

/// Whether `run` is the rest of the run before: a packet or two of a tone were lost between them.
[[nodiscard]] bool continues(const ToneRun& before, const ToneRun& run);

/// Both as one: `run` continues `before`.
[[nodiscard]] ToneRun joined(const ToneRun& before, const ToneRun& run);

/// What a window is worth.
enum class Heard {
    Clearly,
    Silence,  ///< the newest frame is digital silence or comfort noise
    InPart,   ///< some of it is concealment or silence
};

/// Joins windows into runs of steady tone. Speech makes none longer than a vowel held on one note.
class ToneRuns {
public:
    /// One step of 10 ms. A window that is not heard clearly neither carries a run on nor ends it,
    /// for 100 ms of concealment or 40 ms of silence (a muted packet, or two).
    void follow(const Peaks& peaks, Heard heard);

    /// The run that goes on: at least three windows old.
    [[nodiscard]] const std::optional<ToneRun>& open() const { return open_; }

    /// The run that ended with the last step.
    [[nodiscard]] const std::optional<ToneRun>& closed() const { return closed_; }

    /// Now: the end of the last window.
    [[nodiscard]] double now_s() const { return static_cast<double>(hops_) * kHopS; }

private:
    struct Candidate {
        double start_s = 0;
        double last_s = 0;
        double quiet_before_s = 0;
        double hz = 0, hz_square = 0, share = 0;
        double other_hz = 0, other_share = 0;
        double purity = 0, width = 0, level = 0, level_square = 0, over_noise = 0;
        int count = 0;
        int others = 0;

        [[nodiscard]] bool agrees(const Peaks& peaks) const;
        [[nodiscard]] double mean_level() const { return level / count; }
        void add(const Peaks& peaks, double centre_s);
        [[nodiscard]] ToneRun run() const;
    };

    void gather(Candidate& candidate, const Peaks& peaks, double centre_s) const;
    void open_when_ripe();
    [[nodiscard]] bool dropped(const Peaks& peaks) const;
    void go_without(const Peaks& peaks, double centre_s);
    void close();
    [[nodiscard]] double quiet_before(const Candidate& candidate) const;

    static constexpr std::size_t kLevels = 64;  // 640 ms, to see what came before a run

    long hops_ = 0;
    Candidate current_;  // the run that goes on, or that may begin
    Candidate next_;     // the run that may take over from it
    int missed_ = 0;     // windows in a row that did not carry it on
    int unheard_ = 0;
    int silent_ = 0;
    std::array<float, kLevels> levels_{};
    std::optional<ToneRun> open_;
    std::optional<ToneRun> closed_;
};

}  // namespace bellwether::answer_detect
