#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

// How long personal records are kept. The years are data (policy packs' retention rules, given by
// the caller); here is only the clock.

namespace bellwether::compliance::evidence {

/// One rule about one class of records: a RecordKind's written name.
struct RetentionRule {
    std::string record_class;
    int years_min = 0;  ///< must be kept so long: 0 .. 100
    int years_max = 0;  ///< must not be kept longer; 0: no such rule
};

/// What rules of several regimes come to for one class: the longest duty, the shortest limit.
struct Retention {
    int years_min = 0;
    int years_max = 0;  ///< 0: none
    /// The duty is longer than the limit: a person must decide, nothing is deleted meanwhile.
    bool is_conflict = false;

    friend bool operator==(const Retention&, const Retention&) = default;
};
[[nodiscard]] Retention retention_of(std::string_view record_class,
                                     const std::vector<RetentionRule>& rules);

/// The same day so many years later, at the same time of day; 29 February becomes 28 February.
[[nodiscard]] UtcTime years_after(UtcTime since, int years);

/// Must it go now? Where a limit stands: once that has passed. Otherwise, where there is a duty:
/// once that is over. Without a rule, or in conflict: never.
[[nodiscard]] bool is_over(const Retention& retention, UtcTime since, UtcTime now);

}  // namespace bellwether::compliance::evidence
