#pragma once

#include <span>
#include <string_view>

#include "base/phone_number.h"

namespace bellwether::compliance::places {

/// Where a number may be, as far as its digits tell. The views point into a table that was made
/// when the program was built (number_places.py) and live as long as the program.
///
/// Never a statement about where a person is: people move and keep their numbers. The decision
/// joins it with the address (research/compliance.md §3.3).
struct NumberPlace {
    /// ISO 3166, "US"; empty: unknown, or of no country (satellite telephones, +800). Under +1 an
    /// area code that the table does not know counts as "US", toll-free ones too.
    std::string_view country;
    /// States and provinces that the area code belongs to, "US-FL", "CA-ON"; sorted. Only the
    /// United States and Canada have them; empty elsewhere.
    std::span<const std::string_view> regions;
    /// IANA names, sorted: every zone that the number may be in. Empty: unknown, nothing may be
    /// concluded.
    std::span<const std::string_view> zones;
    /// The prefix is a geographic one and lies in one zone.
    bool is_exact = false;
    /// The prefix may be a mobile's. Under +1 every geographic area code is.
    bool may_be_mobile = false;
};

/// By the longest prefix the table knows; an exchange under +1 that it does not name is in every zone
/// of its area code. Where a prefix may be a mobile's, a freephone's or any
/// other that has no place, and the numbering plan keeps these apart (everywhere but +1), the zones
/// are all of the country's. Cannot fail; no allocation; < 100 ns.
[[nodiscard]] NumberPlace place_of(PhoneNumber number);

/// As place_of(), but under +1 no finer than the area code: the zones of all its exchanges, for who
/// presumes nothing of the exchange ("strict" in research/compliance.md §3.3).
[[nodiscard]] NumberPlace area_of(PhoneNumber number);

/// Every zone of a state or province, by its area codes: "US-FL" has America/Chicago and
/// America/New_York. Of a country by ISO code: "US". Empty: not known. No allocation.
[[nodiscard]] std::span<const std::string_view> zones_of_region(std::string_view region);

/// Every zone that any answer may hold, sorted: who decides loads these at start.
[[nodiscard]] std::span<const std::string_view> all_zones();

/// The data the table was made from: "phonenumbers 8.12.57, tzdata 2026f".
[[nodiscard]] std::string_view table_version();

}  // namespace bellwether::compliance::places
