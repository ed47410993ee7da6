#pragma once

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/run_command.h"

namespace bellwether::app {

// `bellwether amd …`: answer detection on recorded calls. None needs the service or the store.

/// What each of some WAV files is; a line a file with --json. A file that cannot be read is named
/// on stderr, and makes the exit code 3 after the others' lines.
[[nodiscard]] ExitCode amd_classify(const Given& given, const Output& output);
/// How well labelled recordings are judged.
[[nodiscard]] ExitCode amd_evaluate(const Given& given, const Output& output);
/// Learns a weights file from labelled recordings.
[[nodiscard]] ExitCode amd_train(const Given& given, const Output& output);
/// Fits a weights file's probabilities to an operator's own labelled calls.
[[nodiscard]] ExitCode amd_recalibrate(const Given& given, const Output& output);

}  // namespace bellwether::app
