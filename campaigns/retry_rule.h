#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/time.h"
#include "campaigns/outcome.h"

namespace bellwether::campaigns {

/// After which outcome a contact is tried again, and when.
struct RetryRule {
    struct Delay {
        Outcome outcome = Outcome::NoAnswer;
        std::chrono::seconds delay{0};  ///< >= 0, from the end of the attempt

        template <class Self, class Visit>
        static void fields(Self& self, Visit&& visit) {
            visit("outcome", self.outcome);
            visit("delay_s", self.delay);
        }
    };

    int attempts_max = 1;                     ///< per contact, all outcomes together, >= 1
    std::vector<Delay> delays;                ///< an outcome that is not listed is final
    std::chrono::seconds unknown_cooloff{0};  ///< after a crash, promise R4; >= 0

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempts_max", self.attempts_max);
        visit("delays", self.delays);
        visit("unknown_cooloff_s", self.unknown_cooloff);
    }
};

/// When to try again; none if the contact is done.
///
/// Outcomes in which a person was reached and served, opted out, or was denied are final whatever
/// the rule says; Withdrawn does not count as an attempt and may be tried at once.
/// @param attempts_made  including the one that just ended, >= 1 (0 for Withdrawn).
[[nodiscard]] std::optional<UtcTime> next_attempt_at(const RetryRule& rule, Outcome outcome,
                                                     int attempts_made, UtcTime ended);

}  // namespace bellwether::campaigns
