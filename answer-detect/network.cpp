#include "answer-detect/network.h"

namespace bellwether::answer_detect {

HeadValues step(const Network& network, const Features& features, NetworkState& state) {
    const float* p = network.parameters.data();
    const MatrixView<kDenseUnits, kFeatureCount> dense(p + Layout::kDense);
    const MatrixView<kDenseUnits, 1> dense_bias(p + Layout::kDenseBias);
    const MatrixView<kGateRows, kDenseUnits> input(p + Layout::kInput);
    const MatrixView<kGateRows, 1> input_bias(p + Layout::kInputBias);
    const MatrixView<kGateRows, kStateUnits> recurrent(p + Layout::kState);
    const MatrixView<kStateUnits, 1> state_bias(p + Layout::kStateBias);
    const MatrixView<kHeadCount, kStateUnits> head(p + Layout::kHead);
    const MatrixView<kHeadCount, 1> head_bias(p + Layout::kHeadBias);
    const MatrixView<kFeatureCount, 1> mean(network.mean.data());
    const MatrixView<kFeatureCount, 1> scale(network.scale.data());
    const MatrixView<kFeatureCount, 1> raw(features.data());

    const Eigen::Matrix<float, kFeatureCount, 1> x = (raw - mean).cwiseProduct(scale);
    Eigen::Matrix<float, kDenseUnits, 1> d = dense_bias;
    d.noalias() += dense * x;
    d = d.cwiseMax(0.0F);
    Eigen::Matrix<float, kGateRows, 1> from_input = input_bias;
    from_input.noalias() += input * d;
    Eigen::Matrix<float, kGateRows, 1> from_state;
    from_state.noalias() = recurrent * state;

    using Units = Eigen::Array<float, kStateUnits, 1>;
    constexpr int both = 2 * kStateUnits;
    const Eigen::Array<float, both, 1> gates =
        soft_step((from_input.head<both>() + from_state.head<both>()).array());
    const Units candidate = soft_sign(
        (from_input.tail<kStateUnits>().array() +
         gates.head<kStateUnits>() * (from_state.tail<kStateUnits>() + state_bias).array()));
    state = (candidate + gates.tail<kStateUnits>() * (state.array() - candidate)).matrix();

    HeadValues out = head_bias;
    out.noalias() += head * state;
    return out;
}

}  // namespace bellwether::answer_detect
