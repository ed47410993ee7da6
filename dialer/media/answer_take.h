#pragma once

#include <memory>
#include <optional>

#include "dialer/media/answer_watch.h"
#include "dialer/media/playback.h"
#include "dialer/media/recorder.h"

namespace bellwether::media {

/// A spoken answer being recorded on its leg: the beep first, then what the far end says, to an
/// end. Media thread; allocates nothing after construction.
class AnswerTake {
public:
    /// @param beep  heard before recording begins, if any
    AnswerTake(const AnswerRules& rules, std::shared_ptr<Recording> recording,
               std::optional<Playback> beep)
        : watch_{rules}, recording_{std::move(recording)}, beep_{std::move(beep)} {}

    /// Adds the beep, while it lasts, to what the far end hears.
    void add_beep(Frame& frame) {
        if (beep_ && beep_->add_to(frame)) beep_.reset();
    }
    [[nodiscard]] bool is_beeping() const { return beep_.has_value(); }

    /// 20 ms of the far end. True when that was the end.
    bool take(const Frame& said, FrameState state);

    /// Ends it, unless it has ended; the file and AnswerRecorded follow on the record thread.
    /// @param key  that ended it, for AnswerEnd::Key
    void end(AnswerEnd reason, char key = 0);

private:
    AnswerWatch watch_;
    std::shared_ptr<Recording> recording_;
    std::optional<Playback> beep_;
};

}  // namespace bellwether::media
