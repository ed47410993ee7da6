#include "dialer/app/files/recording_names.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "dialer/app/files/json_text.h"

namespace bellwether::app {

using campaigns::RecordingFormat;

std::string_view recording_extension(RecordingFormat format) {
    return format == RecordingFormat::Flac ? ".flac" : ".wav";
}

std::string recording_stem(AttemptId attempt) { return std::to_string(value_of(attempt)); }

std::string recording_stem(Epoch epoch, CallId call) {
    return fmt::format("in-{}-{}", value_of(epoch), value_of(call));
}

std::optional<store::RecordedCall> recorded_call(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    if (const auto attempt = id_from_text<AttemptId>(stem))
        return store::RecordedCall{.attempt = *attempt};
    const auto dash = stem.rfind('-');
    if (!stem.starts_with("in-") || dash == std::string::npos || dash < 3) return std::nullopt;
    std::uint32_t epoch = 0;
    const char* const epoch_end = stem.data() + dash;
    const auto [stop, error] = std::from_chars(stem.data() + 3, epoch_end, epoch);
    const auto call = id_from_text<CallId>(std::string_view{stem}.substr(dash + 1));
    if (error != std::errc{} || stop != epoch_end || !call) return std::nullopt;
    return store::RecordedCall{.epoch = Epoch{epoch}, .call = *call};
}

std::string recording_of(const std::filesystem::path& folder, AttemptId attempt) {
    for (const auto format : std::array{RecordingFormat::Wav, RecordingFormat::Flac}) {
        std::string name = recording_stem(attempt) + std::string{recording_extension(format)};
        std::error_code error;
        if (std::filesystem::is_regular_file(folder / name, error)) return name;
    }
    return {};
}

}  // namespace bellwether::app
