#include "answer-detect/training/trainer.h"

#include <gtest/gtest.h>

#include <thread>

#include "answer-detect/training/gradient.h"
#include "tests/answer-detect/training/small_clips.h"

namespace bellwether::answer_detect::training {
namespace {

class Training : public testing::Test {
protected:
    Training() {
        for (const auto& clip : buzzing_callees(24)) {
            lessons_.push_back({{make_example(clip, as_recorded(clip, 4), voice_activity(clip))}});
        }
        for (const auto& lesson : lessons_) all_.push_back(&lesson);
        options_.epochs = 8;
        options_.learning_rate = 0.01;
    }

    Network trained(const ParallelFor& parallel_for) {
        reports_.clear();
        return train(all_, {}, options_, parallel_for,
                     [this](const EpochReport& report) { reports_.push_back(report); });
    }

    std::vector<Lesson> lessons_;
    std::vector<const Lesson*> all_;
    TrainOptions options_;
    std::vector<EpochReport> reports_;
};

TEST_F(Training, LowersTheLossWithinTwoEpochs) {
    options_.epochs = 2;
    (void)trained(one_by_one);
    ASSERT_EQ(reports_.size(), 2U);
    EXPECT_LT(reports_[1].loss, reports_[0].loss);
}

TEST_F(Training, TellsShortFromLongInTheEnd) {
    options_.epochs = 40;
    const auto network = trained(one_by_one);
    for (std::size_t i = 0; i < lessons_.size(); ++i) {
        const auto out = outputs_of(network, lessons_[i].takes[0].features);
        EXPECT_EQ(out(0, 60) > 0, i % 2 == 1) << i;  // 2.4 s
    }
}

// The same sounds with the opposite answers stand beside, but are never learned.
TEST_F(Training, LearnsALessonAsOftenAsItsShareSays) {
    auto opposite = lessons_;
    for (auto& lesson : opposite) {
        auto& targets = lesson.takes[0].targets;
        targets.row(0) = (1 - targets.row(0).array()).matrix();
        lesson.share = 0;
    }
    for (const auto& lesson : opposite) all_.push_back(&lesson);
    options_.epochs = 40;
    const auto network = trained(one_by_one);
    for (std::size_t i = 0; i < lessons_.size(); ++i) {
        const auto out = outputs_of(network, lessons_[i].takes[0].features);
        EXPECT_EQ(out(0, 60) > 0, i % 2 == 1) << i;
    }
}

void on_two_threads(std::size_t count, const std::function<void(std::size_t)>& body) {
    std::thread odd([&] {
        for (std::size_t i = 1; i < count; i += 2) body(i);
    });
    for (std::size_t i = count - count % 2; i-- > 0;) {
        if (i % 2 == 0) body(i);
    }
    if (count % 2 == 1) body(count - 1);
    odd.join();
}

TEST_F(Training, DoesNotDependOnTheThreads) {
    options_.epochs = 2;
    const auto one = trained(one_by_one);
    EXPECT_EQ(trained(on_two_threads).parameters, one.parameters);
    options_.seed = 2;
    EXPECT_NE(trained(one_by_one).parameters, one.parameters);
}

TEST_F(Training, StopsWhenTheHeldOutLossNoLongerFalls) {
    options_.epochs = 60;
    options_.patience = 2;
    // Held out are the same sounds with the opposite answers: learning only makes it worse.
    auto opposite = lessons_;
    for (auto& lesson : opposite) {
        auto& targets = lesson.takes[0].targets;
        targets.row(0) = (1 - targets.row(0).array()).matrix();
    }
    std::vector<const Lesson*> held_out;
    for (const auto& lesson : opposite) held_out.push_back(&lesson);
    int epochs = 0;
    (void)train(all_, held_out, options_, one_by_one, [&](const EpochReport& report) {
        ++epochs;
        EXPECT_TRUE(report.held_out.has_value());
    });
    EXPECT_LT(epochs, 20);
}

TEST_F(Training, StandardisesTheFeatures) {
    options_.epochs = 1;
    const auto network = trained(one_by_one);
    Eigen::VectorXf sum = Eigen::VectorXf::Zero(kFeatureCount);
    float steps = 0;
    for (const auto& lesson : lessons_) {
        sum += lesson.takes[0].features.rowwise().sum();
        steps += static_cast<float>(lesson.takes[0].steps());
    }
    EXPECT_LT((network.mean - sum / steps).cwiseAbs().maxCoeff(), 1e-3F);
    EXPECT_TRUE((network.scale.array() > 0).all());
}

}  // namespace
}  // namespace bellwether::answer_detect::training
