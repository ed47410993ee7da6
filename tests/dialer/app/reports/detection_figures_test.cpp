#include "dialer/app/reports/detection_figures.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using answer_detect::Verdict;
using engine::Review;

TEST(DetectionFigures, ComeFromMachinesThatSomebodyHeard) {
    const auto all = detection_figures({
        {7, Verdict::Human, Review::None, {}, false, 500},
        {7, Verdict::Machine, Review::None, {}, true, 378},
        {7, Verdict::Machine, Review::None, {}, false, 2},  // hung up on
        {7, Verdict::Machine, Review::Bridged, Verdict::Machine, false, 15},
        {7, Verdict::Machine, Review::Bridged, Verdict::Human, false, 1},
        {7, Verdict::Machine, Review::Bridged, {}, false, 2},              // the agent said nothing
        {7, Verdict::Machine, Review::Queued, Verdict::Machine, true, 4},  // hung up on, then heard
        {9, Verdict::Machine, Review::None, {}, true, 3},                  // other weights
    });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].verdicts.at(Verdict::Machine), 402);
    EXPECT_EQ(all[0].hung_up, 382) << "two were with an agent when the detector changed its mind";
    EXPECT_EQ(all[0].mistaken.of, 20);
    EXPECT_EQ(all[0].mistaken.count, 1);
    EXPECT_EQ(all[0].to_review, 2);
    EXPECT_EQ(all[1].hung_up, 3);
    EXPECT_EQ(all[1].mistaken.of, 0);
}

TEST(DetectionFigures, SomebodyWhoSpokeIntoHisMessageNeedsNoReview) {
    const auto all = detection_figures({{7, Verdict::Human, Review::Queued, {}, false, 1}});
    EXPECT_EQ(all.at(0).mistaken.of, 1);
    EXPECT_EQ(all.at(0).mistaken.count, 1);
    EXPECT_EQ(all.at(0).hung_up, 0);
}

// The score interval of 1 in 20, worked out in Python from the formula of 1927.
TEST(DetectionFigures, EstimateThePeopleThatWereHungUpOn) {
    const auto json =
        detection_json({.weights_version = 0xab, .hung_up = 384, .mistaken = {1, 20}});
    EXPECT_EQ(json["weights"], "000000ab");
    EXPECT_EQ(json["false_positives"], 0.05);
    EXPECT_NEAR(json["wilson95"][0].get<double>(), 0.008881, 1e-5);
    EXPECT_NEAR(json["wilson95"][1].get<double>(), 0.23613, 1e-5);
    EXPECT_NEAR(json["people_hung_up_on"]["estimate"].get<double>(), 19.2, 1e-9);
    EXPECT_NEAR(json["people_hung_up_on"]["high"].get<double>(), 384 * 0.23613, 0.01);
}

TEST(DetectionFigures, OfAllWeightsTogetherStandBesideTheAccounts) {
    const auto json = people_hung_up_on({{.hung_up = 100, .mistaken = {1, 20}},
                                         {.hung_up = 10, .mistaken = {1, 2}},
                                         {.hung_up = 50}});
    EXPECT_NEAR(json["estimate"].get<double>(), 100 / 20.0 + 10 / 2.0, 1e-9);
    EXPECT_TRUE(people_hung_up_on({{.hung_up = 50}})["estimate"].is_null());
}

TEST(DetectionFigures, WithoutAReviewNothingIsEstimated) {
    const auto json = detection_json({.hung_up = 384});
    EXPECT_TRUE(json["false_positives"].is_null());
    EXPECT_TRUE(json["people_hung_up_on"]["estimate"].is_null());
}

}  // namespace
}  // namespace bellwether::app
