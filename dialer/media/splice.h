#pragma once

#include <cstddef>
#include <cstdint>

#include "dialer/media/frame.h"

namespace bellwether::media {

// Fades over one frame, so that a sound that begins or ends between two frames does not click: a
// step is heard at any level, a slope of 20 ms is not.

[[nodiscard]] inline std::int16_t risen(std::int16_t sample, std::size_t at) {
    return static_cast<std::int16_t>(sample * static_cast<std::int32_t>(at) /
                                     static_cast<std::int32_t>(kFrameSamples));
}
[[nodiscard]] inline std::int16_t fallen(std::int16_t sample, std::size_t at) {
    return risen(sample, kFrameSamples - at);
}

/// A frame backwards: continues it without a step where there is nothing after it.
[[nodiscard]] inline Frame mirrored(const Frame& frame) {
    Frame backwards;
    std::reverse_copy(frame.begin(), frame.end(), backwards.begin());
    return backwards;
}

/// A sound that is there in some ticks and not in others, without clicks. Allocates nothing.
class Splice {
public:
    /// @param now  this tick's frame, nullptr: none; must stay as it is until the next call
    /// @return what is to be heard of it: itself, its beginning, or an end of what was; nullptr:
    ///         nothing. Valid until the next call.
    const Frame* next(const Frame* now) {
        const bool was_there = is_there_;
        is_there_ = now != nullptr;
        if (is_there_) {
            tail_ = *now;
            if (was_there) return now;
            for (std::size_t i = 0; i < kFrameSamples; ++i) edge_[i] = risen(tail_[i], i);
            return &edge_;
        }
        if (!was_there) return nullptr;
        edge_ = mirrored(tail_);
        for (std::size_t i = 0; i < kFrameSamples; ++i) edge_[i] = fallen(edge_[i], i);
        return &edge_;
    }

private:
    bool is_there_ = false;
    Frame tail_{};  // the last frame that was there
    Frame edge_{};
};

}  // namespace bellwether::media
