#include "dialer/media/prompt_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>
#include <span>
#include <utility>

#include "base/check.h"
#include "dialer/media/media_engine.h"
#include "dialer/media/resampler.h"
#include "dialer/media/sound_file.h"

namespace bellwether::media {
namespace {

constexpr int kRateMin = 4'000;
constexpr int kRateMax = 192'000;
constexpr int kChannelsMax = 32;
constexpr std::size_t kPromptSamplesMax = std::size_t{kSampleRate} * kPromptSecondsMax;

tl::unexpected<Error> unusable(const std::string& name, const std::string& why) {
    return fail(Errc::InvalidInput,
                fmt::format("prompt '{}': {}; give a WAV, FLAC or Ogg Opus file", name, why));
}

// Every channel weighs alike.
float mean(std::span<const float> frame) {
    float sum = 0.0F;
    for (const float sample : frame) sum += sample;
    return sum / static_cast<float>(frame.size());
}

void append(std::vector<float>& from, std::vector<std::int16_t>& to) {
    std::ranges::transform(from, std::back_inserter(to), to_pcm);
    from.clear();
}

Result<Prompt> decode(SoundFile& file, const std::string& name) {
    constexpr std::size_t kBlock = 4096;
    const auto channels = static_cast<std::size_t>(file.channels());
    std::vector<float> block(kBlock * channels);
    std::vector<float> mono;
    std::vector<float> at_8k;
    Resampler resampler{file.rate()};
    Prompt prompt;
    // The header's length is not believed: a truncated or streamed file may say anything.
    while (const auto count = file.read(block)) {
        mono.clear();
        for (std::size_t i = 0; i < count; ++i) {
            mono.push_back(mean(std::span{block}.subspan(i * channels, channels)));
        }
        resampler.push(mono, at_8k);
        append(at_8k, prompt.samples);
        if (prompt.samples.size() > kPromptSamplesMax) {
            return unusable(name, fmt::format("longer than {} s", kPromptSecondsMax));
        }
    }
    resampler.finish(at_8k);
    append(at_8k, prompt.samples);
    if (prompt.samples.empty()) return unusable(name, "it holds no sound");
    prompt.samples.shrink_to_fit();
    return prompt;
}

Result<Prompt> decode_if_usable(Result<SoundFile> file, const std::string& name) {
    if (!file) return unusable(name, fmt::format("not a sound file ({})", file.error().detail));
    if (file->rate() < kRateMin || file->rate() > kRateMax) {
        return unusable(
            name, fmt::format("{} Hz is outside {} to {} Hz", file->rate(), kRateMin, kRateMax));
    }
    if (file->channels() < 1 || file->channels() > kChannelsMax) {
        return unusable(name, fmt::format("{} channels", file->channels()));
    }
    return decode(*file, name);
}

}  // namespace

Result<Prompt> read_prompt(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
        return fail(Errc::NotFound, fmt::format("prompt '{}' does not exist", path.string()));
    }
    if (!std::filesystem::is_regular_file(status)) return unusable(path.string(), "not a file");
    return decode_if_usable(SoundFile::open(path), path.string());
}

Result<Prompt> read_prompt(std::span<const std::byte> bytes, const std::string& name) {
    return decode_if_usable(SoundFile::open(bytes), name);
}

Prompt make_tone(double frequency, std::chrono::milliseconds length, double dbm0) {
    constexpr int kRamp = kSampleRate / 100;  // 10 ms, against clicks
    // 0 dBm0 is a sine 3.14 dB below A-law's full scale (G.711 §5): a peak of 22'827.
    const double peak = 22'827.0 * std::pow(10.0, dbm0 / 20.0);
    const auto samples = static_cast<int>(length.count() * kSampleRate / 1000);
    Prompt prompt;
    for (int n = 0; n < samples; ++n) {
        const int to_edge = std::min(n, samples - 1 - n);
        const double gain = std::min(1.0, static_cast<double>(to_edge) / kRamp);
        const double phase = 2.0 * std::numbers::pi * frequency * n / kSampleRate;
        prompt.samples.push_back(
            static_cast<std::int16_t>(std::lround(peak * gain * std::sin(phase))));
    }
    return prompt;
}

// A broken chord, each note 1.5 s, swelling and falling, then the same again with another last
// note: plainly music on hold, and soft enough to speak over.
Prompt make_hold_music() {
    constexpr std::array<double, 8> kNotes{261.63, 329.63, 392.0, 523.25,   // C4 E4 G4 C5, equal
                                           261.63, 349.23, 440.0, 523.25};  // C4 F4 A4 C5 (ISO 16)
    constexpr int kNote = kSampleRate * 3 / 2;
    const double peak = 22'827.0 * std::pow(10.0, -26.0 / 20.0);  // -26 dBm0, as make_tone
    Prompt prompt;
    for (const double frequency : kNotes) {
        for (int n = 0; n < kNote; ++n) {
            const double swell = std::sin(std::numbers::pi * n / kNote);
            const double phase = 2.0 * std::numbers::pi * frequency * n / kSampleRate;
            const double sound = std::sin(phase) + 0.25 * std::sin(2.0 * phase);
            prompt.samples.push_back(
                static_cast<std::int16_t>(std::lround(peak * swell * swell * sound)));
        }
    }
    return prompt;
}

PromptLibrary::PromptLibrary(std::size_t bytes_max) : bytes_max_{bytes_max} {
    using std::chrono::milliseconds;
    BW_CHECK(put(std::string{kAgentTone}, make_tone(440.0, milliseconds{200}, -20.0)));
    BW_CHECK(put(std::string{kAnswerBeep}, make_tone(1000.0, milliseconds{250}, -20.0)));
    BW_CHECK(put(std::string{kHoldMusic}, make_hold_music()));
}

Result<void> PromptLibrary::put(std::string name, Prompt prompt) {
    const std::size_t bytes = prompt.samples.size() * sizeof(std::int16_t);
    auto shared = std::make_shared<const Prompt>(std::move(prompt));
    const std::lock_guard lock{mutex_};
    const auto at = prompts_.find(name);
    const std::size_t freed =
        at == prompts_.end() ? 0 : at->second->samples.size() * sizeof(std::int16_t);
    if (bytes_ - freed + bytes > bytes_max_) {
        return fail(Errc::Exhausted,
                    fmt::format("no room for the prompt '{}': all prompts together may hold {} "
                                "s of sound; drop those that no campaign plays",
                                name, bytes_max_ / (2 * kSampleRate)));
    }
    bytes_ += bytes - freed;
    prompts_[std::move(name)] = std::move(shared);
    return {};
}

void PromptLibrary::drop(std::string_view name) {
    const std::lock_guard lock{mutex_};
    const auto at = prompts_.find(name);
    if (at == prompts_.end()) return;
    bytes_ -= at->second->samples.size() * sizeof(std::int16_t);
    prompts_.erase(at);
}

std::size_t PromptLibrary::bytes() const {
    const std::lock_guard lock{mutex_};
    return bytes_;
}

std::shared_ptr<const Prompt> PromptLibrary::find(std::string_view name) const {
    const std::lock_guard lock{mutex_};
    const auto at = prompts_.find(name);
    return at == prompts_.end() ? nullptr : at->second;
}

}  // namespace bellwether::media
