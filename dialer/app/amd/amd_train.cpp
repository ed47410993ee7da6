#include <fmt/format.h>

#include <cstring>
#include <ostream>
#include <set>
#include <thread>

#include "answer-detect/training/course.h"
#include "answer-detect/training/folds.h"
#include "dialer/app/amd/amd.h"
#include "dialer/app/amd/amd_corpus.h"
#include "dialer/app/amd/amd_folds.h"
#include "dialer/app/amd/amd_parallel.h"
#include "dialer/app/commands/option_reader.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/files/sha256.h"

namespace bellwether::app {

namespace {

namespace training = answer_detect::training;
using answer_detect::GreetingModel;
using training::CourseOptions;
using training::CourseResult;
using training::ParallelFor;

constexpr double kMeasuredLongestS = 30;  // of a clip that is measured (training/course.cpp)

struct TrainRequest {
    std::vector<std::filesystem::path> measured;  ///< folders
    std::vector<std::filesystem::path> more;
    std::filesystem::path out;
    std::filesystem::path folds;
    std::size_t threads = 1;
    CourseOptions course;
};

std::vector<std::filesystem::path> folders(const Given& given, const std::string& name) {
    const auto found = given.values.find(name);
    if (found == given.values.end()) return {};
    return {found->second.begin(), found->second.end()};
}

TrainRequest read_request(const Given& given, OptionReader& reader) {
    TrainRequest request;
    request.measured = folders(given, "--corpus");
    request.more = folders(given, "--more");
    request.out = given.value("--out");
    reader.path("--folds", request.folds);
    request.threads = std::max(1U, std::thread::hardware_concurrency());
    reader.number<std::size_t>("--threads", 1, 256, request.threads);
    reader.number<std::uint64_t>("--seed", 0, std::numeric_limits<std::uint64_t>::max(),
                                 request.course.train.seed);
    reader.number<int>("--epochs", 1, 1000, request.course.train.epochs);
    reader.number<std::size_t>("--takes", 1, 100, request.course.takes);
    reader.number<std::size_t>("--fold-count", 2, 100, request.course.folds);
    return request;
}

/// Adds a folder's clips; no two may have one name.
Result<void> add_corpus(const std::filesystem::path& folder, double longest_s,
                        std::vector<LabelledClip>& clips) {
    auto read = read_corpus(folder, longest_s);
    if (!read) return tl::unexpected{read.error()};
    std::set<std::string> names;
    for (const auto& clip : clips) names.insert(clip.id);
    for (LabelledClip& clip : *read) {
        if (names.count(clip.id) != 0)
            return fail(Errc::InvalidInput, "two folders hold a clip " + clip.id);
        clips.push_back(std::move(clip));
    }
    return {};
}

/// SHA-256 of names, classes and sounds, in order: which clips these weights come from.
std::string hash_of(const std::vector<LabelledClip>& clips) {
    Sha256 hash;
    for (const LabelledClip& clip : clips) {
        hash.add(fmt::format("{}\n{} {}\n", clip.id, name_of(clip.cls), clip.sub));
        std::string bytes(clip.pcm.size() * sizeof(std::int16_t), '\0');
        std::memcpy(bytes.data(), clip.pcm.data(), bytes.size());
        hash.add(bytes);
    }
    return hash.hex();
}

/// What one training run holds together.
struct Course {
    std::vector<LabelledClip> clips;
    std::size_t measured = 0;
    std::string hash;
    std::vector<training::Lesson> lessons;
};

Result<Course> read_course(const TrainRequest& request) {
    Course course;
    for (const auto& folder : request.measured) {
        if (auto added = add_corpus(folder, kMeasuredLongestS, course.clips); !added)
            return tl::unexpected{added.error()};
    }
    course.measured = course.clips.size();
    for (const auto& folder : request.more) {
        if (auto added = add_corpus(folder, request.course.longest_s, course.clips); !added)
            return tl::unexpected{added.error()};
    }
    std::set<std::string> speakers;
    for (std::size_t i = 0; i < course.measured; ++i) speakers.insert(course.clips[i].speaker);
    if (speakers.size() < request.course.folds) {
        return fail(Errc::InvalidInput,
                    fmt::format("{} speakers are too few for {} folds: give more clips, or a lower "
                                "--fold-count",
                                speakers.size(), request.course.folds));
    }
    course.hash = hash_of(course.clips);
    return course;
}

Result<void> write_fold_models(const Course& course, const CourseResult& result,
                               const std::filesystem::path& folder) {
    std::vector<GreetingModel> models;
    for (const auto& network : result.networks) {
        models.emplace_back(network, result.calibration, course.hash);
    }
    std::vector<training::ClipIdentity> identities;
    for (std::size_t i = 0; i < course.measured; ++i) {
        identities.push_back(training::identity_of(course.clips[i]));
    }
    const auto fold = std::span{result.fold}.first(course.measured);
    return write_folds(folder, models, training::fold_list(identities, fold));
}

}  // namespace

ExitCode amd_train(const Given& given, const Output& output) {
    OptionReader reader{given};
    TrainRequest request = read_request(given, reader);
    if (reader.error()) return report_error(output, *reader.error());
    auto course = read_course(request);
    if (!course) return report_error(output, course.error());

    const ParallelFor parallel_for = [&](std::size_t count, const auto& body) {
        run_parallel(request.threads, count, body);
    };
    const auto progress = [&](std::size_t fold, const training::EpochReport& epoch) {
        const std::string where = fold == training::kExtra ? "all" : fmt::format("fold {}", fold);
        const std::string held_out =
            epoch.held_out ? fmt::format(", held out {:.4f}", *epoch.held_out) : "";
        output.err << fmt::format("{}, epoch {}: loss {:.4f}{}\n", where, epoch.epoch, epoch.loss,
                                  held_out)
                   << std::flush;
    };
    const auto fold = training::folds_of(course->clips, course->measured, request.course.folds);
    course->lessons = training::make_lessons(course->clips, fold, request.course, parallel_for);
    const CourseResult result = training::run_folds(
        course->clips, course->measured, course->lessons, request.course, parallel_for, progress);
    if (!request.folds.empty()) {
        if (const auto written = write_fold_models(*course, result, request.folds); !written)
            return report_error(output, written.error());
    }
    request.course.train.epochs = std::max(1, result.best_epochs);
    const GreetingModel model = training::train_on_all(
        course->lessons, request.course, result.calibration, course->hash, parallel_for, progress);
    if (const auto written = write_weights(request.out, model); !written)
        return report_error(output, written.error());
    const Json body{{"file", request.out.string()},
                    {"version", fmt::format("{:08x}", model.version())},
                    {"clips", course->clips.size()},
                    {"measured", course->measured},
                    {"folds", request.course.folds},
                    {"epochs", request.course.train.epochs},
                    {"calibration_error", result.calibration_error},
                    {"training_set", course->hash}};
    output.out << (output.json ? body.dump() + "\n" : render(body)) << std::flush;
    return ExitCode::Done;
}

}  // namespace bellwether::app
