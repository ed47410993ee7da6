#pragma once

#include <chrono>

#include "base/time.h"

namespace bellwether::app {

/// The wall clock, for the shell alone: everything within takes its time as an argument.
inline UtcTime utc_now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
}

}  // namespace bellwether::app
