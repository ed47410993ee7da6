#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "campaigns/recording_rule.h"

namespace bellwether::app {

/// ".wav" or ".flac".
[[nodiscard]] std::string_view recording_extension(campaigns::RecordingFormat format);

/// The name of an attempt's recording, without its extension.
[[nodiscard]] std::string recording_stem(AttemptId attempt);

/// The file of an attempt's recording in the folder, whichever format it has, by its name; empty:
/// there is none, or it is not whole yet. Looks at the disk; cannot fail.
[[nodiscard]] std::string recording_of(const std::filesystem::path& folder, AttemptId attempt);

}  // namespace bellwether::app
