#pragma once

#include <cstdint>

namespace bellwether::media::test {

// What the calling thread has done since it began, counted by standing in for operator new and
// pthread_mutex_lock in this program.

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kCountsCalls = false;  // a sanitizer stands there already
#else
inline constexpr bool kCountsCalls = true;
#endif

[[nodiscard]] std::uint64_t allocations_here();
[[nodiscard]] std::uint64_t locks_here();

}  // namespace bellwether::media::test
