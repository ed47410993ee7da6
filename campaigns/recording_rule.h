#pragma once

#include <string>

#include "base/enum_names.h"

namespace bellwether::campaigns {

/// How the recording of a call, or of a spoken answer, is kept.
enum class RecordingFormat {
    Wav,   ///< 16-bit PCM: 1.9 MB a minute of a call
    Flac,  ///< lossless, about half of it
};

/// How a campaign's calls are recorded.
struct RecordingRule {
    RecordingFormat format = RecordingFormat::Wav;
    /// Tells whoever is on the line of the recording, which begins at its end and not before;
    /// empty: the recording begins with the answer.
    std::string announcement;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("format", self.format);
        visit("announcement", self.announcement);
    }
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::RecordingFormat> = names("WAV", "FLAC");
}  // namespace bellwether
