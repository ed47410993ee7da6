#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "campaigns/outcome.h"
#include "compliance/calling_hours.h"

namespace bellwether::campaigns {

/// A part of the day that attempts are spread over: who is never in at noon may be in at six.
struct DayPart {
    std::string name;
    std::chrono::minutes from{0};  ///< of the local day, 0..1440
    std::chrono::minutes to{0};    ///< exclusive; from < to <= 1440

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("from_min", self.from);
        visit("to_min", self.to);
    }
};

/// After which outcome a contact is tried again, and when. Caps do not stack: whichever is used up
/// first ends the trying, however much the others have left.
struct RetryRule {
    struct Delay {
        Outcome outcome = Outcome::NoAnswer;
        std::chrono::seconds delay{0};  ///< >= 0, from the end of the attempt
        int attempts_max = 0;           ///< with this outcome; 0: no cap of its own

        template <class Self, class Visit>
        static void fields(Self& self, Visit&& visit) {
            visit("outcome", self.outcome);
            visit("delay_s", self.delay);
            visit("attempts_max", self.attempts_max);
        }
    };

    int attempts_max = 1;                     ///< per contact, all outcomes together, >= 1
    int attempts_per_day = 0;                 ///< per contact, in the campaign's zone; 0: no cap
    std::vector<Delay> delays;                ///< an outcome that is not listed is final
    std::chrono::seconds unknown_cooloff{0};  ///< after a crash, promise R4; >= 0
    /// The next attempt falls into another part than the last, in their order; they do not overlap.
    std::vector<DayPart> day_parts;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempts_max", self.attempts_max);
        visit("attempts_per_day", self.attempts_per_day);
        visit("delays", self.delays);
        visit("unknown_cooloff_s", self.unknown_cooloff);
        visit("day_parts", self.day_parts);
    }
};

/// How often one outcome has ended an attempt at a contact.
struct OutcomeTally {
    Outcome outcome = Outcome::Unknown;
    int attempts = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("outcome", self.outcome);
        visit("attempts", self.attempts);
    }
};

/// What a campaign has tried with a contact before.
struct ContactHistory {
    int attempts_today = 0;              ///< of the local day on which the claim was made
    std::vector<OutcomeTally> outcomes;  ///< told where the rule caps by outcome

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempts_today", self.attempts_today);
        visit("outcomes", self.outcomes);
    }
};

/// One attempt that has ended.
struct EndedAttempt {
    Outcome outcome = Outcome::Unknown;
    int attempts_made = 0;  ///< including this one, >= 1 (0 for Withdrawn)
    UtcTime ended;
    ContactHistory before{};  ///< without this one
};

/// When to try again; none if the contact is done.
///
/// Outcomes in which a person was reached and served, opted out, or was denied are final whatever
/// the rule says; Withdrawn does not count as an attempt and may be tried at once.
/// @param zone  whose days and day-parts count; without data for the moment they bind nothing.
[[nodiscard]] std::optional<UtcTime> next_attempt_at(const RetryRule& rule,
                                                     const compliance::ZoneOffsets& zone,
                                                     const EndedAttempt& attempt);

/// The first moment from `due` on that lies in the part of the day after the one that `last` was
/// in; `due` where the rule has no two parts, or `last` was in none. Cannot fail.
/// @param zone  as above
[[nodiscard]] UtcTime in_another_part(const RetryRule& rule, const compliance::ZoneOffsets& zone,
                                      UtcTime last, UtcTime due);

}  // namespace bellwether::campaigns
