#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "campaigns/recording_rule.h"
#include "dialer/store/recordings.h"

namespace bellwether::app {

/// ".wav" or ".flac".
[[nodiscard]] std::string_view recording_extension(campaigns::RecordingFormat format);

/// The name of an attempt's recording, without its extension.
[[nodiscard]] std::string recording_stem(AttemptId attempt);

/// That of a call that came in, which has no number of its own beyond the service's run.
[[nodiscard]] std::string recording_stem(Epoch epoch, CallId call);

/// The call that a name is of, with its extension; none: it names no recording of a call.
[[nodiscard]] std::optional<store::RecordedCall> recorded_call(const std::filesystem::path& file);

/// The file of an attempt's recording in the folder, whichever format it has, by its name; empty:
/// there is none, or it is not whole yet. Looks at the disk; cannot fail.
[[nodiscard]] std::string recording_of(const std::filesystem::path& folder, AttemptId attempt);

}  // namespace bellwether::app
