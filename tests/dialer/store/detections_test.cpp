#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

// dialer/store/detections.cpp: the detector's words, and who it really was.

namespace bellwether::store::test {
namespace {

using answer_detect::Verdict;
using engine::Review;

class Detections : public testing::Test {
protected:
    /// A new attempt, under way.
    AttemptId attempt() {
        test_.import_numbers({fiction(++numbers_)});
        const auto attempt = test_.attempt_of(test_.claim(1).offers.at(0));
        test_.write({attempt});
        return attempt.attempt;
    }

    void hear(AttemptId attempt, Verdict verdict, Review review = Review::None) {
        test_.write({engine::StoreDetection{.attempt = attempt,
                                            .campaign = test_.campaign,
                                            .verdict = verdict,
                                            .p_machine = 0.25,
                                            .review = review,
                                            .evidence = {.onset_s = 0.5, .weights_version = 9},
                                            .at = at(3)}});
    }

    TestStore test_;
    int numbers_ = 0;
};

TEST_F(Detections, ComeBackAsTheyWere) {
    const AttemptId heard = attempt();
    hear(heard, Verdict::Machine, Review::Queued);
    const auto records = must(test_.store->detections_of(heard));
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].verdict, Verdict::Machine);
    EXPECT_EQ(records[0].p_machine, 0.25);
    EXPECT_EQ(records[0].review, Review::Queued);
    EXPECT_EQ(records[0].at, at(3));
    EXPECT_FALSE(records[0].truth);
    EXPECT_NE(records[0].evidence.find(R"("onset_s":0.5)"), std::string::npos);
}

TEST_F(Detections, CountEachAttemptOnceByItsLastVerdict) {
    const AttemptId revised = attempt();
    hear(revised, Verdict::Machine, Review::Queued);
    hear(revised, Verdict::Human);
    hear(attempt(), Verdict::Machine);
    hear(attempt(), Verdict::Machine);
    const auto counts = must(test_.store->detections(test_.campaign));
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].verdict, Verdict::Human);
    EXPECT_EQ(counts[0].review, Review::Queued) << "the draw is the attempt's";
    EXPECT_EQ(counts[0].attempts, 1);
    EXPECT_EQ(counts[1].verdict, Verdict::Machine);
    EXPECT_EQ(counts[1].weights_version, 9U);
    EXPECT_EQ(counts[1].attempts, 2);
}

TEST_F(Detections, AreCorrectedByWhoeverHeardTheCall) {
    const AttemptId by_agent = attempt();
    hear(by_agent, Verdict::Machine, Review::Bridged);
    test_.write({engine::StoreDetectionTruth{by_agent, Verdict::Human, {}, at(4)}});
    EXPECT_EQ(must(test_.store->detections_of(by_agent)).at(0).truth, Verdict::Human);

    const AttemptId queued = attempt();
    hear(queued, Verdict::Machine, Review::Queued);
    ASSERT_EQ(must(test_.store->detections_to_review()).size(), 1U);
    must(test_.store->label_detection(queued, Verdict::Machine, at(5)));
    EXPECT_TRUE(must(test_.store->detections_to_review()).empty());
}

TEST_F(Detections, OfUnheardAttemptsAreNotThereToCorrect) {
    const AttemptId unheard = attempt();
    test_.write({engine::StoreDetectionTruth{unheard, Verdict::Human, {}, at(4)}});
    EXPECT_TRUE(must(test_.store->detections_of(unheard)).empty());
    EXPECT_EQ(test_.store->label_detection(unheard, Verdict::Human, at(5)).error().code,
              Errc::NotFound);
}

}  // namespace
}  // namespace bellwether::store::test
