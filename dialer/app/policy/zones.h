#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "compliance/calling_hours.h"

namespace bellwether::app {

/// The offsets of an IANA zone from 2 days before `now` (a campaign's day may have begun yesterday,
/// in any zone) to 10 years after it, from the host's zone database. A service that runs longer
/// than that must read them again; calling hours count as closed beyond the data's beginning, not
/// its end. Errors: NotFound with the nearest name; Unavailable without a zone database. Reads
/// files: not for cores.
[[nodiscard]] Result<compliance::ZoneOffsets> zone_offsets(std::string_view name, UtcTime now);

/// The version of the host's zone database, "2026f", from the first line of its tzdata.zi: the date
/// library does not know it. Errors: Unavailable: there is no such line.
[[nodiscard]] Result<std::string> tzdata_version();

/// Does the date library read the host's database as it is? Built with other settings than the
/// library's own it links and then answers nonsense (research/compliance.md §3.2). Compares known
/// offsets, and looks for every zone that compliance/places may name; takes some 100 ms, once. To
/// be asked at start: a program that fails it must not dial. Errors: Unavailable, naming what is
/// wrong.
[[nodiscard]] Result<void> check_zone_database();

}  // namespace bellwether::app
