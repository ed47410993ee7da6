#include "answer-detect/training/course.h"

#include <algorithm>
#include <iterator>

#include "answer-detect/training/folds.h"
#include "answer-detect/training/gradient.h"
#include "base/check.h"
#include "base/rng.h"

namespace bellwether::answer_detect::training {
namespace {

constexpr double kStepS = kFramesPerStep * kFrameS;
constexpr double kHeldOutLongestS = 30;  // of a clip that is measured
constexpr double kStatementsUntilS = 6;

bool is_judged(const LabelledClip& clip) {
    return (clip.cls == ClipClass::Human || clip.cls == ClipClass::Machine) && !is_screener(clip) &&
           clip.speech_start >= 0;
}

std::vector<const LabelledClip*> talkers_of(std::span<const LabelledClip> clips,
                                            std::span<const std::size_t> fold, std::size_t wanted) {
    std::vector<const LabelledClip*> talkers;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (fold[i] == wanted && clips[i].cls == ClipClass::Machine) talkers.push_back(&clips[i]);
    }
    return talkers;
}

Lesson make_lesson(const LabelledClip& clip, bool is_extra, const CourseOptions& options,
                   const NoiseShelf& shelf, std::span<const LabelledClip* const> talkers) {
    Lesson lesson;
    lesson.share = is_extra ? options.extra_share : options.measured_share;
    const std::size_t takes = is_extra ? options.extra_takes : options.takes;
    const auto activity = voice_activity(clip);
    lesson.takes.push_back(make_example(clip, as_recorded(clip, options.longest_s), activity));
    Rng rng(options.train.seed, "line of " + clip.id);
    while (lesson.takes.size() < takes) {
        const auto heard = on_another_line(clip, options.longest_s, shelf, talkers, rng);
        lesson.takes.push_back(make_example(clip, heard, activity));
    }
    return lesson;
}

// Speakers chosen to tell when to stop: whole groups, about `early_share` of the clips.
std::vector<bool> early_clips(std::span<const LabelledClip> clips,
                              std::span<const std::size_t> learned, double share) {
    const auto slots = static_cast<std::size_t>(1 / std::clamp(share, 0.02, 0.5));
    std::vector<ClipIdentity> identities;
    identities.reserve(learned.size());
    for (const auto clip : learned) identities.push_back(identity_of(clips[clip]));
    const auto slot = split(identities, slots);
    std::vector<bool> early;
    // The last slot: the first ones hold the largest groups, which are better learned from.
    for (const auto s : slot) early.push_back(s == slots - 1);
    return early;
}

struct FoldPlan {
    std::vector<std::size_t> tested;
    std::vector<const Lesson*> lessons;
    std::vector<const Lesson*> early;
};

FoldPlan plan_of(std::span<const LabelledClip> clips, std::span<const Lesson> lessons,
                 std::span<const std::size_t> fold, std::size_t number, double early_share) {
    FoldPlan plan;
    Shared tested;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (fold[i] != number) continue;
        plan.tested.push_back(i);
        tested.add(identity_of(clips[i]));
    }
    std::vector<std::size_t> learned;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (fold[i] == number || tested.touches(identity_of(clips[i]))) continue;
        learned.push_back(i);
    }
    const auto early = early_clips(clips, learned, early_share);
    for (std::size_t i = 0; i < learned.size(); ++i) {
        (early[i] ? plan.early : plan.lessons).push_back(&lessons[learned[i]]);
    }
    return plan;
}

}  // namespace

std::vector<std::size_t> folds_of(std::span<const LabelledClip> clips, std::size_t measured,
                                  std::size_t folds) {
    BW_CHECK(measured <= clips.size());
    std::vector<ClipIdentity> identities;
    for (const auto& clip : clips.first(measured)) identities.push_back(identity_of(clip));
    auto fold = split(identities, folds);
    fold.resize(clips.size(), kExtra);
    return fold;
}

std::vector<Lesson> make_lessons(std::span<const LabelledClip> clips,
                                 std::span<const std::size_t> fold, const CourseOptions& options,
                                 const ParallelFor& parallel_for) {
    const NoiseShelf shelf(options.train.seed);
    std::vector<std::vector<const LabelledClip*>> talkers;
    for (std::size_t f = 0; f < options.folds; ++f) talkers.push_back(talkers_of(clips, fold, f));
    talkers.push_back(talkers_of(clips, fold, kExtra));
    std::vector<Lesson> lessons(clips.size());
    parallel_for(clips.size(), [&](std::size_t i) {
        const auto& voices = talkers[std::min(fold[i], options.folds)];
        lessons[i] = make_lesson(clips[i], fold[i] == kExtra, options, shelf, voices);
    });
    return lessons;
}

CourseResult run_folds(std::span<const LabelledClip> clips, std::size_t measured,
                       std::span<const Lesson> lessons, const CourseOptions& options,
                       const ParallelFor& parallel_for, const Progress& progress) {
    CourseResult result;
    result.fold = folds_of(clips, measured, options.folds);
    int epochs = 0;
    int learned_epochs = 0;
    for (std::size_t number = 0; number < options.folds; ++number) {
        const auto plan = plan_of(clips, lessons, result.fold, number, options.early_share);
        const auto watch = [&](const EpochReport& epoch) {
            learned_epochs = epoch.kept;
            progress(number, epoch);
        };
        const auto network = train(plan.lessons, plan.early, options.train, parallel_for, watch);
        epochs += learned_epochs;
        std::vector<HeldOutClip> said(plan.tested.size());
        parallel_for(plan.tested.size(), [&](std::size_t i) {
            const auto heard = as_recorded(clips[plan.tested[i]], kHeldOutLongestS);
            said[i] = {plan.tested[i], number, outputs_of(network, features_of(heard))};
        });
        std::move(said.begin(), said.end(), std::back_inserter(result.held_out));
        result.networks.push_back(network);
    }
    result.best_epochs = epochs / static_cast<int>(options.folds);
    const auto statements = statements_of(clips, result.held_out);
    result.calibration = fit_calibration(statements);
    result.calibration_error = calibration_error(statements, result.calibration);
    return result;
}

GreetingModel train_on_all(std::span<const Lesson> lessons, const CourseOptions& options,
                           const Calibration& calibration, const std::string& training_set,
                           const ParallelFor& parallel_for, const Progress& progress) {
    std::vector<const Lesson*> all;
    for (const auto& lesson : lessons) all.push_back(&lesson);
    const auto network = train(all, {}, options.train, parallel_for,
                               [&](const EpochReport& epoch) { progress(kExtra, epoch); });
    return {network, calibration, training_set};
}

std::vector<Statement> statements_of(std::span<const LabelledClip> clips,
                                     std::span<const HeldOutClip> held_out) {
    std::vector<Statement> statements;
    for (const auto& said : held_out) {
        const LabelledClip& clip = clips[said.clip];
        if (!is_judged(clip)) continue;
        for (Eigen::Index step = 0; step < said.outputs.cols(); ++step) {
            const double since = static_cast<double>(step + 1) * kStepS - clip.speech_start;
            if (since < 0 || since > kStatementsUntilS) continue;
            statements.push_back({said.outputs(static_cast<Eigen::Index>(Head::Machine), step),
                                  since, clip.cls == ClipClass::Machine});
        }
    }
    return statements;
}

}  // namespace bellwether::answer_detect::training
