#pragma once

#include <cstdint>
#include <string_view>

namespace bellwether::simulator {

/// FNV-1a, 64 bit: tells two traces apart; no protection against intent. Source:
/// draft-eastlake-fnv-17, parameters of section 5.
class TraceHash {
public:
    /// Adds the text and an end mark, so that ("ab", "c") differs from ("a", "bc").
    void add(std::string_view text) {
        for (const char c : text) add_byte(static_cast<unsigned char>(c));
        add_byte(0);
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    void add_byte(unsigned char byte) {
        hash_ ^= byte;
        hash_ *= 0x100000001b3U;
    }

    std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace bellwether::simulator
