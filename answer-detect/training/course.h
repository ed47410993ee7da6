#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "answer-detect/calibration.h"
#include "answer-detect/greeting_model.h"
#include "answer-detect/training/calibrate.h"
#include "answer-detect/training/clip.h"
#include "answer-detect/training/trainer.h"

namespace bellwether::answer_detect::training {

struct CourseOptions {
    TrainOptions train;
    std::size_t folds = 5;
    std::size_t takes = 6;        ///< of each measured clip: as recorded, and on other lines
    std::size_t extra_takes = 6;  ///< and of each other one
    double measured_share = 3;    ///< how often an epoch a measured clip is learned
    double extra_share = 0.25;    ///< and how often another one
    double longest_s = 8;         ///< of each clip that is learned from
    double early_share = 0.03;    ///< of the clips a fold learns from, by speaker: when to stop
};

/// What was said of one clip by a network that knew neither its speaker nor its text.
struct HeldOutClip {
    std::size_t clip = 0;  ///< its place among the clips
    std::size_t fold = 0;
    Eigen::MatrixXf outputs;  ///< 4 heads x steps, raw log-odds
};

struct CourseResult {
    std::vector<std::size_t> fold;      ///< of each measured clip, then kExtra for the others
    std::vector<HeldOutClip> held_out;  ///< every measured clip, once
    Calibration calibration;            ///< from the held-out clips
    double calibration_error = 0;       ///< on them
    int best_epochs = 0;                ///< mean of the epochs that the folds learned for
    std::vector<Network> networks;      ///< of each fold: it knows none of the fold's clips
};

inline constexpr std::size_t kExtra = static_cast<std::size_t>(-1);

/// Tells how it goes: fold and epoch.
using Progress = std::function<void(std::size_t fold, const EpochReport& epoch)>;

/// Each clip in its takes. A clip's babble comes from clips of its own fold alone.
[[nodiscard]] std::vector<Lesson> make_lessons(std::span<const LabelledClip> clips,
                                               std::span<const std::size_t> fold,
                                               const CourseOptions& options,
                                               const ParallelFor& parallel_for);

/// Trains and measures fold by fold. The first `measured` clips are tested, each once; the others
/// are learned from alone, and not where they share a speaker or a text with the fold under test.
[[nodiscard]] CourseResult run_folds(std::span<const LabelledClip> clips, std::size_t measured,
                                     std::span<const Lesson> lessons, const CourseOptions& options,
                                     const ParallelFor& parallel_for, const Progress& progress);

/// The fold of each clip: the measured ones split, kExtra for the others.
[[nodiscard]] std::vector<std::size_t> folds_of(std::span<const LabelledClip> clips,
                                                std::size_t measured, std::size_t folds);

/// A model that learned from all clips, with the calibration of the folds.
[[nodiscard]] GreetingModel train_on_all(std::span<const Lesson> lessons,
                                         const CourseOptions& options,
                                         const Calibration& calibration,
                                         const std::string& training_set,
                                         const ParallelFor& parallel_for, const Progress& progress);

/// What the held-out networks said of people and machines at many moments of their greetings.
[[nodiscard]] std::vector<Statement> statements_of(std::span<const LabelledClip> clips,
                                                   std::span<const HeldOutClip> held_out);

}  // namespace bellwether::answer_detect::training
