#pragma once

#include <optional>

#include "base/time.h"

namespace bellwether::pacing {

/// Everything a Pacer has learnt and remembers, as plain data: part of the engine's snapshot.
/// Default-constructed: nothing learnt yet.
struct PacerState {
    std::optional<Instant> first_decision;  ///< empty: none has been made

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("first_decision", self.first_decision);
    }
};

}  // namespace bellwether::pacing
