#include "dialer/media/silence_watch.h"

#include <algorithm>

namespace bellwether::media {

void SilenceWatch::restart(std::uint64_t now) {
    heard_ = now;
    told_ = false;
}

bool SilenceWatch::is_too_long(std::uint64_t now, bool owes_media, bool suppresses_silence) {
    if (!owes_media) {
        heard_ = now;
        return false;
    }
    if (told_ || now - heard_ < limit_) return false;
    if (suppresses_silence) {
        const bool has_reported = reported_ != 0;
        if (!has_reported || now - reported_ < std::max(limit_, kReportsMissedTicks)) return false;
    }
    told_ = true;
    return true;
}

}  // namespace bellwether::media
