#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bellwether::app {

/// Words made into sound by espeak-ng, a program of its own, and kept as files: the same words are
/// spoken once. Its files are named by what is said, so that they can be replaced by recordings.
class Speech {
public:
    /// @param folder  made when first needed
    explicit Speech(std::filesystem::path folder);

    /// The file that says `text` in a language of espeak-ng ("en", "nl", "hu", "ru"). Blocks while
    /// it is made, at most 20 s. Errors: InvalidInput: no such voice; Unavailable: espeak-ng is not
    /// installed, or the disk is full.
    [[nodiscard]] Result<std::filesystem::path> file(std::string_view text,
                                                     std::string_view language) const;

private:
    std::filesystem::path folder_;
};

/// What an agent hears of his own state; by its name, "ready", and its words.
struct AgentPhrase {
    std::string_view name;
    std::string_view text;
};
inline constexpr AgentPhrase kAgentPhrases[] = {
    {"ready", "Ready."},
    {"paused", "Paused."},
    {"wrap-up", "Wrap up."},
    {"on-call", "You have a call."},
    {"signed-out", "Signed out."},
    {"not-understood", "Not understood."},
    {"not-possible", "Not possible now."},
};

}  // namespace bellwether::app
