#include "dialer/app/files/recording_names.h"

#include <array>
#include <system_error>

namespace bellwether::app {

using campaigns::RecordingFormat;

std::string_view recording_extension(RecordingFormat format) {
    return format == RecordingFormat::Flac ? ".flac" : ".wav";
}

std::string recording_stem(AttemptId attempt) { return std::to_string(value_of(attempt)); }

std::string recording_of(const std::filesystem::path& folder, AttemptId attempt) {
    for (const auto format : std::array{RecordingFormat::Wav, RecordingFormat::Flac}) {
        std::string name = recording_stem(attempt) + std::string{recording_extension(format)};
        std::error_code error;
        if (std::filesystem::is_regular_file(folder / name, error)) return name;
    }
    return {};
}

}  // namespace bellwether::app
