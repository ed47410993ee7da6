#include "answer-detect/training/example.h"

#include "answer-detect/front_end.h"

namespace bellwether::answer_detect::training {
namespace {

constexpr double kStepS = kFramesPerStep * kFrameS;
constexpr std::array<std::int16_t, kFrameSamples> kNothing{};

void put(Eigen::MatrixXf& matrix, Eigen::Index step, Head head, float value) {
    matrix(static_cast<Eigen::Index>(head), step) = value;
}

}  // namespace

Eigen::MatrixXf features_of(const HeardClip& heard) {
    const auto steps = static_cast<Eigen::Index>(heard.states.size() / kFramesPerStep);
    Eigen::MatrixXf features(kFeatureCount, steps);
    Spectrum spectrum;
    FrontEnd front_end;
    Eigen::Index step = 0;
    for (std::size_t frame = 0; frame < heard.states.size(); ++frame) {
        const auto state = heard.states[frame];
        const auto* samples =
            state == FrameState::Audio ? heard.pcm.data() + frame * kFrameSamples : kNothing.data();
        const auto& powers = spectrum.push(Frame(samples, kFrameSamples));
        if (!front_end.push(powers, state)) continue;
        features.col(step++) = MatrixView<kFeatureCount, 1>(front_end.features().data());
    }
    return features;
}

Example make_example(const LabelledClip& clip, const HeardClip& heard,
                     const std::vector<Activity>& activity) {
    Example example;
    example.features = features_of(heard);
    const auto steps = example.features.cols();
    example.targets = Eigen::MatrixXf::Zero(kHeadCount, steps);
    example.weights = Eigen::MatrixXf::Zero(kHeadCount, steps);
    for (Eigen::Index step = 0; step < steps; ++step) {
        const double end = static_cast<double>(step + 1) * kStepS;
        // The voice of the step's middle, everything else as known at its end.
        const Target now = target_at(clip, activity, heard.clip_time(end));
        const Target middle = target_at(clip, activity, heard.clip_time(end - kStepS / 2));
        put(example.targets, step, Head::Machine, now.machine);
        put(example.weights, step, Head::Machine, now.machine_weight);
        put(example.targets, step, Head::Voice, middle.voice);
        put(example.weights, step, Head::Voice, middle.voice_weight);
        put(example.targets, step, Head::Screener, now.screener);
        put(example.weights, step, Head::Screener, now.screener_weight);
        put(example.targets, step, Head::Music, now.music);
        put(example.weights, step, Head::Music, now.music_weight);
    }
    if (clip.speech_start >= 0) {
        example.onset_s = clip.speech_start / heard.speed + heard.shift_s;
    }
    return example;
}

}  // namespace bellwether::answer_detect::training
