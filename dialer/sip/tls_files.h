#pragma once

#include <chrono>
#include <ctime>
#include <string>

#include "base/result.h"
#include "dialer/sip/trunk_config.h"

namespace bellwether::sip {

/// Whether a trunk's certificate files can be used at `now`. The library would start without them,
/// and every call would fail in silence (sip2.md §3.1).
///
/// Reads the files. Errors name the file, what is wrong with it and the mend.
[[nodiscard]] Result<void> check_tls_files(const TlsSettings& tls, std::time_t now);

/// Until when the certificate in a PEM file is valid, its first if it holds several. InvalidInput:
/// it cannot be read or holds none.
[[nodiscard]] Result<std::chrono::sys_seconds> certificate_end(const std::string& path);

/// The authorities that the trunk trusts: `ca_file`, or those of the system.
[[nodiscard]] std::string ca_file_of(const TlsSettings& tls);

}  // namespace bellwether::sip
