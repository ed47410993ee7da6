#include "answer-detect/greeting_listener.h"

#include "answer-detect/front_end.h"
#include "answer-detect/network.h"

namespace bellwether::answer_detect {
namespace {

constexpr std::array<std::int16_t, kFrameSamples> kNothing{};

float probability(float log_odds) { return soft_step(Eigen::Array<float, 1, 1>(log_odds))(0); }

}  // namespace

struct GreetingListener::Ear {
    GreetingModel model;  // shares the weights
    Spectrum spectrum;
    FrontEnd front_end;
    NetworkState state = NetworkState::Zero();
};

GreetingListener::GreetingListener(const GreetingModel& model)
    : ear_(std::make_unique<Ear>(Ear{model, {}, {}})) {}

GreetingListener::~GreetingListener() = default;
GreetingListener::GreetingListener(GreetingListener&&) noexcept = default;

std::optional<Hearing> GreetingListener::push(Frame frame, FrameState state) {
    const bool is_audio = state == FrameState::Audio;
    return push(ear_->spectrum.push(is_audio ? frame : Frame(kNothing)), state);
}

std::optional<Hearing> GreetingListener::push(const std::array<Power, kHopsPerFrame>& powers,
                                              FrameState state) {
    if (!ear_->front_end.push(powers, state)) return std::nullopt;
    const FrontEnd& heard = ear_->front_end;
    const HeadValues out = step(ear_->model.network(), heard.features(), ear_->state);
    return Hearing{.machine_logit = out[static_cast<int>(Head::Machine)],
                   .voice = probability(out[static_cast<int>(Head::Voice)]),
                   .screener = probability(out[static_cast<int>(Head::Screener)]),
                   .music = probability(out[static_cast<int>(Head::Music)]),
                   .level_dbm0 = heard.level_dbm0(),
                   .floor_dbm0 = heard.floor_dbm0()};
}

}  // namespace bellwether::answer_detect
