#pragma once

#include <span>

#include "compliance/policy/dates.h"
#include "compliance/policy/dial_case.h"

namespace bellwether::compliance::policy {

/// A case, and what follows from it for every rule. Views; lives as long as the case.
struct Facts {
    explicit Facts(const DialCase& dial_case);

    const DialCase& given;
    Purpose purpose;  ///< a survey that hands on to sales is telemarketing
    LineType line;    ///< never Unknown
    /// Every zone the person may be in, in two groups (one may be empty).
    std::span<const Zone> zones;
    std::span<const Zone> more_zones;
    Today number_today;  ///< in the number's zones
    Today here_today;    ///< in every zone the person may be in

    [[nodiscard]] bool has_zones() const { return !zones.empty() || !more_zones.empty(); }
};

/// Does the rule speak of such calls at all? Says nothing of dates.
[[nodiscard]] bool speaks_of(const Rule& rule, const Facts& facts);

/// Is the rule in force on any of the days that it is now?
[[nodiscard]] bool is_in_force(const Rule& rule, const Facts& facts);

/// Does one of the rule's exceptions hold?
[[nodiscard]] bool is_excepted(const Rule& rule, const Facts& facts);

/// What a consent must be, to count.
struct ConsentNeed {
    bool is_written = false;
    bool is_own_channel = false;  ///< a machine that dials needs consent to machines that dial
    bool is_kept = false;         ///< the request as presented is kept
};

/// Is there a consent in force that answers the need, in the campaign's mode?
[[nodiscard]] bool has_consent(const Facts& facts, ConsentNeed need);

/// Was a consent revoked, and none given since?
[[nodiscard]] bool has_revoked(const Facts& facts);

}  // namespace bellwether::compliance::policy
