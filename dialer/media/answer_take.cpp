#include "dialer/media/answer_take.h"

#include <utility>

namespace bellwether::media {

bool AnswerTake::take(const Frame& said, FrameState state) {
    if (beep_ || !recording_) return false;
    recording_->push(said, kSilentFrame);
    const auto ended = watch_.take(said, state);
    if (ended) end(*ended);
    return ended.has_value();
}

void AnswerTake::end(AnswerEnd reason, char key) {
    const auto recording = std::exchange(recording_, nullptr);
    if (recording) recording->finish({.reason = reason, .key = key, .spoken = watch_.spoken()});
}

}  // namespace bellwether::media
