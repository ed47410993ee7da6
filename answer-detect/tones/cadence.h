#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "answer-detect/tones/cadence_table.h"
#include "answer-detect/tones/tone_runs.h"

namespace bellwether::answer_detect {

/// Recognises ringback, busy and congestion by frequency and rhythm. A ring is told after one whole
/// burst and 1.2 s without a sound, busy after two bursts, the quicker congestion after three.
class CadenceMatcher {
public:
    /// One step of 10 ms, after `runs` has followed it; `level_dbm0` is what stands out of the
    /// noise. Nothing unless a cadence fits now.
    std::optional<Tone> follow(const ToneRuns& runs, float level_dbm0);

    /// A burst that may become a cadence was heard in the last seconds: wait for the next one.
    [[nodiscard]] bool pending(double now_s) const;

private:
    void keep(const ToneRun& run);
    void notice_other_sound(const ToneRuns& runs, float level_dbm0);
    [[nodiscard]] double misfit(const Cadence& cadence, const ToneRuns& runs) const;
    [[nodiscard]] double misfit_at(const Cadence& cadence, const ToneRuns& runs, std::size_t needed,
                                   std::size_t newest) const;

    static constexpr std::size_t kKept = 4;
    std::array<ToneRun, kKept> bursts_{};  // newest first
    std::size_t count_ = 0;
    int other_sound_ = 0;  // windows in a row
};

}  // namespace bellwether::answer_detect
