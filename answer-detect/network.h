#pragma once

#include <Eigen/Core>
#include <array>
#include <span>

#include "answer-detect/front_end.h"

namespace bellwether::answer_detect {

/// The greeting model's outputs, all log-odds.
enum class Head { Machine, Voice, Screener, Music };

inline constexpr int kFeatureCount = static_cast<int>(Feature::kCount);
inline constexpr int kDenseUnits = 32;
inline constexpr int kStateUnits = 48;
inline constexpr int kGateRows = 3 * kStateUnits;  ///< reset, update, candidate
inline constexpr int kHeadCount = 4;

/// Where each matrix stands in the one column of all parameters, column-major.
struct Layout {
    static constexpr int kDense = 0;                                         ///< 32 x features
    static constexpr int kDenseBias = kDense + kDenseUnits * kFeatureCount;  ///< 32
    static constexpr int kInput = kDenseBias + kDenseUnits;                  ///< 144 x 32
    static constexpr int kInputBias = kInput + kGateRows * kDenseUnits;      ///< 144
    static constexpr int kState = kInputBias + kGateRows;                    ///< 144 x 48
    static constexpr int kStateBias = kState + kGateRows * kStateUnits;      ///< 48, candidate
    static constexpr int kHead = kStateBias + kStateUnits;                   ///< 4 x 48
    static constexpr int kHeadBias = kHead + kHeadCount * kStateUnits;       ///< 4
    static constexpr int kCount = kHeadBias + kHeadCount;
};

template <int rows, int columns>
using MatrixView = Eigen::Map<const Eigen::Matrix<float, rows, columns>>;

/// tanh to 1e-4 by Lambert's continued fraction, of + * / alone: an array of any shape, and the
/// same bits whether or not the compiler uses vector instructions.
template <class Array>
[[nodiscard]] auto soft_sign(const Array& x) {
    // The fraction reaches 1 here.
    constexpr float edge = 4.97F;
    const auto bounded = x.max(-edge).min(edge).eval();
    const auto square = bounded.square().eval();
    return (bounded * (135135.0F + square * (17325.0F + square * (378.0F + square))) /
            (135135.0F + square * (62370.0F + square * (3150.0F + square * 28.0F))))
        .max(-1.0F)
        .min(1.0F)
        .eval();
}

/// 1 / (1 + e^-x), from soft_sign.
template <class Array>
[[nodiscard]] auto soft_step(const Array& x) {
    return (0.5F + 0.5F * soft_sign(0.5F * x)).eval();
}

/// A dense layer, one gated recurrent layer (Cho et al. 2014, with the reset gate after the
/// product) and the heads. `mean` and `scale` standardise the features first.
struct Network {
    Eigen::VectorXf parameters = Eigen::VectorXf::Zero(Layout::kCount);
    Eigen::VectorXf mean = Eigen::VectorXf::Zero(kFeatureCount);
    Eigen::VectorXf scale = Eigen::VectorXf::Ones(kFeatureCount);  ///< multiplied with
};

/// One leg's memory of all steps so far.
using NetworkState = Eigen::Matrix<float, kStateUnits, 1>;
using HeadValues = Eigen::Matrix<float, kHeadCount, 1>;

/// One step: `state` becomes the next one. 13,000 multiplications in a fixed order; no allocation.
[[nodiscard]] HeadValues step(const Network& network, const Features& features,
                              NetworkState& state);

}  // namespace bellwether::answer_detect
