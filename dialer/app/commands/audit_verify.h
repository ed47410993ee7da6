#pragma once

#include "compliance/evidence/bundle_check.h"
#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/run_command.h"

namespace bellwether::app {

/// The files of a bundle: a folder, or a tar. Nothing outside of it is ever read, whatever its
/// manifest names. Errors: NotFound; Corrupt: no tar.
[[nodiscard]] Result<compliance::evidence::BundleReader> read_bundle(
    const std::filesystem::path& path);

/// `audit verify`: works on files alone, without a store, a service or a key of ours.
[[nodiscard]] ExitCode audit_verify(const Given& given, const Output& output);

}  // namespace bellwether::app
