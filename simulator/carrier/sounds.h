#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/media/media_engine.h"

namespace bellwether::carrier {

/// Something that is played.
struct Sound {
    std::string name;    ///< of the media engine's prompt
    std::string code{};  ///< of an announcement: which special information tones ("VC")
};

/// What people, machines and the network here sound like. No list is empty.
struct Sounds {
    std::vector<Sound> greetings;
    std::vector<Sound> replies;
    std::vector<Sound> voicemails;  ///< greeting and beep
    std::vector<Sound> screenings;  ///< an assistant that asks who is calling
    std::vector<Sound> faxes;
    std::vector<Sound> announcements;  ///< special information tones, and words after them
    std::vector<Sound> ringbacks;      ///< early media

    [[nodiscard]] static const Sound& pick(const std::vector<Sound>& from, std::uint64_t voice) {
        return from[voice % from.size()];
    }
};

/// Loads every *.wav of a folder, in the order of their names. What a file is, its name begins
/// with: "hello", "voicemail", "screener", "fax", "ring", "sit_CODE" (sit_VC.wav); any other is a
/// reply. Greetings and replies stand in for one another, replies for what rings in early media.
/// What else is missing, and everything for an empty path, is built in (built_in_sounds.h).
/// Fails: Unavailable (the folder or the temporary one), NotFound (no *.wav), or what the file is.
[[nodiscard]] Result<Sounds> load_sounds(media::MediaEngine& media,
                                         const std::filesystem::path& folder);

}  // namespace bellwether::carrier
