#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bellwether::media {

/// A sound ready to be played: 8 kHz, mono, 16 bits.
struct Prompt {
    std::vector<std::int16_t> samples;
};

inline constexpr int kPromptSecondsMax =
    600;  ///< 9.6 MB resident; nobody listens to more on a call

/// All prompts together: ten hours and more, some thousand sentences in several languages.
inline constexpr std::size_t kPromptBytesMax = std::size_t{640} << 20;

/// Reads a sound file (WAV, FLAC, Ogg Opus and whatever else libsndfile reads; 4 to 192 kHz) as a
/// Prompt; channels are averaged. Holds no more of it in memory than the result. Fails with
/// NotFound or InvalidInput, naming the file and what to do.
[[nodiscard]] Result<Prompt> read_prompt(const std::filesystem::path& file);
/// The same of a file's bytes; `name` stands in the error.
[[nodiscard]] Result<Prompt> read_prompt(std::span<const std::byte> bytes, const std::string& name);

/// A sine with ramps of 10 ms against clicks.
/// @param frequency  Hz, below 4000
/// @param dbm0       level; 0 dBm0 as G.711 §5 has it
[[nodiscard]] Prompt make_tone(double frequency, std::chrono::milliseconds length, double dbm0);

/// kHoldMusic.
[[nodiscard]] Prompt make_hold_music();

/// The prompts by name. Thread-safe; a prompt taken stays valid after it was replaced or dropped.
class PromptLibrary {
public:
    /// Knows kAgentTone, kAnswerBeep and kHoldMusic.
    explicit PromptLibrary(std::size_t bytes_max = kPromptBytesMax);

    /// Fails with Exhausted when all prompts together would exceed the bound; what the name stood
    /// for before then stays.
    [[nodiscard]] Result<void> put(std::string name, Prompt prompt);
    void drop(std::string_view name);  ///< forgets it, if known
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] std::shared_ptr<const Prompt> find(std::string_view name) const;

private:
    std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::size_t bytes_ = 0;  // of the samples of all
    std::map<std::string, std::shared_ptr<const Prompt>, std::less<>> prompts_;
};

}  // namespace bellwether::media
