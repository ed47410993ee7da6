#pragma once

#include <cstdint>
#include <string_view>

#include "base/fnv1a.h"

namespace bellwether::simulator {

/// Tells two traces apart.
class TraceHash {
public:
    /// Adds the text and an end mark, so that ("ab", "c") differs from ("a", "bc").
    void add(std::string_view text) {
        hash_ = fnv1a(text, hash_);
        hash_ = fnv1a(std::string_view{"", 1}, hash_);
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_ = fnv1a({});
};

}  // namespace bellwether::simulator
