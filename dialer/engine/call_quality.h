#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bellwether::engine {

/// How well a call was heard, measured on its leg from beginning to end.
struct CallQuality {
    std::string trunk{};  ///< that carried it; empty: not known
    /// Mean opinion scores, 1..4.5 (ITU-T G.107), of the far side as heard here, and of what it
    /// heard of us by its reports; none: nothing was heard, or it sent no report.
    std::optional<double> mos_heard{};
    std::optional<double> mos_sent{};
    double lost = 0;                      ///< share of the far side's packets, 0..1
    std::chrono::microseconds jitter{0};  ///< RFC 3550 A.8, the last value

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("trunk", self.trunk);
        visit("mos_heard", self.mos_heard);
        visit("mos_sent", self.mos_sent);
        visit("lost", self.lost);
        visit("jitter_us", self.jitter);
    }
};

}  // namespace bellwether::engine
