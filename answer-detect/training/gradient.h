#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "answer-detect/network.h"
#include "answer-detect/training/example.h"

namespace bellwether::answer_detect::training {

/// Weighted cross-entropy and its slope by every parameter, summed over examples.
struct Gradient {
    Eigen::VectorXf slope = Eigen::VectorXf::Zero(Layout::kCount);
    double loss = 0;
    double machine_loss = 0;  ///< the part of the machine's question
    double weight = 0;        ///< of all questions asked; the loss is a sum, not yet divided by it
    double machine_weight = 0;
};

/// What is done to a network while it learns, lest it learns by heart. All chosen by `seed`, for
/// the whole of an example; features are meant as standardised.
struct Disturbance {
    float dropout = 0;  ///< share of the recurrent outputs hidden from the heads
    float colour = 0;   ///< largest offset and tilt of the bands: another telephone
    float noise = 0;    ///< largest offset of each feature at each step; needs a colour
    float masked = 0;   ///< share of examples with some neighbouring bands hidden; likewise
    std::uint64_t seed = 0;
};

/// Through the whole length of each example (back-propagation through time), all side by side.
[[nodiscard]] Gradient gradient_of(const Network& network, std::span<const Example* const> examples,
                                   const Disturbance& disturbance);

/// Loss alone, undisturbed.
[[nodiscard]] Gradient loss_of(const Network& network, std::span<const Example* const> examples);

/// The heads' log-odds at each step of one example: 4 x steps.
[[nodiscard]] Eigen::MatrixXf outputs_of(const Network& network, const Eigen::MatrixXf& features);

}  // namespace bellwether::answer_detect::training
