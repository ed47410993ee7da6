#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/media/media_engine.h"

namespace bellwether::carrier {

/// The names of the prompts that people here speak with. Neither list is empty.
struct Sounds {
    std::vector<std::string> greetings;
    std::vector<std::string> replies;

    [[nodiscard]] static const std::string& pick(const std::vector<std::string>& from,
                                                 std::uint64_t voice) {
        return from[voice % from.size()];
    }
};

/// Loads every *.wav of a folder, in the order of their names: "hello*" are greetings, the others
/// replies; a kind without files uses the other's. An empty path: a built-in burst of one second
/// that sounds a little like a syllable train, for both.
/// Fails: Unavailable (the folder or the temporary one), NotFound (no *.wav), or what the file is.
[[nodiscard]] Result<Sounds> load_sounds(media::MediaEngine& media,
                                         const std::filesystem::path& folder);

}  // namespace bellwether::carrier
