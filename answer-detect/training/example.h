#pragma once

#include <Eigen/Core>

#include "answer-detect/network.h"
#include "answer-detect/training/clip.h"
#include "answer-detect/training/targets.h"
#include "answer-detect/training/variation.h"

namespace bellwether::answer_detect::training {

/// One clip as the network meets it. Each matrix has one column a step of 40 ms; the rows of the
/// targets and their weights are the heads.
struct Example {
    Eigen::MatrixXf features;  ///< not standardised
    Eigen::MatrixXf targets;   ///< 0 or 1
    Eigen::MatrixXf weights;   ///< 0: not asked
    double onset_s = -1;       ///< of the speech, from the first step's start; negative: none

    [[nodiscard]] Eigen::Index steps() const { return features.cols(); }
};

/// The features of what was heard, through the same front end as in a call.
[[nodiscard]] Eigen::MatrixXf features_of(const HeardClip& heard);

[[nodiscard]] Example make_example(const LabelledClip& clip, const HeardClip& heard,
                                   const std::vector<Activity>& activity);

}  // namespace bellwether::answer_detect::training
