#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"

namespace bellwether::media {

/// The longest recording that is read, seconds.
inline constexpr int kRecordingSecondsMax = 600;

/// Reads a recorded call out of a WAV file's bytes: one channel, G.711, PCM or floats, 8 to 192
/// kHz, given back as linear 16 bits at 8 kHz. G.711 and 16 bits at 8 kHz come back exactly. From
/// other rates the sound comes 4 ms late, so that no sample is made of anything after it.
///
/// Stricter than read_prompt, since a judgement of half a recording would pass for one of the
/// whole: fails with InvalidInput for what is no WAV, has several channels, another rate or coding,
/// no sound, less sound than its header says, or more than kRecordingSecondsMax. The text says what
/// to do, and names no file.
[[nodiscard]] Result<std::vector<std::int16_t>> read_wav(std::span<const std::byte> bytes);

/// The same of a file, which the text names. Fails also with NotFound, or Unavailable if it cannot
/// be read.
[[nodiscard]] Result<std::vector<std::int16_t>> read_wav_file(const std::filesystem::path& file);

}  // namespace bellwether::media
