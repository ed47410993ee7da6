#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
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

/// Reads a sound file as a Prompt; channels are averaged. Fails with NotFound or InvalidInput,
/// naming the file and what to do.
[[nodiscard]] Result<Prompt> read_prompt(const std::filesystem::path& file);

/// The agent's tone (kAgentTone).
[[nodiscard]] Prompt make_agent_tone();

/// The prompts by name. Thread-safe; a prompt taken stays valid after it was replaced.
class PromptLibrary {
public:
    PromptLibrary();  ///< knows kAgentTone

    void put(std::string name, Prompt prompt);
    [[nodiscard]] std::shared_ptr<const Prompt> find(std::string_view name) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Prompt>, std::less<>> prompts_;
};

}  // namespace bellwether::media
