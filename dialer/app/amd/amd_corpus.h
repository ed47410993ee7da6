#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "answer-detect/training/clip.h"
#include "base/result.h"

namespace bellwether::app {

using answer_detect::training::LabelledClip;

/// Reads FOLDER/labels.jsonl: one JSON object a line, its members as scripts/amd-corpus writes them
/// (docs/answer-detect.md); those not named there are ignored. The clips come without sound, with
/// the file's name as `id`. Fails with InvalidInput, naming file and line.
[[nodiscard]] Result<std::vector<LabelledClip>> read_labels(const std::filesystem::path& folder);

/// The same of one line's text; the error names no line.
[[nodiscard]] Result<LabelledClip> read_label(std::string_view line);

/// How a clip is called among those of several folders: "dev/dev_0001.wav".
[[nodiscard]] std::string clip_name(const std::filesystem::path& folder, const LabelledClip& clip);

/// Reads the clip's sound, at most `longest_s` of it. Fails with InvalidInput, also when the file
/// is not there: its label says that it is.
[[nodiscard]] Result<void> load_sound(const std::filesystem::path& folder, LabelledClip& clip,
                                      double longest_s = 600);

/// A whole folder with its sound; `id` becomes clip_name().
[[nodiscard]] Result<std::vector<LabelledClip>> read_corpus(const std::filesystem::path& folder,
                                                            double longest_s);

}  // namespace bellwether::app
