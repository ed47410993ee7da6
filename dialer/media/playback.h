#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "dialer/media/frame.h"
#include "dialer/media/prompt_library.h"

namespace bellwether::media {

/// Prompts being played one after the other, without a pause between them.
class Playback {
public:
    Playback(std::uint64_t id, std::vector<std::shared_ptr<const Prompt>> prompts)
        : id_{id}, prompts_{std::move(prompts)} {}

    [[nodiscard]] std::uint64_t id() const { return id_; }

    /// Adds the next 20 ms to `frame`, saturating. True when nothing is left to play after it.
    bool add_to(Frame& frame);

private:
    std::uint64_t id_;
    std::vector<std::shared_ptr<const Prompt>> prompts_;
    std::size_t prompt_ = 0;
    std::size_t sample_ = 0;
};

}  // namespace bellwether::media
