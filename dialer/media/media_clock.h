#pragma once

#include <chrono>
#include <cstdint>

namespace bellwether::media {

/// CLOCK_MONOTONIC since boot: paces the ticks.
[[nodiscard]] std::chrono::microseconds monotonic_now();
/// CLOCK_REALTIME since 1970: NTP times of RTCP, and the axis of the kernel's packet timestamps.
[[nodiscard]] std::chrono::microseconds unix_now();

/// One tick of a media thread.
struct TickTime {
    std::uint64_t tick = 0;  ///< 20 ms ticks since the engine started, same on all threads
    std::chrono::microseconds unix_time{};
};

}  // namespace bellwether::media
