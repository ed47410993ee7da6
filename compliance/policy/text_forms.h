#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/policy/dial_case.h"

// How dates, instants and weekly hours are written in packs and cases.

namespace bellwether::compliance::policy {

/// "2026-11-23"; none: another form, or no such day. Years 1900 to 2999.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_text(Date date);

/// "2026-11-23T13:00:00Z", with up to three digits of a second, and an offset ("+01:00") for Z.
[[nodiscard]] std::optional<UtcTime> parse_instant(std::string_view text);
/// With Z, and milliseconds only where there are some.
[[nodiscard]] std::string to_text(UtcTime instant);

/// Either.
[[nodiscard]] std::optional<When> parse_when(std::string_view text);
[[nodiscard]] std::string to_text(const When& when);

/// The days as packs name them: "mon" .. "sun".
[[nodiscard]] std::optional<unsigned> parse_weekday(std::string_view text);  ///< 0 Monday .. 6
[[nodiscard]] std::string_view weekday_name(unsigned monday_is_0);

/// Adds a day's hours, "09:00-12:00,13:00-21:00", to `weekly`, and joins days of equal hours.
/// Whether it is of this form; hours of one day must rise, "24:00" is the day's end.
[[nodiscard]] bool add_hours(std::vector<HoursWindow>& weekly, unsigned monday_is_0,
                             std::string_view text);
/// A day's hours in that form; empty: closed.
[[nodiscard]] std::string hours_text(const std::vector<HoursWindow>& weekly, unsigned monday_is_0);

}  // namespace bellwether::compliance::policy
