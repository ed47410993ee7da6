#include "dialer/app/wav_check.h"

#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "dialer/media/prompt_library.h"

namespace bellwether::app {

Result<void> check_wav(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return fail(Errc::NotFound, file.string() + " is not there");
    }
    if (!std::filesystem::is_regular_file(file, error)) {
        return fail(Errc::InvalidInput, file.string() + " is not a file");
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail(Errc::Unavailable, file.string() + " cannot be read");
    // RIFF, length, WAVE: Microsoft, Multimedia Programming Interface and Data Specifications 1.0,
    // ch. 2-3.
    std::array<char, 12> head{};
    stream.read(head.data(), head.size());
    const std::string_view text(head.data(), static_cast<std::size_t>(stream.gcount()));
    const bool is_wav =
        text.size() == head.size() && text.substr(0, 4) == "RIFF" && text.substr(8) == "WAVE";
    if (!is_wav) {
        return fail(Errc::InvalidInput,
                    file.string() + " is not a WAV file: convert it, as with sox in.mp3 out.wav");
    }
    const auto sound = media::read_prompt(file);
    if (!sound) return tl::unexpected{sound.error()};
    return {};
}

}  // namespace bellwether::app
