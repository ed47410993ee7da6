#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "answer-detect/evaluation/listen.h"

namespace bellwether::app {

/// What was heard in a recording, over one time axis: waveform, spectrogram, the log-odds of a
/// machine with the thresholds of `policy`; through all of them the onset, the end of the greeting,
/// beeps and the verdict. SVG text.
[[nodiscard]] std::string draw_listening(const std::string& title,
                                         std::span<const std::int16_t> pcm,
                                         const answer_detect::evaluation::Heard& heard,
                                         const answer_detect::Policy& policy);

}  // namespace bellwether::app
