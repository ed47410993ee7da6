#pragma once

#include <span>

#include "answer-detect/calibration.h"

namespace bellwether::answer_detect::training {

/// What a network said at one moment of a clip it had not learned from, and what was true.
struct Statement {
    float log_odds = 0;
    double since_onset_s = 0;
    bool is_machine = false;
};

/// Slope and offset at each of the calibration's times, by maximum likelihood over the statements
/// about it, with a weak pull to slope 1 and offset 0.
[[nodiscard]] Calibration fit_calibration(std::span<const Statement> statements);

/// Expected calibration error: the mean distance between what is said and what happens, over ten
/// equal ranges of probability. 0 without statements.
[[nodiscard]] double calibration_error(std::span<const Statement> statements,
                                       const Calibration& calibration);

}  // namespace bellwether::answer_detect::training
