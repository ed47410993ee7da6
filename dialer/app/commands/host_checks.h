#pragma once

#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"
#include "dialer/app/files/config.h"

namespace bellwether::app {

enum class CheckResult { Ok, Warning, Failed };

struct Check {
    std::string name;
    CheckResult result = CheckResult::Ok;
    std::string detail;  ///< what was found, and the mend if there is something to mend
};

[[nodiscard]] Check check_trunk(const Config& config);
[[nodiscard]] Check check_disk(const Config& config);
[[nodiscard]] Check check_clock();
[[nodiscard]] Check check_zones(UtcTime now);
/// Can the SIP port be bound? Only meaningful while no service runs.
[[nodiscard]] Check check_sip_port(const Config& config);
/// Can the first and last RTP port be bound, and do all trunk lines fit into the range?
[[nodiscard]] Check check_media_ports(const Config& config);

}  // namespace bellwether::app

namespace bellwether {
template <>
inline constexpr auto kEnumNames<app::CheckResult> = names("OK", "WARNING", "FAILED");
}  // namespace bellwether
