#include "compliance/places/number_place.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace bellwether::compliance::places {
namespace {

/// `count` names of kNames, from `first` on.
struct List {
    std::uint16_t first;
    std::uint16_t count;
};

struct Place {
    std::string_view country;
    List regions;
    List zones;
    bool is_exact;
    bool may_be_mobile;
};

struct RegionZones {
    std::string_view region;
    List zones;
};

/// Where the next digit leads, and the place of a number that has no more digits. A way is the
/// index of a node, or of a place with kLeaf set.
struct Node {
    std::array<std::uint16_t, 10> next;
    std::uint16_t own;
};

constexpr std::uint16_t kLeaf = 0x8000;

#include "compliance/places/number_places.inc"

std::span<const std::string_view> names(List list) {
    return std::span{kNames}.subspan(list.first, list.count);
}

constexpr std::size_t kDigitsMax = 15;  // ITU-T E.164 §6.1

/// Follows at most `digits_max` digits of the number.
const Place& find(PhoneNumber number, std::size_t digits_max) {
    std::array<std::uint8_t, kDigitsMax> digits{};  // last digit first
    std::size_t count = 0;
    for (std::uint64_t rest = number.digits(); rest != 0; rest /= 10) {
        digits[count++] = static_cast<std::uint8_t>(rest % 10);
    }
    const std::size_t stop = count > digits_max ? count - digits_max : 0;
    std::uint16_t at = kTop;
    while (count > stop && (at & kLeaf) == 0) at = kNodes[at].next[digits[--count]];
    return kPlaces[(at & kLeaf) != 0 ? at & ~kLeaf : kNodes[at].own];
}

NumberPlace to_number_place(const Place& place) {
    return {place.country, names(place.regions), names(place.zones), place.is_exact,
            place.may_be_mobile};
}

}  // namespace

NumberPlace place_of(PhoneNumber number) { return to_number_place(find(number, kDigitsMax)); }

NumberPlace area_of(PhoneNumber number) {
    constexpr std::uint64_t kFirst = 10'000'000'000;  // +1 000 000 0000
    constexpr std::uint64_t kLast = 19'999'999'999;
    constexpr std::size_t kAreaDigits = 4;  // the 1 and an area code
    const bool is_nanp = number.digits() >= kFirst && number.digits() <= kLast;
    return to_number_place(find(number, is_nanp ? kAreaDigits : kDigitsMax));
}

std::span<const std::string_view> zones_of_region(std::string_view region) {
    const auto* const found =
        std::ranges::lower_bound(kRegionZones, region, {}, &RegionZones::region);
    if (found == std::end(kRegionZones) || found->region != region) return {};
    return names(found->zones);
}

std::span<const std::string_view> all_zones() { return names(kAllZones); }

std::string_view table_version() { return kTableVersion; }

}  // namespace bellwether::compliance::places
