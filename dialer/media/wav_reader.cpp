#include "dialer/media/wav_reader.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

#include "dialer/media/media_types.h"
#include "dialer/media/resampler.h"

namespace bellwether::media {
namespace {

constexpr int kRateMax = 192'000;
constexpr double kFullScale = 32'768.0;
constexpr std::size_t kResamplerReach = 32;  // output samples each side: 4 ms (resampler.cpp)
// More than ten minutes of 192 kHz floats; larger files are not taken into memory at all.
constexpr std::uintmax_t kFileBytesMax = std::uintmax_t{4} * kRateMax * (kRecordingSecondsMax + 60);

tl::unexpected<Error> unusable(std::string why) { return fail(Errc::InvalidInput, std::move(why)); }

/// The bytes as libsndfile reads a file.
struct Memory {
    std::span<const std::byte> bytes;
    sf_count_t at = 0;

    [[nodiscard]] sf_count_t size() const { return static_cast<sf_count_t>(bytes.size()); }
};

sf_count_t memory_size(void* user) { return static_cast<Memory*>(user)->size(); }

sf_count_t memory_seek(sf_count_t offset, int whence, void* user) {
    auto& memory = *static_cast<Memory*>(user);
    sf_count_t from = 0;
    if (whence == SEEK_CUR) from = memory.at;
    if (whence == SEEK_END) from = memory.size();
    memory.at = std::clamp<sf_count_t>(from + offset, 0, memory.size());
    return memory.at;
}

sf_count_t memory_read(void* to, sf_count_t count, void* user) {
    auto& memory = *static_cast<Memory*>(user);
    const auto got = std::clamp<sf_count_t>(count, 0, memory.size() - memory.at);
    if (got > 0) {
        const auto part = memory.bytes.subspan(static_cast<std::size_t>(memory.at),
                                               static_cast<std::size_t>(got));
        std::memcpy(to, part.data(), part.size());
    }
    memory.at += got;
    return got;
}

sf_count_t memory_tell(void* user) { return static_cast<Memory*>(user)->at; }

struct CloseSoundFile {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using SoundFile = std::unique_ptr<SNDFILE, CloseSoundFile>;

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

std::optional<std::string> fault_of_format(const SF_INFO& info) {
    constexpr std::array kCodings{SF_FORMAT_ULAW,   SF_FORMAT_ALAW,   SF_FORMAT_PCM_U8,
                                  SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32,
                                  SF_FORMAT_FLOAT,  SF_FORMAT_DOUBLE};
    const int coding = info.format & SF_FORMAT_SUBMASK;
    if (std::ranges::find(kCodings, coding) == kCodings.end()) {
        return "is coded in neither G.711 nor PCM: convert it, as with sox in.wav -e u-law out.wav";
    }
    if (info.channels != 1) {
        return fmt::format(
            "has {} channels: give the called side alone, as with "
            "sox in.wav out.wav remix 1",
            info.channels);
    }
    if (info.samplerate < kSampleRate || info.samplerate > kRateMax) {
        return fmt::format("has {} samples a second: give {} to {}", info.samplerate, kSampleRate,
                           kRateMax);
    }
    return {};
}

std::int16_t to_sample(double value) {
    if (!std::isfinite(value)) return 0;
    const double scaled = std::nearbyint(value * kFullScale);
    return static_cast<std::int16_t>(std::clamp(scaled, -32'768.0, 32'767.0));
}

Result<std::vector<float>> read_samples(SNDFILE* file, int rate) {
    constexpr sf_count_t kBlock = 4096;
    const auto most = static_cast<std::size_t>(rate) * kRecordingSecondsMax;
    std::vector<float> samples;
    std::array<float, kBlock> block{};
    while (const auto count = sf_readf_float(file, block.data(), kBlock)) {
        samples.insert(samples.end(), block.begin(), block.begin() + count);
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
    SF_VIRTUAL_IO io{memory_size, memory_seek, memory_read, nullptr, memory_tell};
    Memory memory{bytes};
    SF_INFO info{};
    const SoundFile file{sf_open_virtual(&io, SFM_READ, &info, &memory)};
    if (!file) return unusable(fmt::format("is not a sound file ({})", sf_strerror(nullptr)));
    if (const auto fault = fault_of_format(info)) return unusable(*fault);
    auto samples = read_samples(file.get(), info.samplerate);
    if (!samples) return tl::unexpected{samples.error()};
    std::vector<std::int16_t> pcm;
    for (const float value : at_call_rate(*std::move(samples), info.samplerate)) {
        pcm.push_back(to_sample(static_cast<double>(value)));
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
