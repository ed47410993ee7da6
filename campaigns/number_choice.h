#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"
#include "campaigns/outcome.h"

namespace bellwether::campaigns {

/// In which order a campaign tries the numbers of a contact, and how often each.
struct NumberRule {
    /// Numbers of these types ("mobile"), in this order, come before the others, case ignored;
    /// within a type, and for the rest, the list's own order holds.
    std::vector<std::string> order;
    /// After these the next number is tried, after others the same one again.
    std::vector<Outcome> next_after{
        Outcome::NoAnswer, Outcome::Busy,          Outcome::Machine, Outcome::Unavailable,
        Outcome::Rejected, Outcome::InvalidNumber, Outcome::Fax,     Outcome::Redirected};
    int attempts_max = 0;          ///< at one number; 0: as many as the contact may have
    int per_day_max = 0;           ///< at one number within 24 hours; 0: no cap
    int contact_attempts_max = 1;  ///< all numbers together: RetryRule::attempts_max

    friend bool operator==(const NumberRule&, const NumberRule&) = default;
};

/// One of a contact's numbers.
struct ContactNumber {
    std::string type;     ///< "mobile"; empty: nothing is known
    bool barred = false;  ///< a rule forbids this number for good
};

/// One attempt at one of the contact's numbers, alive or ended.
struct NumberAttempt {
    std::size_t number = 0;  ///< an index into the contact's numbers
    UtcTime at;
    std::optional<Outcome> outcome;  ///< none while alive
};

enum class NumberVerdict {
    Dial,       ///< NumberChoice::number
    Wait,       ///< until NumberChoice::until: each number has had its share of 24 hours
    Exhausted,  ///< no number of this contact may be tried again
};

struct NumberChoice {
    NumberVerdict verdict = NumberVerdict::Exhausted;
    std::size_t number = 0;
    UtcTime until{};
};

/// Which number of a contact is tried next. A number that turned out to be none, or a fax machine,
/// is never tried again; attempts that were never dialed do not count.
///
/// @param numbers   in the list's order; not empty.
/// @param attempts  at these numbers, in order of time.
/// Cannot fail. O(numbers x attempts): both are a handful.
[[nodiscard]] NumberChoice choose_number(std::span<const ContactNumber> numbers,
                                         std::span<const NumberAttempt> attempts,
                                         const NumberRule& rule, UtcTime now);

/// The contact has just been given up after an attempt that ended so: is it because of the number
/// alone, so that another of his numbers may be tried? What choose_number() says of the others
/// decides then.
[[nodiscard]] bool is_the_numbers_fault(Outcome outcome);

}  // namespace bellwether::campaigns
