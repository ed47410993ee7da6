#pragma once

#include <array>
#include <memory>
#include <optional>

#include "answer-detect/audio.h"
#include "answer-detect/greeting_model.h"
#include "answer-detect/spectrum.h"

namespace bellwether::answer_detect {

/// What the greeting model makes of the last 40 ms and all before. Probabilities 0 .. 1.
struct Hearing {
    float machine_logit = 0;  ///< raw log-odds of a machine; see GreetingModel::calibrated
    float voice = 0;          ///< somebody speaks now
    float screener = 0;       ///< the call is being screened by an assistant
    float music = 0;
    float level_dbm0 = -96;  ///< of these 40 ms
    float floor_dbm0 = -96;  ///< of the noise, over the last two seconds
};

/// One leg's ear: front end and recurrent state over a shared model. No allocation after
/// construction; one thread at a time.
class GreetingListener {
public:
    explicit GreetingListener(const GreetingModel& model);  ///< the model must outlive it
    ~GreetingListener();
    GreetingListener(GreetingListener&&) noexcept;

    /// Nothing while a step of 40 ms is incomplete.
    std::optional<Hearing> push(Frame frame, FrameState state);

    /// The same, where the frame's spectrum is known already: `powers` must come from a Spectrum
    /// that was given zeros in place of every frame that is no Audio.
    std::optional<Hearing> push(const std::array<Power, kHopsPerFrame>& powers, FrameState state);

private:
    struct Ear;
    std::unique_ptr<Ear> ear_;
};

}  // namespace bellwether::answer_detect
