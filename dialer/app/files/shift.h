#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "campaigns/disposition.h"

namespace bellwether::app {

/// When a shift that covers `now` ends. A shift is written as "Mon-Fri 09:00-17:00
/// Europe/Amsterdam"; several windows are parted by commas before the zone: "Mon-Fri 09:00-17:00,
/// Sat 10:00-14:00 UTC". Errors: InvalidInput: it is not written so; Refused: `now` lies in none of
/// its windows.
[[nodiscard]] Result<UtcTime> shift_end(std::string_view shift, UtcTime now);

/// Is it written as above?
[[nodiscard]] Result<void> check_shift(std::string_view shift, UtcTime now);

/// Skills as "es:5,nl:9"; without a level: 5. Errors: InvalidInput.
[[nodiscard]] Result<std::vector<campaigns::Skill>> parse_skills(std::string_view text);

}  // namespace bellwether::app
