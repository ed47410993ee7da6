#include "dialer/media/wav_reader.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include "dialer/media/media_types.h"
#include "dialer/media/resampler.h"
#include "dialer/media/sound_file.h"

namespace bellwether::media {
namespace {

constexpr int kRateMax = 192'000;
constexpr std::size_t kResamplerReach = 32;  // output samples each side: 4 ms (resampler.cpp)
// More than ten minutes of 192 kHz floats; larger files are not taken into memory at all.
constexpr std::uintmax_t kFileBytesMax = std::uintmax_t{4} * kRateMax * (kRecordingSecondsMax + 60);

tl::unexpected<Error> unusable(std::string why) { return fail(Errc::InvalidInput, std::move(why)); }

std::uint32_t little_endian(std::span<const std::byte, 4> bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[i]);
    }
    return value;
}

bool is_at(std::span<const std::byte> bytes, std::size_t at, std::string_view word) {
    return at + word.size() <= bytes.size() &&
           std::memcmp(bytes.data() + at, word.data(), word.size()) == 0;
}

/// What is wrong with the chunks, which libsndfile forgives: sound that is announced and missing.
/// Source: Microsoft, Multimedia Programming Interface and Data Specifications 1.0, ch. 2-3.
std::optional<std::string> fault_of_chunks(std::span<const std::byte> bytes) {
    constexpr std::size_t kFormHead = 12;
    constexpr std::size_t kChunkHead = 8;
    constexpr std::uint32_t kOpenLength = 0x7FFF0000;  // programs that wrote to a pipe: not known
    if (bytes.empty()) return "is empty";
    if (!is_at(bytes, 0, "RIFF") || !is_at(bytes, 8, "WAVE")) {
        return "is not a WAV file: convert it, as with sox in.mp3 out.wav";
    }
    std::size_t at = kFormHead;
    while (at + kChunkHead <= bytes.size()) {
        const std::uint32_t length = little_endian(bytes.subspan(at + 4).first<4>());
        const std::size_t rest = bytes.size() - at - kChunkHead;
        if (is_at(bytes, at, "data")) {
            if (length > rest && length < kOpenLength) {
                return fmt::format("is truncated: {} bytes of sound announced, {} there", length,
                                   rest);
            }
            return {};
        }
        if (length > rest) break;
        at += kChunkHead + length + length % 2;
    }
    return "is truncated: it ends before its sound begins";
}

std::optional<std::string> fault_of_format(const SoundFile& file) {
    constexpr std::array kCodings{SF_FORMAT_ULAW,   SF_FORMAT_ALAW,   SF_FORMAT_PCM_U8,
                                  SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32,
                                  SF_FORMAT_FLOAT,  SF_FORMAT_DOUBLE};
    if (std::ranges::find(kCodings, file.coding()) == kCodings.end()) {
        return "is coded in neither G.711 nor PCM: convert it, as with sox in.wav -e u-law out.wav";
    }
    if (file.channels() != 1) {
        return fmt::format(
            "has {} channels: give the called side alone, as with "
            "sox in.wav out.wav remix 1",
            file.channels());
    }
    if (file.rate() < kSampleRate || file.rate() > kRateMax) {
        return fmt::format("has {} samples a second: give {} to {}", file.rate(), kSampleRate,
                           kRateMax);
    }
    return {};
}

Result<std::vector<float>> read_samples(SoundFile& file) {
    constexpr std::size_t kBlock = 4096;
    const auto most = static_cast<std::size_t>(file.rate()) * kRecordingSecondsMax;
    std::vector<float> samples;
    std::array<float, kBlock> block{};
    while (const auto count = file.read(block)) {
        samples.insert(samples.end(), block.begin(),
                       block.begin() + static_cast<std::ptrdiff_t>(count));
        if (samples.size() > most) {
            return unusable(fmt::format("is longer than {} s", kRecordingSecondsMax));
        }
    }
    if (samples.empty()) return unusable("holds no sound");
    return samples;
}

/// At 8 kHz; from another rate late by the resampler's reach.
std::vector<float> at_call_rate(std::vector<float> samples, int rate) {
    if (rate == kSampleRate) return samples;
    const std::vector<float> resampled = resample_to_8k(samples, rate);
    std::vector<float> late(kResamplerReach, 0.0F);
    late.insert(late.end(), resampled.begin(), resampled.end());
    return late;
}

}  // namespace

Result<std::vector<std::int16_t>> read_wav(std::span<const std::byte> bytes) {
    if (const auto fault = fault_of_chunks(bytes)) return unusable(*fault);
    auto file = SoundFile::open(bytes);
    if (!file) return unusable(fmt::format("is not a sound file ({})", file.error().detail));
    if (const auto fault = fault_of_format(*file)) return unusable(*fault);
    auto samples = read_samples(*file);
    if (!samples) return tl::unexpected{samples.error()};
    std::vector<std::int16_t> pcm;
    for (const float value : at_call_rate(*std::move(samples), file->rate())) {
        pcm.push_back(to_pcm(value));
    }
    return pcm;
}

Result<std::vector<std::int16_t>> read_wav_file(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) {
        return fail(Errc::NotFound, file.string() + " is not there");
    }
    if (!std::filesystem::is_regular_file(status))
        return unusable(file.string() + " is not a file");
    const auto size = std::filesystem::file_size(file, error);
    if (error || size > kFileBytesMax) return unusable(file.string() + " is too large");
    std::ifstream stream{file, std::ios::binary};
    std::vector<std::byte> bytes(size);
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (!stream) return fail(Errc::Unavailable, file.string() + " cannot be read");
    auto pcm = read_wav(bytes);
    if (!pcm) return fail(pcm.error().code, file.string() + " " + pcm.error().detail);
    return pcm;
}

}  // namespace bellwether::media
