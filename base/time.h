#pragma once

#include <chrono>
#include <cstdint>

namespace bellwether {

/// The engine's time axis. It has no now() on purpose: code below dialer/runtime cannot ask what
/// time it is, it is told (docs/decisions/0002-time-is-an-argument.md).
struct EngineClock {
    using rep = std::int64_t;
    using period = std::micro;
    using duration = std::chrono::duration<rep, period>;
    using time_point = std::chrono::time_point<EngineClock>;
    static constexpr bool is_steady = true;
};
using Duration = EngineClock::duration;
using Instant = EngineClock::time_point;

/// Civil time, for calling hours, accounts and evidence.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// One reading of both times. `elapsed` drives timers and never goes back. `utc` decides calling
/// hours and may jump when the host's clock is set.
struct Now {
    Instant elapsed;
    UtcTime utc;

    friend bool operator==(const Now&, const Now&) = default;
};

}  // namespace bellwether
