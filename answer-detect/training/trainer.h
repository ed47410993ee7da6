#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "answer-detect/network.h"
#include "answer-detect/training/example.h"
#include "answer-detect/training/gradient.h"

namespace bellwether::answer_detect::training {

/// Runs body(0) .. body(count - 1), in any order, on as many threads as the caller likes.
using ParallelFor =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;

/// One after the other.
void one_by_one(std::size_t count, const std::function<void(std::size_t)>& body);

/// A clip with its variations; the first is the clip as recorded.
struct Lesson {
    std::vector<Example> takes;
    double share = 1;  ///< how many times an epoch it is learned, on average
};

struct TrainOptions {
    std::uint64_t seed = 1;
    int epochs = 11;
    int fall_epochs = 20;         ///< over which the rate would fall to nothing; see train()
    int patience = 4;             ///< epochs of a clearly worse held-out loss before it stops
    double learning_rate = 5e-3;  ///< of Adam, at its highest
    float weight_decay = 0.03F;   ///< a step's share of each weight, times the rate
    Disturbance disturbance{.dropout = 0.2F, .colour = 0.3F, .noise = 0.2F, .masked = 0.4F};
    double as_recorded_share = 0.2;  ///< of the takes; the others are varied
};

struct EpochReport {
    int epoch = 0;                   ///< from 1
    double loss = 0;                 ///< mean per asked question, varied takes
    std::optional<double> held_out;  ///< of the machine's question, as recorded
    int kept = 0;                    ///< the epoch whose network would be the result by now
};

/// Learns from `lessons`, and gives the mean of the networks of about the last two epochs: at half
/// the highest rate they scatter around what they have in common, and less of it is learned by
/// heart than at the end of the fall. Where the loss of `held_out` becomes clearly worse and stays
/// so, it stops and gives the network from before that; smaller ups and downs mean nothing, with
/// few speakers. The result depends
/// on seed and input, not on the threads. Checked: there is a lesson.
[[nodiscard]] Network train(std::span<const Lesson* const> lessons,
                            std::span<const Lesson* const> held_out, const TrainOptions& options,
                            const ParallelFor& parallel_for,
                            const std::function<void(const EpochReport&)>& report);

}  // namespace bellwether::answer_detect::training
