#include "answer-detect/training/gradient.h"

#include <algorithm>
#include <utility>

#include "base/maths.h"
#include "base/rng.h"

namespace bellwether::answer_detect::training {
namespace {

using Matrix = Eigen::MatrixXf;
using Index = Eigen::Index;

// Sums over more columns than this are taken in parts: Eigen splits longer ones by the size of the
// processor's caches, and the result would depend on it.
constexpr Index kColumnsAtOnce = 256;

constexpr std::uint64_t kMostMasked = 6;  // bands

template <int rows, int columns>
using Weights = Eigen::Map<const Eigen::Matrix<float, rows, columns>>;

struct View {
    explicit View(const float* p)
        : dense(p + Layout::kDense),
          dense_bias(p + Layout::kDenseBias),
          input(p + Layout::kInput),
          input_bias(p + Layout::kInputBias),
          state(p + Layout::kState),
          state_bias(p + Layout::kStateBias),
          head(p + Layout::kHead),
          head_bias(p + Layout::kHeadBias) {}

    Weights<kDenseUnits, kFeatureCount> dense;
    Weights<kDenseUnits, 1> dense_bias;
    Weights<kGateRows, kDenseUnits> input;
    Weights<kGateRows, 1> input_bias;
    Weights<kGateRows, kStateUnits> state;
    Weights<kStateUnits, 1> state_bias;
    Weights<kHeadCount, kStateUnits> head;
    Weights<kHeadCount, 1> head_bias;
};

// target += left * right^T, in a fixed order of additions.
void add_outer(Eigen::Map<Matrix> target, const Matrix& left, const Matrix& right) {
    for (Index from = 0; from < left.cols(); from += kColumnsAtOnce) {
        const Index count = std::min(kColumnsAtOnce, left.cols() - from);
        target.noalias() +=
            left.middleCols(from, count) * right.middleCols(from, count).transpose();
    }
}

// Examples side by side: the column of step t of example b is t * width + b. Shorter examples end
// in zeros, whose weights are zero.
class Pass {
public:
    Pass(const Network& network, std::span<const Example* const> examples)
        : network_(network),
          view_(network.parameters.data()),
          width_(static_cast<Index>(examples.size())) {
        for (const auto* example : examples) steps_ = std::max(steps_, example->steps());
        lay_side_by_side(examples);
    }

    void run(const Disturbance& disturbance) {
        Rng rng(disturbance.seed, "disturbance");
        if (disturbance.colour > 0) {
            for (Index b = 0; b < width_; ++b) disturb_features(b, disturbance, rng);
        }
        forward_inputs();
        forward_time();
        heard_ = states_.rightCols(columns());
        if (disturbance.dropout > 0) hide_some(disturbance.dropout, rng);
        outputs_.noalias() = view_.head * heard_;
        outputs_.colwise() += view_.head_bias;
    }

    // Loss into `sums`; the slope by the outputs stays here for learn().
    void judge(Gradient& sums) {
        output_slopes_ =
            weights_.cwiseProduct((soft_step(outputs_.array()) - targets_.array()).matrix());
        for (Index column = 0; column < columns(); ++column) judge_step(column, sums);
    }

    void learn(Gradient& sums) {
        Matrix slopes = view_.head.transpose() * output_slopes_;
        if (mask_.size() > 0) slopes = slopes.cwiseProduct(mask_);
        backward_time(slopes, sums);
        add_outer(part(sums, Layout::kHead, kHeadCount, kStateUnits), output_slopes_, heard_);
        part(sums, Layout::kHeadBias, kHeadCount, 1) += output_slopes_.rowwise().sum();
        add_outer(part(sums, Layout::kInput, kGateRows, kDenseUnits), input_slopes_, dense_);
        part(sums, Layout::kInputBias, kGateRows, 1) += input_slopes_.rowwise().sum();
        Matrix dense_slopes = view_.input.transpose() * input_slopes_;
        dense_slopes = (dense_.array() > 0).select(dense_slopes, 0.0F);
        add_outer(part(sums, Layout::kDense, kDenseUnits, kFeatureCount), dense_slopes, features_);
        part(sums, Layout::kDenseBias, kDenseUnits, 1) += dense_slopes.rowwise().sum();
    }

    [[nodiscard]] const Matrix& outputs() const { return outputs_; }

private:
    [[nodiscard]] Index columns() const { return steps_ * width_; }

    static Eigen::Map<Matrix> part(Gradient& sums, int at, int rows, int columns) {
        return {sums.slope.data() + at, rows, columns};
    }

    void lay_side_by_side(std::span<const Example* const> examples) {
        features_.setZero(kFeatureCount, columns());
        targets_.setZero(kHeadCount, columns());
        weights_.setZero(kHeadCount, columns());
        for (Index b = 0; b < width_; ++b) {
            const Example& example = *examples[static_cast<std::size_t>(b)];
            for (Index t = 0; t < example.steps(); ++t) {
                const Index column = t * width_ + b;
                features_.col(column) =
                    (example.features.col(t) - network_.mean).cwiseProduct(network_.scale);
                targets_.col(column) = example.targets.col(t);
                weights_.col(column) = example.weights.col(t);
            }
        }
    }

    void disturb_features(Index b, const Disturbance& disturbance, Rng& rng) {
        constexpr Index bands = kMelBands;
        const auto within = [&rng](float most) {
            const auto bound = static_cast<double>(most);
            return static_cast<float>(rng.uniform(-bound, bound));
        };
        Eigen::VectorXf colour = Eigen::VectorXf::Zero(kFeatureCount);
        const float tilt = within(disturbance.colour);
        for (Index band = 0; band < bands; ++band) {
            const auto place = static_cast<float>(2 * band + 1 - bands) / static_cast<float>(bands);
            colour[band] = tilt * place + within(disturbance.colour);
        }
        const bool is_masked = rng.uniform() < static_cast<double>(disturbance.masked);
        const auto first = static_cast<Index>(rng.below(bands));
        const auto count = std::min(bands - first, static_cast<Index>(1 + rng.below(kMostMasked)));
        for (Index t = 0; t < steps_; ++t) {
            auto features = features_.col(t * width_ + b);
            for (Index i = 0; i < kFeatureCount; ++i) {
                features[i] += colour[i] + within(disturbance.noise);
            }
            if (is_masked) features.segment(first, count).setZero();
        }
    }

    void forward_inputs() {
        dense_.noalias() = view_.dense * features_;
        dense_.colwise() += view_.dense_bias;
        dense_ = dense_.cwiseMax(0.0F);
        inputs_.noalias() = view_.input * dense_;
        inputs_.colwise() += view_.input_bias;
    }

    void forward_time() {
        constexpr Index both = Index{2} * kStateUnits;
        states_.setZero(kStateUnits, columns() + width_);
        gates_.resize(both, columns());
        recalled_.resize(kStateUnits, columns());
        candidates_.resize(kStateUnits, columns());
        Matrix from_state(kGateRows, width_);
        for (Index t = 0; t < steps_; ++t) {
            const Index at = t * width_;
            const auto before = states_.middleCols(at, width_);
            from_state.noalias() = view_.state * before;
            gates_.middleCols(at, width_) =
                soft_step((inputs_.block(0, at, both, width_) + from_state.topRows(both)).array());
            recalled_.middleCols(at, width_) =
                from_state.bottomRows(kStateUnits).colwise() + view_.state_bias;
            candidates_.middleCols(at, width_) =
                soft_sign(inputs_.block(both, at, kStateUnits, width_).array() +
                          gates_.block(0, at, kStateUnits, width_).array() *
                              recalled_.middleCols(at, width_).array());
            const auto candidate = candidates_.middleCols(at, width_);
            const auto update = gates_.block(kStateUnits, at, kStateUnits, width_);
            states_.middleCols(at + width_, width_) =
                candidate + update.cwiseProduct(before - candidate);
        }
    }

    // The same units stay hidden through the whole of an example.
    void hide_some(float dropout, Rng& rng) {
        mask_.resize(kStateUnits, columns());
        const float kept = 1.0F / (1.0F - dropout);
        for (Index b = 0; b < width_; ++b) {
            for (Index unit = 0; unit < kStateUnits; ++unit) {
                mask_(unit, b) = rng.uniform() < static_cast<double>(dropout) ? 0.0F : kept;
            }
        }
        for (Index t = 1; t < steps_; ++t)
            mask_.middleCols(t * width_, width_) = mask_.leftCols(width_);
        heard_ = heard_.cwiseProduct(mask_);
    }

    void judge_step(Index column, Gradient& sums) {
        for (Index head = 0; head < kHeadCount; ++head) {
            const auto weight = static_cast<double>(weights_(head, column));
            if (weight <= 0) continue;
            const double z = static_cast<double>(outputs_(head, column));
            const double right = targets_(head, column) > 0.5F ? -z : z;  // log(1 + e^right)
            const double loss =
                weight * (std::max(right, 0.0) + maths::log1p(maths::exp(-std::abs(right))));
            sums.loss += loss;
            sums.weight += weight;
            if (head != static_cast<Index>(Head::Machine)) continue;
            sums.machine_loss += loss;
            sums.machine_weight += weight;
        }
    }

    void backward_time(const Matrix& slopes, Gradient& sums) {
        constexpr Index both = Index{2} * kStateUnits;
        input_slopes_.resize(kGateRows, columns());
        Matrix state_slopes(kGateRows, columns());
        Matrix carried = Matrix::Zero(kStateUnits, width_);
        for (Index t = steps_ - 1; t >= 0; --t) {
            const Index at = t * width_;
            const auto before = states_.middleCols(at, width_).array();
            const auto candidate = candidates_.middleCols(at, width_).array();
            const auto reset = gates_.block(0, at, kStateUnits, width_).array();
            const auto update = gates_.block(kStateUnits, at, kStateUnits, width_).array();
            const auto recalled = recalled_.middleCols(at, width_).array();
            const Eigen::ArrayXXf slope = (carried + slopes.middleCols(at, width_)).array();
            const Eigen::ArrayXXf by_candidate = slope * (1 - update) * (1 - candidate.square());

            auto inputs = input_slopes_.middleCols(at, width_);
            inputs.topRows(kStateUnits) = (by_candidate * recalled * reset * (1 - reset)).matrix();
            inputs.middleRows(kStateUnits, kStateUnits) =
                (slope * (before - candidate) * update * (1 - update)).matrix();
            inputs.bottomRows(kStateUnits) = by_candidate.matrix();
            auto states = state_slopes.middleCols(at, width_);
            states.topRows(both) = inputs.topRows(both);
            states.bottomRows(kStateUnits) = (by_candidate * reset).matrix();

            carried = (slope * update).matrix();
            carried.noalias() += view_.state.transpose() * states;
        }
        add_outer(part(sums, Layout::kState, kGateRows, kStateUnits), state_slopes,
                  states_.leftCols(columns()));
        part(sums, Layout::kStateBias, kStateUnits, 1) +=
            state_slopes.bottomRows(kStateUnits).rowwise().sum();
    }

    const Network& network_;
    View view_;
    Index width_;
    Index steps_ = 0;
    Matrix features_;
    Matrix targets_;
    Matrix weights_;
    Matrix dense_;
    Matrix inputs_;
    Matrix states_;    // from the zeros before the first step on
    Matrix gates_;     // reset over update
    Matrix recalled_;  // what the reset gate lets through or not
    Matrix candidates_;
    Matrix heard_;  // states as the heads see them
    Matrix mask_;
    Matrix outputs_;
    Matrix output_slopes_;
    Matrix input_slopes_;
};

}  // namespace

Gradient gradient_of(const Network& network, std::span<const Example* const> examples,
                     const Disturbance& disturbance) {
    Gradient sums;
    if (examples.empty()) return sums;
    Pass pass(network, examples);
    pass.run(disturbance);
    pass.judge(sums);
    pass.learn(sums);
    return sums;
}

Gradient loss_of(const Network& network, std::span<const Example* const> examples) {
    Gradient sums;
    if (examples.empty()) return sums;
    Pass pass(network, examples);
    pass.run({});
    pass.judge(sums);
    return sums;
}

Eigen::MatrixXf outputs_of(const Network& network, const Eigen::MatrixXf& features) {
    Example example;
    example.features = features;
    example.targets = Matrix::Zero(kHeadCount, features.cols());
    example.weights = example.targets;
    const std::array<const Example*, 1> alone = {&example};
    Pass pass(network, alone);
    pass.run({});
    return pass.outputs();
}

}  // namespace bellwether::answer_detect::training
