#include "answer-detect/greeting_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "answer-detect/calibration.h"
#include "answer-detect/network.h"
#include "answer-detect/shipped_weights.h"

namespace bellwether::answer_detect {
namespace {

using testing::HasSubstr;

GreetingModel small_model() {
    Network network;
    for (int i = 0; i < Layout::kCount; ++i) network.parameters[i] = static_cast<float>(i % 7) / 9;
    Calibration calibration;
    calibration.slope[3] = 0.5F;
    return {network, calibration, std::string(64, 'a')};
}

std::string refusal(std::vector<std::byte> bytes) {
    const auto model = GreetingModel::parse(bytes);
    return model ? "accepted" : model.error().detail;
}

TEST(GreetingModel, SurvivesItsFile) {
    const auto model = small_model();
    const auto read = GreetingModel::parse(model.serialize());
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(read->network().parameters, model.network().parameters);
    EXPECT_EQ(read->calibration().slope, model.calibration().slope);
    EXPECT_EQ(read->training_set(), std::string(64, 'a'));
    EXPECT_EQ(read->version(), model.version());
    EXPECT_EQ(read->serialize(), model.serialize());
}

TEST(GreetingModel, HasAnotherVersionForOtherWeights) {
    Network network;
    EXPECT_NE(GreetingModel(network, {}, std::string(64, 'a')).version(), small_model().version());
}

TEST(GreetingModel, RefusesWhatIsNoWeightsFile) {
    EXPECT_THAT(refusal({}), HasSubstr("not a weights file"));
    EXPECT_THAT(refusal(std::vector<std::byte>(60000)), HasSubstr("not a weights file"));
}

TEST(GreetingModel, TellsAnotherFormatFromAnotherFeatureVersion) {
    auto format = small_model().serialize();
    format[8] = std::byte{9};
    EXPECT_THAT(refusal(format), HasSubstr("format 9"));
    auto features = small_model().serialize();
    features[12] = std::byte{77};
    EXPECT_THAT(refusal(features), HasSubstr("features of version 77"));
    auto shape = small_model().serialize();
    shape[24] = std::byte{64};
    EXPECT_THAT(refusal(shape), HasSubstr("another shape"));
}

TEST(GreetingModel, RefusesACutOffFile) {
    auto bytes = small_model().serialize();
    bytes.pop_back();
    EXPECT_THAT(refusal(bytes), HasSubstr("cut off"));
}

TEST(GreetingModel, RefusesADamagedFile) {
    auto bytes = small_model().serialize();
    bytes[bytes.size() / 2] ^= std::byte{1};
    EXPECT_THAT(refusal(bytes), HasSubstr("checksum"));
}

TEST(GreetingModel, RefusesNumbersThatNoTrainingGives) {
    Network network;
    network.parameters[5] = std::numeric_limits<float>::quiet_NaN();
    const auto bytes = GreetingModel(network, {}, std::string(64, 'a')).serialize();
    EXPECT_THAT(refusal(bytes), HasSubstr("no training"));
}

RC_GTEST_PROP(GreetingModel, NeverTakesADamagedByteForGood, (std::uint8_t flip)) {
    auto bytes = small_model().serialize();
    const auto place = *rc::gen::inRange<std::size_t>(0, bytes.size());
    // The hash of the training set is a remark: any text of its length is one.
    RC_PRE(flip != 0 && (place < 32 || place >= 96));
    bytes[place] ^= std::byte{flip};
    RC_ASSERT(!GreetingModel::parse(bytes).has_value());
}

TEST(GreetingModel, IsShippedWithTheProgram) {
    const auto model = GreetingModel::parse(shipped_weights());
    ASSERT_TRUE(model.has_value()) << model.error().detail;
    EXPECT_LT(shipped_weights().size(), 60000U);
    EXPECT_NE(model->version(), 0U);
    // More evidence never means less, at any time.
    for (const double t : {0.0, 0.7, 1.0, 2.2, 5.0, 20.0}) {
        EXPECT_GT(model->calibrated(2, t), model->calibrated(-2, t)) << t;
    }
}

}  // namespace
}  // namespace bellwether::answer_detect
