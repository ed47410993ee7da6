#include "dialer/media/playback.h"

namespace bellwether::media {

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
    }
    return true;
}

}  // namespace bellwether::media
