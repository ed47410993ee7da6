#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "compliance/calling_hours.h"

namespace bellwether::app {

/// A moment in the past as people name it: "14:03" or "14:03:07", the latest such time on the
/// zone's clocks that is not after `now`; or a date and time, "2026-03-02T14:03:07" (a blank for
/// the T, and a fraction, are allowed), on the zone's clocks unless an offset follows it: "Z",
/// "+01:00",
/// "-0500". Where the clocks were set back and showed the time twice: the later one.
/// Errors: InvalidInput: not of this form, no such time, or after `now`.
[[nodiscard]] Result<UtcTime> parse_moment(std::string_view text,
                                           const compliance::ZoneOffsets& zone, UtcTime now);

/// A moment to come, or any date: "14:30", the next such time on the zone's clocks; "+90m", so long
/// from now; or a date and time as above, which may have passed. Where the clocks show a time
/// twice: the earlier. Errors: InvalidInput.
[[nodiscard]] Result<UtcTime> parse_appointment(std::string_view text,
                                                const compliance::ZoneOffsets& zone, UtcTime now);

/// May it be read without a zone?
[[nodiscard]] bool has_offset(std::string_view text);

/// The day that a date in `text` names, at 00:00 UTC, or `now`: where the zone's data must reach
/// to.
[[nodiscard]] UtcTime about(std::string_view text, UtcTime now);

/// "2026-03-02T14:03:07.250-05:00": what the zone's clocks showed. UTC where its data does not
/// reach.
[[nodiscard]] std::string zoned_time(UtcTime time, const compliance::ZoneOffsets& zone);

}  // namespace bellwether::app
