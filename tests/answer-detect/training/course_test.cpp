#include "answer-detect/training/course.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/answer-detect/training/small_clips.h"

namespace bellwether::answer_detect::training {
namespace {

class Course : public testing::Test {
protected:
    Course() {
        options_.folds = 2;
        options_.takes = 2;
        options_.extra_takes = 2;
        options_.longest_s = 3;
        options_.train.epochs = 3;
        options_.train.learning_rate = 0.01;
    }

    CourseResult run() {
        const auto lessons =
            make_lessons(clips_, folds_of(clips_, kMeasured, 2), options_, one_by_one);
        return run_folds(clips_, kMeasured, lessons, options_, one_by_one,
                         [](std::size_t, const EpochReport&) {});
    }

    static constexpr std::size_t kMeasured = 16;
    std::vector<LabelledClip> clips_ = buzzing_callees(24);
    CourseOptions options_;
};

TEST_F(Course, TestsEachMeasuredClipOnce) {
    const auto result = run();
    std::set<std::size_t> tested;
    for (const auto& said : result.held_out) {
        EXPECT_TRUE(tested.insert(said.clip).second);
        EXPECT_EQ(said.fold, result.fold[said.clip]);
        EXPECT_EQ(said.outputs.cols(), 100);  // the whole clip, not what was learned from
    }
    EXPECT_EQ(tested.size(), kMeasured);
    EXPECT_EQ(result.fold[kMeasured], kExtra);
    EXPECT_GE(result.best_epochs, 1);
}

TEST_F(Course, GivesTheSameEachTime) {
    const auto one = run();
    const auto two = run();
    ASSERT_EQ(one.held_out.size(), two.held_out.size());
    EXPECT_EQ(one.held_out[5].outputs, two.held_out[5].outputs);
    EXPECT_EQ(one.calibration.slope, two.calibration.slope);
}

TEST_F(Course, MakesTakesOfEachClip) {
    const auto lessons = make_lessons(clips_, folds_of(clips_, kMeasured, 2), options_, one_by_one);
    ASSERT_EQ(lessons.size(), clips_.size());
    for (const auto& lesson : lessons) {
        ASSERT_EQ(lesson.takes.size(), 2U);
        EXPECT_EQ(lesson.takes[0].steps(), 75);
        EXPECT_GT(lesson.takes[1].steps(), 40);
    }
}

TEST_F(Course, TrainsAModelOnEverything) {
    const auto lessons = make_lessons(clips_, folds_of(clips_, kMeasured, 2), options_, one_by_one);
    Calibration calibration;
    calibration.slope[2] = 0.75F;
    int epochs = 0;
    const auto model = train_on_all(lessons, options_, calibration, std::string(64, 'c'),
                                    one_by_one, [&](std::size_t fold, const EpochReport& report) {
                                        EXPECT_EQ(fold, kExtra);
                                        epochs = report.epoch;
                                    });
    EXPECT_EQ(epochs, 3);
    EXPECT_FLOAT_EQ(model.calibrated(1, 1.5), 0.75F);
    EXPECT_EQ(model.training_set(), std::string(64, 'c'));
}

TEST_F(Course, JudgesNoScreenerAndNothingBeforeTheFirstWord) {
    std::vector<LabelledClip> clips = {buzz("a", ClipClass::Machine, 120),
                                       buzz("b", ClipClass::Machine, 120)};
    clips[1].sub = "screen";
    const Eigen::MatrixXf outputs = Eigen::MatrixXf::Constant(kHeadCount, 100, 2);
    const std::vector<HeldOutClip> held_out = {{0, 0, outputs}, {1, 0, outputs}};
    const auto statements = statements_of(clips, held_out);
    EXPECT_EQ(statements.size(), 91U);  // 4 s of steps, without those of the first 0.4 s
    for (const auto& said : statements) {
        EXPECT_GE(said.since_onset_s, 0);
        EXPECT_TRUE(said.is_machine);
    }
}

}  // namespace
}  // namespace bellwether::answer_detect::training
