#include "dialer/media/playback.h"

#include <algorithm>
#include <utility>

#include "dialer/media/splice.h"

namespace bellwether::media {

Playback::Playback(std::uint64_t id, std::vector<std::shared_ptr<const Prompt>> prompts,
                   Times times)
    : id_{id},
      prompts_{std::move(prompts)},
      // Forever nothing would not end a tick.
      repeats_{times == Times::Forever &&
               std::any_of(prompts_.begin(), prompts_.end(),
                           [](const auto& prompt) { return !prompt->samples.empty(); })} {}

bool Playback::add_to(Frame& frame) {
    std::size_t filled = 0;
    while (prompt_ < prompts_.size()) {
        const auto& samples = prompts_[prompt_]->samples;
        while (filled < frame.size() && sample_ < samples.size()) {
            frame[filled] = saturate(frame[filled] + samples[sample_]);
            ++filled;
            ++sample_;
        }
        if (sample_ < samples.size()) return false;
        sample_ = 0;
        ++prompt_;
        if (repeats_ && prompt_ == prompts_.size()) prompt_ = 0;
        if (repeats_ && filled == frame.size()) return false;
    }
    return true;
}

void Playback::add_falling_to(Frame& frame) {
    Frame last{};
    add_to(last);
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
        frame[i] = saturate(frame[i] + fallen(last[i], i));
    }
}

}  // namespace bellwether::media
