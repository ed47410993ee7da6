#pragma once

#include <array>
#include <optional>

#include "answer-detect/tones/tone_runs.h"
#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// Recognises special information tones: three rising tones without a gap, with the code that their
/// frequencies and lengths spell. Told 150 ms into the third tone.
class SitMatcher {
public:
    /// One step of 10 ms, after `runs` has followed it.
    std::optional<Tone> follow(const ToneRuns& runs);

private:
    std::array<ToneRun, 2> before_{};  // the newest closed runs, newest first
};

}  // namespace bellwether::answer_detect
