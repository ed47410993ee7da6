#pragma once

#include <compare>

#include "base/check.h"

namespace bellwether {

/// A number in [0, 1]; checked at construction.
class Probability {
public:
    constexpr Probability() = default;
    constexpr explicit Probability(double value) : value_{value} {
        BW_CHECK(value >= 0.0 && value <= 1.0);
    }

    [[nodiscard]] constexpr double value() const { return value_; }

    friend constexpr auto operator<=>(const Probability&, const Probability&) = default;

private:
    double value_ = 0.0;
};

}  // namespace bellwether
