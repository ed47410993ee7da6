#include "dialer/app/policy/zone_shelf.h"

#include <gtest/gtest.h>

#include "dialer/app/policy/zones.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

TEST(ZoneShelf, KeepsAZoneForItsDay) {
    ZoneShelf shelf;
    const UtcTime now{1795438800s};  // 2026-11-23T13:00:00Z
    const auto* zone = shelf.find("America/New_York", now);
    ASSERT_NE(zone, nullptr);
    EXPECT_LE(zone->offsets.front().from, now);
    EXPECT_EQ(zone->offsets.front().offset, -5h);
    EXPECT_EQ(shelf.find("America/New_York", now + 1h), zone);
    EXPECT_NE(shelf.find("America/New_York", now - std::chrono::days{200}), zone);
    EXPECT_EQ(shelf.find("America/Newyork", now), nullptr);
}

TEST(TzdataVersion, IsThatOfTheHostsFile) {
    const auto version = tzdata_version();
    ASSERT_TRUE(version) << version.error().detail;
    EXPECT_EQ(version->size(), 5U) << "as 2026f";
}

}  // namespace
}  // namespace bellwether::app
