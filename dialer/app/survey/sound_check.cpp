#include "dialer/app/survey/sound_check.h"

#include <fstream>
#include <string>
#include <system_error>

#include "dialer/media/media_types.h"
#include "dialer/media/prompt_library.h"

namespace bellwether::app {

Result<double> sound_seconds(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return fail(Errc::NotFound, file.string() + " is not there");
    }
    if (!std::filesystem::is_regular_file(file, error)) {
        return fail(Errc::InvalidInput, file.string() + " is not a file");
    }
    if (!std::ifstream(file, std::ios::binary))
        return fail(Errc::Unavailable, file.string() + " cannot be read");
    const auto sound = media::read_prompt(file);
    if (!sound) return tl::unexpected{sound.error()};
    return static_cast<double>(sound->samples.size()) / media::kSampleRate;
}

Result<void> check_sound(const std::filesystem::path& file) {
    const auto seconds = sound_seconds(file);
    if (!seconds) return tl::unexpected{seconds.error()};
    return {};
}

}  // namespace bellwether::app
