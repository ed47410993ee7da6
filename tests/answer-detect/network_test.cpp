#include "answer-detect/network.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace bellwether::answer_detect {
namespace {

// The rule of scripts/reference/greeting_network.py.
float made_up(int index) { return static_cast<float>((index * 7919) % 1009 - 504) / 2520; }

Network made_up_network() {
    Network network;
    // Each matrix of the reference is numbered on from the one before: so are the parameters.
    for (int i = 0; i < Layout::kCount; ++i) network.parameters[i] = made_up(i);
    network.mean.setConstant(0.1F);
    network.scale.setConstant(1.5F);
    return network;
}

HeadValues after_steps(int steps) {
    const Network network = made_up_network();
    NetworkState state = NetworkState::Zero();
    HeadValues out = HeadValues::Zero();
    for (int t = 1; t <= steps; ++t) {
        Features features{};
        for (int i = 0; i < kFeatureCount; ++i) {
            features[static_cast<std::size_t>(i)] = 5 * made_up(1000 * t + i);
        }
        out = step(network, features, state);
    }
    return out;
}

void expect_near(const HeadValues& out, const std::array<float, kHeadCount>& expected) {
    for (std::size_t head = 0; head < expected.size(); ++head) {
        EXPECT_NEAR(out[static_cast<Eigen::Index>(head)], expected[head], 1e-3F) << head;
    }
}

// Expected: scripts/reference/greeting_network.py, with the exact tanh.
TEST(Network, DoesWhatTheFormulasSay) {
    expect_near(after_steps(1), {0.250707F, 0.287994F, 0.120441F, -0.408278F});
    expect_near(after_steps(2), {-0.070439F, 0.090010F, 0.301493F, 0.020511F});
    expect_near(after_steps(40), {0.096848F, -0.112075F, 0.093563F, -0.105392F});
}

TEST(Network, KnowsTheHyperbolicTangent) {
    for (float x = -9; x <= 9; x += 0.01F) {
        const float y = soft_sign(Eigen::Array<float, 1, 1>(x))(0);
        EXPECT_NEAR(y, std::tanh(x), 2e-4F) << x;
        EXPECT_LE(std::abs(y), 1.0F) << x;
    }
}

TEST(Network, KnowsTheLogisticFunction) {
    for (float x = -20; x <= 20; x += 0.05F) {
        const float y = soft_step(Eigen::Array<float, 1, 1>(x))(0);
        EXPECT_NEAR(y, 1 / (1 + std::exp(-x)), 1e-4F) << x;
    }
}

}  // namespace
}  // namespace bellwether::answer_detect
