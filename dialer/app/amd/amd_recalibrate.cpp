#include <fmt/format.h>

#include <ostream>

#include "answer-detect/evaluation/listen.h"
#include "answer-detect/evaluation/scores.h"
#include "answer-detect/greeting_listener.h"
#include "answer-detect/training/calibrate.h"
#include "dialer/app/amd/amd.h"
#include "dialer/app/amd/amd_corpus.h"
#include "dialer/app/amd/amd_folds.h"
#include "dialer/app/amd/amd_words.h"
#include "dialer/app/commands/render.h"

namespace bellwether::app {

namespace {

using answer_detect::GreetingModel;
using answer_detect::Verdict;
using answer_detect::evaluation::Scorer;
using answer_detect::training::Statement;

constexpr double kStatementsUntilS = 6;  // after the onset: verdicts have fallen by then
constexpr double kLongestS = 30;
/// Fewer calls of a kind would bend the curve more than they straighten it: the 95 % interval of a
/// share of 50 is 27 points wide.
constexpr std::int64_t kFewest = 50;

bool is_asked(const LabelledClip& clip) {
    const Verdict expected = answer_detect::evaluation::expected(clip);
    return expected == Verdict::Human || expected == Verdict::Machine;
}

/// What the network says of one call, step by step.
void add_statements(const LabelledClip& clip, const GreetingModel& model,
                    std::vector<Statement>& statements) {
    answer_detect::GreetingListener listener{model};
    const std::span<const std::int16_t> pcm{clip.pcm};
    using answer_detect::kFrameSamples;
    for (std::size_t i = 0; (i + 1) * kFrameSamples <= pcm.size(); ++i) {
        const auto frame = pcm.subspan(i * kFrameSamples).first<kFrameSamples>();
        const auto hearing = listener.push(frame, answer_detect::state_of(frame));
        const double since_s =
            static_cast<double>(i + 1) * answer_detect::kFrameS - clip.speech_start;
        if (!hearing || since_s < 0 || since_s > kStatementsUntilS) continue;
        statements.push_back({hearing->machine_logit, since_s,
                              clip.cls == answer_detect::training::ClipClass::Machine});
    }
}

/// An operator's labels may lack the onset; then the detector's own counts.
bool find_onset(LabelledClip& clip, const GreetingModel& model,
                const answer_detect::Policy& policy) {
    if (clip.speech_start >= 0) return true;
    const auto heard = answer_detect::evaluation::listen(clip.pcm, &model, policy);
    if (heard.speech_start_s) clip.speech_start = *heard.speech_start_s;
    return clip.speech_start >= 0;
}

Scorer judged(const std::vector<LabelledClip>& clips, const GreetingModel& model,
              const answer_detect::Policy& policy) {
    Scorer scorer;
    for (const auto& clip : clips) {
        const double length_s = static_cast<double>(clip.pcm.size()) / answer_detect::kSampleRate;
        scorer.add(clip, length_s, answer_detect::evaluation::listen(clip.pcm, &model, policy));
    }
    return scorer;
}

Json figures(const Scorer& scorer, double error) {
    const auto scores = scorer.scores();
    return {{"calibration_error", error},
            {"human_to_machine", share_json(scores.human_to_machine)},
            {"machine_recall", share_json(scores.machine_recall)},
            {"wilson95",
             {{"human_to_machine", interval_json(scores.human_to_machine)},
              {"machine_recall", interval_json(scores.machine_recall)}}}};
}

std::string for_people(const Json& body) {
    Json rows = Json::array();
    for (const char* when : {"before", "after"}) {
        const auto percent = [&](const char* name) {
            return fmt::format("{:.2f} %", body[when][name].get<double>() * 100);
        };
        rows.push_back({{"weights", when},
                        {"calibration error", percent("calibration_error")},
                        {"people taken for machines", percent("human_to_machine")},
                        {"machines found", percent("machine_recall")}});
    }
    return render({{"file", body["file"]},
                   {"version", body["version"]},
                   {"people", body["humans"]},
                   {"machines", body["machines"]},
                   {"figures", rows}});
}

}  // namespace

ExitCode amd_recalibrate(const Given& given, const Output& output) {
    const auto policy = read_policy(given);
    if (!policy) return report_error(output, policy.error());
    const auto model = load_weights(given.value("--weights"));
    if (!model) return report_error(output, model.error());
    auto clips = read_corpus(given.value("DIR"), kLongestS);
    if (!clips) return report_error(output, clips.error());
    std::erase_if(*clips, [](const LabelledClip& clip) { return !is_asked(clip); });

    std::vector<Statement> statements;
    for (LabelledClip& clip : *clips) {
        if (find_onset(clip, *model, *policy)) add_statements(clip, *model, statements);
    }
    const Scorer before = judged(*clips, *model, *policy);
    const auto counts = before.scores();
    if (counts.humans < kFewest || counts.machines < kFewest) {
        return report_error(output, {Errc::InvalidInput,
                                     fmt::format("{} people and {} machines are too few to learn "
                                                 "from: label at least {} of each",
                                                 counts.humans, counts.machines, kFewest)});
    }
    const auto calibration = answer_detect::training::fit_calibration(statements);
    const GreetingModel fitted{model->network(), calibration, model->training_set()};
    const std::filesystem::path out = given.value("--out");
    if (const auto written = write_weights(out, fitted); !written)
        return report_error(output, written.error());
    using answer_detect::training::calibration_error;
    const Json body{
        {"file", out.string()},
        {"version", fmt::format("{:08x}", fitted.version())},
        {"humans", counts.humans},
        {"machines", counts.machines},
        {"before", figures(before, calibration_error(statements, model->calibration()))},
        {"after",
         figures(judged(*clips, fitted, *policy), calibration_error(statements, calibration))}};
    output.out << (output.json ? body.dump() + "\n" : for_people(body)) << std::flush;
    return ExitCode::Done;
}

}  // namespace bellwether::app
