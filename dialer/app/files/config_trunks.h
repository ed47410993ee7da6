#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dialer/app/files/toml_reader.h"
#include "dialer/sip/trunk_config.h"

namespace bellwether::app {

/// [trunk], or each [[trunks]]: the carriers that calls go out through. Notes a problem when both
/// forms stand in the file, or two trunks have one name.
void read_trunks(TomlReader& top, const std::filesystem::path& folder,
                 std::vector<sip::TrunkConfig>& trunks);

/// As [[trunks]], every value with its unit; a password as "***".
[[nodiscard]] std::string print_trunks(const std::vector<sip::TrunkConfig>& trunks);

}  // namespace bellwether::app
