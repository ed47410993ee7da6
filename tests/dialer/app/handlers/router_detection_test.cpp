#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

using answer_detect::Verdict;

TEST(DetectionRoutes, AnAgentsLabelReachesTheEngine) {
    FakeBackend backend{true};
    ask(backend, "POST", "/agents", {{"name", "ada"}}, 201);
    ask(backend, "POST", "/agents/ada/label", {{"truth", "human"}});
    EXPECT_EQ(std::get<engine::AnswerLabelled>(backend.told.back()).truth, Verdict::Human);
    ask(backend, "POST", "/agents/ada/label", {{"truth", "machine"}});
    EXPECT_EQ(std::get<engine::AnswerLabelled>(backend.told.back()).truth, Verdict::Machine);
    ask(backend, "POST", "/agents/ada/label", {{"truth", "perhaps"}}, 422);
    ask(backend, "POST", "/agents/eve/label", {{"truth", "human"}}, 404);
}

TEST(DetectionRoutes, TheReportNamesEachCampaignAndCsvHasItsHead) {
    FakeBackend backend{true};
    ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
    const Json report = ask(backend, "GET", "/reports/amd");
    ASSERT_EQ(report["campaigns"].size(), 1U);
    EXPECT_EQ(report["campaigns"][0]["campaign"], "spring");
    EXPECT_TRUE(report["campaigns"][0]["weights"].empty()) << "nothing was heard yet";
    EXPECT_TRUE(ask(backend, "GET", "/detections/to-review")["detections"].empty());
}

TEST(DetectionRoutes, AttemptsAreNamedByNumbersAndMustHaveAVerdictToBeCorrected) {
    FakeBackend backend{true};
    ask(backend, "GET", "/detections/first", Json::object(), 422);
    EXPECT_TRUE(ask(backend, "GET", "/detections/77")["detections"].empty());
    ask(backend, "POST", "/detections/77/label", {{"truth", "human"}}, 404);
}

}  // namespace
}  // namespace bellwether::app
