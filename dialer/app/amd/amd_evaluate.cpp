#include <fmt/format.h>

#include <ctime>
#include <ostream>

#include "answer-detect/evaluation/breakdown.h"
#include "answer-detect/evaluation/listen.h"
#include "answer-detect/evaluation/scores.h"
#include "dialer/app/amd/amd.h"
#include "dialer/app/amd/amd_corpus.h"
#include "dialer/app/amd/amd_folds.h"
#include "dialer/app/amd/amd_words.h"
#include "dialer/app/commands/render.h"

namespace bellwether::app {

namespace {

using answer_detect::GreetingModel;
using answer_detect::Policy;
using answer_detect::Verdict;
using answer_detect::evaluation::Breakdown;
using answer_detect::evaluation::listen;
using answer_detect::evaluation::Scorer;
using answer_detect::evaluation::Until;

// What hanging up on a person costs, against the policy's own idea of it: from a ninetieth to
// ninety times as much, as logarithms.
constexpr float kCurveFrom = -4.5F;
constexpr float kCurveStep = 0.25F;
constexpr std::size_t kCurvePoints = 37;

/// The models: one for all, or one a fold.
struct Judges {
    std::optional<GreetingModel> one;
    std::optional<FoldFolder> folds;

    [[nodiscard]] Result<const GreetingModel*> judge_of(const std::string& clip) const {
        if (one) return &*one;
        const auto* model = folds->model_for(clip);
        if (model == nullptr) return fail(Errc::InvalidInput, clip + " is in no fold of --folds");
        return model;
    }
};

Result<Judges> read_judges(const Given& given) {
    Judges judges;
    if (given.has("--folds")) {
        if (given.has("--weights"))
            return fail(Errc::InvalidInput, "--folds and --weights exclude each other");
        auto folds = FoldFolder::read(given.value("--folds"));
        if (!folds) return tl::unexpected{folds.error()};
        judges.folds = *std::move(folds);
        return judges;
    }
    auto model = load_weights(given.value("--weights"));
    if (!model) return tl::unexpected{model.error()};
    judges.one = *std::move(model);
    return judges;
}

/// Everything that one pass over the clips adds up.
class Evaluation {
public:
    Evaluation(const Judges& judges, const Policy& policy) : judges_{judges}, policy_{policy} {}

    Result<void> add_folder(const std::filesystem::path& folder) {
        auto clips = read_labels(folder);
        if (!clips) return tl::unexpected{clips.error()};
        for (LabelledClip& clip : *clips) {
            if (auto sound = load_sound(folder, clip); !sound) return sound;
            const auto model = judges_.judge_of(clip_name(folder, clip));
            if (!model) return tl::unexpected{model.error()};
            add(clip, **model);
            clip.pcm = {};
        }
        return {};
    }

    [[nodiscard]] Json json() const {
        Json body = scores_json(scorer_.scores());
        Json curve = Json::array();
        for (const Scorer& point : curve_) {
            const auto scores = point.scores();
            curve.push_back(
                {share_json(scores.human_to_machine), share_json(scores.machine_recall)});
        }
        const double microseconds = static_cast<double>(listened_) * 1e6 / CLOCKS_PER_SEC;
        body["us_per_frame"] =
            frames_ == 0 ? Json(nullptr) : Json(microseconds / static_cast<double>(frames_));
        body["curve"] = curve;
        return body;
    }
    [[nodiscard]] const Breakdown& breakdown() const { return breakdown_; }

private:
    void add(const LabelledClip& clip, const GreetingModel& model) {
        const double length_s = static_cast<double>(clip.pcm.size()) / answer_detect::kSampleRate;
        const std::clock_t began = std::clock();  // of the processor: others may be at work, too
        const auto heard = listen(clip.pcm, &model, policy_);
        listened_ += std::clock() - began;
        frames_ += heard.frames;
        scorer_.add(clip, length_s, heard);
        breakdown_.add(clip, length_s, heard);
        const Verdict expected = answer_detect::evaluation::expected(clip);
        if (expected != Verdict::Human && expected != Verdict::Machine) return;
        for (std::size_t i = 0; i < curve_.size(); ++i) {
            const Policy policy =
                answer_detect::at_cost(policy_, kCurveFrom + kCurveStep * static_cast<float>(i));
            curve_[i].add(clip, length_s, listen(clip.pcm, &model, policy, Until::Verdict));
        }
    }

    const Judges& judges_;
    Policy policy_;
    Scorer scorer_;
    Breakdown breakdown_;
    std::vector<Scorer> curve_{kCurvePoints};
    std::clock_t listened_ = 0;
    std::size_t frames_ = 0;
};

std::string percent(const Json& share) {
    return share.is_null() ? "-" : fmt::format("{:.2f} %", share.get<double>() * 100);
}

std::string with_interval(const Json& body, const char* name) {
    const Json& interval = body["wilson95"][name];
    return fmt::format("{} (95 %: {} to {})", percent(body[name]), percent(interval[0]),
                       percent(interval[1]));
}

/// The same figures in words.
Json for_people(const Json& body) {
    const auto seconds = [](const Json& s) {
        return s.is_null() ? std::string{"-"} : fmt::format("{:.2f} s", s.get<double>());
    };
    const Json& wait = body["human_verdict_after_greeting_s"];
    std::string areas;
    for (const auto& [at_s, area] : body["auc"].items()) {
        areas +=
            fmt::format("{}{} at {} s", areas.empty() ? "" : ", ",
                        area.is_null() ? "-" : fmt::format("{:.3f}", area.get<double>()), at_s);
    }
    Json classes = Json::array();
    for (const auto& [expected, row] : body["by_class"].items()) {
        std::string judged;
        for (const auto& [verdict, count] : row.items()) {
            judged += fmt::format("{}{} {}", judged.empty() ? "" : ", ", verdict, count.dump());
        }
        classes.push_back({{"label", expected}, {"judged", judged}});
    }
    return {{"people", body["humans"]},
            {"taken for machines", with_interval(body, "human_to_machine")},
            {"machines", body["machines"]},
            {"found", with_interval(body, "machine_recall")},
            {"right", with_interval(body, "accuracy")},
            {"area under the curve", areas},
            {"verdict after the greeting",
             fmt::format("{} (90 %: {}), over 2 s: {}", seconds(wait["p50"]), seconds(wait["p90"]),
                         percent(wait["over_2s"]))},
            {"beeps found", with_interval(body, "beep_recall")},
            {"false beeps a minute", body["false_beeps_per_min"]},
            {"microseconds a frame", body["us_per_frame"]},
            {"classes", classes}};
}

}  // namespace

ExitCode amd_evaluate(const Given& given, const Output& output) {
    const auto policy = read_policy(given);
    if (!policy) return report_error(output, policy.error());
    const auto judges = read_judges(given);
    if (!judges) return report_error(output, judges.error());
    Evaluation evaluation{*judges, *policy};
    const auto folders = given.values.find("DIR");
    if (folders == given.values.end()) return ExitCode::Usage;
    for (const std::string& folder : folders->second) {
        if (const auto added = evaluation.add_folder(folder); !added)
            return report_error(output, added.error());
    }
    Json body = evaluation.json();
    if (given.has("--breakdown")) body["breakdown"] = breakdown_json(evaluation.breakdown());
    output.out << (output.json ? body.dump() + "\n" : render(for_people(body))) << std::flush;
    return ExitCode::Done;
}

}  // namespace bellwether::app
