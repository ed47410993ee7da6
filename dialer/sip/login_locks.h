#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "dialer/sip/nonce_book.h"

namespace bellwether::sip {

/// Counts wrong passwords per user and source address, and locks the pair for a while after a few.
/// Unknown users count like known ones, so that a lock tells nothing about who exists.
class LoginLocks {
public:
    [[nodiscard]] bool locked(std::string_view user, std::string_view source_ip, Elapsed now) const;

    /// @return true if this failure was the one that locks.
    bool failed(std::string_view user, std::string_view source_ip, Elapsed now);
    void succeeded(std::string_view user, std::string_view source_ip);

    [[nodiscard]] std::size_t size() const { return failures_.size(); }

private:
    struct Failures {
        int count = 0;
        Elapsed last{0};
    };
    using Key = std::pair<std::string, std::string>;

    void make_room(Elapsed now);

    std::map<Key, Failures> failures_;
};

/// baresip tries a refused password three times within 10 ms (sip2.md §2.2); a person mistypes it
/// once or twice. A lock of a minute leaves a guesser three tries a minute.
inline constexpr int kLoginFailuresMax = 3;
inline constexpr std::chrono::seconds kLoginLock{60};
/// Pairs remembered; beyond it the oldest is forgotten, so that a scan cannot eat memory.
inline constexpr std::size_t kLoginPairsMax = 4096;

}  // namespace bellwether::sip
