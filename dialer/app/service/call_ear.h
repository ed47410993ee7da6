#pragma once

#include <atomic>
#include <functional>

#include "answer-detect/analyzer.h"
#include "answer-detect/message_moment.h"
#include "base/ids.h"
#include "dialer/engine/events.h"
#include "dialer/media/media_types.h"

namespace bellwether::app {

/// Listens to one leg on its media thread, and tells the engine who or what is heard.
class CallEar final : public media::FrameTap {
public:
    /// Called on the media thread, a few times in a call: must queue and return.
    using Tell = std::function<void(engine::Event)>;

    /// @param model  null in mode Tones; outlives the ear.
    CallEar(CallId call, const answer_detect::GreetingModel* model,
            const answer_detect::Policy& policy, Tell tell);

    /// The call was answered: frames from now on are the far end's own. Once; not on the media
    /// thread.
    void answered(const answer_detect::Prior& prior);

    void on_frame(const media::TapFrame& frame) noexcept override;

private:
    void hear(const answer_detect::Event& event);

    const CallId call_;
    const Tell tell_;
    answer_detect::CallAnalyzer analyzer_;
    answer_detect::MessageMoment message_moment_;
    answer_detect::Prior prior_;  ///< written before `answered_`, read after it
    std::atomic<bool> answered_{false};
    bool follows_answer_ = false;  ///< media thread: the analyzer knows of the answer
};

}  // namespace bellwether::app
