#include "dialer/media/prompt_library.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <utility>

#include "dialer/media/media_engine.h"
#include "dialer/media/resampler.h"

namespace bellwether::media {
namespace {

constexpr int kRateMin = 4'000;
constexpr int kRateMax = 192'000;
constexpr int kChannelsMax = 32;
constexpr double kFullScale = 32'768.0;

struct CloseSoundFile {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using SoundFile = std::unique_ptr<SNDFILE, CloseSoundFile>;

tl::unexpected<Error> unusable(const std::filesystem::path& file, const std::string& why) {
    return fail(Errc::InvalidInput,
                fmt::format("prompt '{}': {}; give a WAV file, 8 kHz mono 16 bits at best",
                            file.string(), why));
}

std::int16_t to_sample(double value) {
    if (!std::isfinite(value)) return 0;
    const double scaled = std::nearbyint(value * kFullScale);
    return static_cast<std::int16_t>(std::clamp(scaled, -32'768.0, 32'767.0));
}

Result<std::vector<float>> read_mono(SNDFILE* file, const SF_INFO& info,
                                     const std::filesystem::path& path) {
    constexpr sf_count_t kBlock = 4096;
    const auto channels = static_cast<std::size_t>(info.channels);
    const auto frames_max = static_cast<std::size_t>(info.samplerate) * kPromptSecondsMax;
    std::vector<float> block(static_cast<std::size_t>(kBlock) * channels);
    std::vector<float> mono;
    // The header's length is not believed: a truncated or streamed file may say anything.
    while (const auto count = sf_readf_float(file, block.data(), kBlock)) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            const auto frame = std::span{block}.subspan(i * channels, channels);
            float sum = 0.0F;
            for (const float sample : frame) sum += sample;
            mono.push_back(sum / static_cast<float>(channels));
        }
        if (mono.size() > frames_max) {
            return unusable(path, fmt::format("longer than {} s", kPromptSecondsMax));
        }
    }
    return mono;
}

}  // namespace

Result<Prompt> read_prompt(const std::filesystem::path& path) {
    std::error_code status_error;
    if (!std::filesystem::exists(path, status_error)) {
        return fail(Errc::NotFound, fmt::format("prompt '{}' does not exist", path.string()));
    }
    SF_INFO info{};
    const SoundFile file{sf_open(path.c_str(), SFM_READ, &info)};
    if (!file) return unusable(path, fmt::format("not a sound file ({})", sf_strerror(nullptr)));
    if (info.samplerate < kRateMin || info.samplerate > kRateMax) {
        return unusable(
            path, fmt::format("{} Hz is outside {} to {} Hz", info.samplerate, kRateMin, kRateMax));
    }
    if (info.channels < 1 || info.channels > kChannelsMax) {
        return unusable(path, fmt::format("{} channels", info.channels));
    }
    const auto mono = read_mono(file.get(), info, path);
    if (!mono) return tl::unexpected<Error>{mono.error()};
    if (mono->empty()) return unusable(path, "it holds no sound");
    Prompt prompt;
    for (const float value : resample_to_8k(*mono, info.samplerate)) {
        prompt.samples.push_back(to_sample(static_cast<double>(value)));
    }
    return prompt;
}

Prompt make_agent_tone() {
    constexpr double kFrequency = 440.0;
    constexpr int kLength = kSampleRate / 5;  // 200 ms
    constexpr int kRamp = kSampleRate / 100;  // 10 ms, against clicks
    // 0 dBm0 is a sine 3.14 dB below A-law's full scale (G.711 §5): a peak of 22'827.
    const double peak = 22'827.0 * std::pow(10.0, -20.0 / 20.0);
    Prompt prompt;
    for (int n = 0; n < kLength; ++n) {
        const int to_edge = std::min(n, kLength - 1 - n);
        const double gain = std::min(1.0, static_cast<double>(to_edge) / kRamp);
        const double phase = 2.0 * std::numbers::pi * kFrequency * n / kSampleRate;
        prompt.samples.push_back(
            static_cast<std::int16_t>(std::lround(peak * gain * std::sin(phase))));
    }
    return prompt;
}

PromptLibrary::PromptLibrary() { put(std::string{kAgentTone}, make_agent_tone()); }

void PromptLibrary::put(std::string name, Prompt prompt) {
    auto shared = std::make_shared<const Prompt>(std::move(prompt));
    const std::lock_guard lock{mutex_};
    prompts_[std::move(name)] = std::move(shared);
}

std::shared_ptr<const Prompt> PromptLibrary::find(std::string_view name) const {
    const std::lock_guard lock{mutex_};
    const auto at = prompts_.find(name);
    return at == prompts_.end() ? nullptr : at->second;
}

}  // namespace bellwether::media
