#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "dialer/media/frame.h"
#include "dialer/media/prompt_library.h"

namespace bellwether::media {

/// Prompts being played one after the other, without a pause between them; once, or over and over.
class Playback {
public:
    enum class Times { Once, Forever };

    Playback(std::uint64_t id, std::vector<std::shared_ptr<const Prompt>> prompts,
             Times times = Times::Once);

    [[nodiscard]] std::uint64_t id() const { return id_; }

    /// Adds the next 20 ms to `frame`, saturating. True when nothing is left to play after it.
    bool add_to(Frame& frame);
    /// The same, falling to silence: the last frame of a playback that is stopped.
    void add_falling_to(Frame& frame);

private:
    std::uint64_t id_;
    std::vector<std::shared_ptr<const Prompt>> prompts_;
    bool repeats_;
    std::size_t prompt_ = 0;
    std::size_t sample_ = 0;
};

}  // namespace bellwether::media
