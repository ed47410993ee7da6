#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace bellwether::carrier {

/// Tells an alarm that still counts from one that was replaced or cleared while its timer ran on.
/// `Wake` is an enum that counts from 0 to `n` - 1.
template <class Wake, std::size_t n>
class Alarms {
public:
    using Ticket = std::uint64_t;

    [[nodiscard]] Ticket set(Wake wake) { return current_[index(wake)] = ++issued_; }
    void clear(Wake wake) { current_[index(wake)] = 0; }
    /// Whether the alarm with this ticket counts; if so it is used up.
    [[nodiscard]] bool take(Wake wake, Ticket ticket) {
        if (current_[index(wake)] != ticket) return false;
        clear(wake);
        return true;
    }

private:
    static std::size_t index(Wake wake) { return static_cast<std::size_t>(wake); }

    std::array<Ticket, n> current_{};
    Ticket issued_ = 0;
};

}  // namespace bellwether::carrier
