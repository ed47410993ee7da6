#include "dialer/media/media_clock.h"

#include <ctime>

#include "base/check.h"

namespace bellwether::media {
namespace {

std::chrono::microseconds read_clock(clockid_t clock) {
    timespec now{};
    BW_CHECK(clock_gettime(clock, &now) == 0);
    return std::chrono::microseconds{std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000};
}

}  // namespace

std::chrono::microseconds monotonic_now() { return read_clock(CLOCK_MONOTONIC); }
std::chrono::microseconds unix_now() { return read_clock(CLOCK_REALTIME); }

}  // namespace bellwether::media
