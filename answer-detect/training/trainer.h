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
    int epochs = 16;              ///< the rate of learning falls to nothing at the last one
    int patience = 4;             ///< epochs of a clearly worse held-out loss before it stops
    double learning_rate = 5e-3;  ///< of Adam, at its highest
    float weight_decay = 0.03F;   ///< a step's share of each weight, times the rate
    Disturbance disturbance{.dropout = 0.25F, .colour = 0.3F, .noise = 0.2F, .masked = 0.4F};
    double as_recorded_share = 0.2;  ///< of the takes; the others are varied
};

struct EpochReport {
    int epoch = 0;                   ///< from 1
    double loss = 0;                 ///< mean per asked question, varied takes
    std::optional<double> held_out;  ///< of the machine's question, as recorded
    int kept = 0;                    ///< the epoch whose network would be the result by now
};

/// Learns from `lessons`. Where the loss of `held_out` becomes clearly worse and stays so, it stops
/// and gives the network of the epoch before that; else the last one, for the rate has fallen to
/// nothing by then, and a loss over few speakers goes up and down for no reason. The result depends
/// on seed and input, not on the threads. Checked: there is a lesson.
[[nodiscard]] Network train(std::span<const Lesson* const> lessons,
                            std::span<const Lesson* const> held_out, const TrainOptions& options,
                            const ParallelFor& parallel_for,
                            const std::function<void(const EpochReport&)>& report);

}  // namespace bellwether::answer_detect::training
