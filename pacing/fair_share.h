#pragma once

#include <span>
#include <vector>

namespace bellwether::pacing {

/// What one of several asks of something scarce that they share.
struct ShareDemand {
    double wants = 0;     ///< >= 0
    double reserved = 0;  ///< gets so much at least, as far as he wants it; >= 0
    double weight = 1;    ///< > 0, of what is left beyond the reserves
};

/// Who gets how much of `capacity`, in the order of the demands: first the reserves (shrunk alike
/// if they do not fit together), then the rest by weight. What one does not want goes to the
/// others, so that nothing lies idle while anybody wants it (max-min fairness by water-filling:
/// Bertsekas, Gallager, Data Networks, 2nd ed., 6.5.2). Nobody gets more than he wants.
/// Cannot fail. O(n^2).
/// @param capacity  >= 0
[[nodiscard]] std::vector<double> share_fairly(double capacity,
                                               std::span<const ShareDemand> demands);

}  // namespace bellwether::pacing
