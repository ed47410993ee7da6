#include "answer-detect/training/gradient.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "base/rng.h"

namespace bellwether::answer_detect::training {
namespace {

Example random_example(Eigen::Index steps, std::uint64_t seed) {
    Rng rng(seed, "example");
    Example example;
    example.features.resize(kFeatureCount, steps);
    example.targets.resize(kHeadCount, steps);
    example.weights.resize(kHeadCount, steps);
    for (Eigen::Index t = 0; t < steps; ++t) {
        for (Eigen::Index i = 0; i < kFeatureCount; ++i) {
            example.features(i, t) = static_cast<float>(rng.uniform(-1.5, 1.5));
        }
        for (Eigen::Index head = 0; head < kHeadCount; ++head) {
            example.targets(head, t) = rng.uniform() < 0.5 ? 0.0F : 1.0F;
            example.weights(head, t) = rng.uniform() < 0.3 ? 0.0F : 1.0F;
        }
    }
    return example;
}

Network random_network() {
    Rng rng(3, "network");
    Network network;
    for (int i = 0; i < Layout::kCount; ++i) {
        network.parameters[i] = static_cast<float>(rng.uniform(-0.3, 0.3));
    }
    return network;
}

class Gradients : public testing::Test {
protected:
    Example longer_ = random_example(30, 1);
    Example shorter_ = random_example(11, 2);
    std::array<const Example*, 2> both_ = {&longer_, &shorter_};
    Network network_ = random_network();

    [[nodiscard]] double slope_by_difference(int parameter) const {
        constexpr float h = 2e-3F;
        Network moved = network_;
        moved.parameters[parameter] += h;
        const double up = loss_of(moved, both_).loss;
        moved.parameters[parameter] -= 2 * h;
        return (up - loss_of(moved, both_).loss) / (2 * static_cast<double>(h));
    }
};

// The slopes by definition: differences of the loss, a few parameters of each matrix.
TEST_F(Gradients, AreTheSlopesOfTheLoss) {
    const auto all = gradient_of(network_, both_, {});
    const std::array<int, 9> ends = {Layout::kDense,     Layout::kDenseBias, Layout::kInput,
                                     Layout::kInputBias, Layout::kState,     Layout::kStateBias,
                                     Layout::kHead,      Layout::kHeadBias,  Layout::kCount};
    for (std::size_t part = 0; part + 1 < ends.size(); ++part) {
        const int size = ends[part + 1] - ends[part];
        for (int k = 0; k < 6; ++k) {
            const int parameter = ends[part] + k * 997 % size;
            const double expected = slope_by_difference(parameter);
            EXPECT_NEAR(all.slope[parameter], expected, 0.02 + 0.02 * std::abs(expected))
                << "part " << part << " parameter " << parameter;
        }
    }
}

// One example alone and the same beside a longer one: what is filled up with zeros counts nothing.
TEST_F(Gradients, AddUpOverExamples) {
    const auto together = gradient_of(network_, both_, {});
    const auto first = gradient_of(network_, std::span(both_).first(1), {});
    const auto second = gradient_of(network_, std::span(both_).last(1), {});
    EXPECT_NEAR(together.loss, first.loss + second.loss, 1e-4);
    EXPECT_DOUBLE_EQ(together.weight, first.weight + second.weight);
    EXPECT_LT((together.slope - first.slope - second.slope).cwiseAbs().maxCoeff(), 1e-3F);
}

// Expected: the step that runs in calls, which knows nothing of batches.
TEST_F(Gradients, ComeFromTheSameNetworkAsInACall) {
    const auto outputs = outputs_of(network_, longer_.features);
    NetworkState state = NetworkState::Zero();
    for (Eigen::Index t = 0; t < longer_.steps(); ++t) {
        Features features{};
        for (std::size_t i = 0; i < Feature::kCount; ++i) {
            features[i] = longer_.features(static_cast<Eigen::Index>(i), t);
        }
        const auto out = step(network_, features, state);
        EXPECT_LT((out - outputs.col(t)).cwiseAbs().maxCoeff(), 1e-4F) << t;
    }
}

TEST_F(Gradients, HideAShareOfTheStateBySeed) {
    const Disturbance first{.dropout = 0.5F, .seed = 1};
    const Disturbance second{.dropout = 0.5F, .seed = 2};
    const auto one = gradient_of(network_, both_, first);
    EXPECT_EQ(one.slope, gradient_of(network_, both_, first).slope);
    EXPECT_NE(one.slope, gradient_of(network_, both_, second).slope);
}

TEST_F(Gradients, ComeFromDisturbedFeaturesBySeed) {
    const auto plain = gradient_of(network_, both_, {});
    for (const auto& by : {Disturbance{.colour = 0.3F, .seed = 1},
                           Disturbance{.colour = 0.1F, .noise = 0.3F, .seed = 1},
                           Disturbance{.colour = 0.1F, .masked = 1, .seed = 1}}) {
        const auto one = gradient_of(network_, both_, by);
        EXPECT_EQ(one.slope, gradient_of(network_, both_, by).slope);
        EXPECT_NE(one.slope, plain.slope);
        EXPECT_NEAR(one.loss, plain.loss, 0.3 * plain.loss);
    }
}

TEST(Gradient, OfNothingIsNothing) {
    const auto none = gradient_of(Network{}, {}, {});
    EXPECT_EQ(none.weight, 0);
    EXPECT_TRUE(none.slope.isZero(0));
}

}  // namespace
}  // namespace bellwether::answer_detect::training
