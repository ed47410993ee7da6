#pragma once

#include <cstdlib>
#include <string>

namespace bellwether::media::test {

/// Runs sox (scripts/setup installs it) with these arguments, as a shell reads them: sounds and
/// judgements that are not ours. False when it fails.
inline bool sox(const std::string& arguments) {
    return std::system(("sox -V1 " + arguments).c_str()) == 0;  // NOLINT(cert-env33-c): a test
}

}  // namespace bellwether::media::test
