#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/day/day.h"
#include "simulator/day/day_scenario.h"
#include "simulator/day/tally.h"

namespace bellwether::simulator {

struct StudyOptions {
    DayOptions day;
    std::uint64_t seed = 1;  ///< of the first day; the others count on
    int days = 1;            ///< >= 1
    bool carry = false;      ///< learning and accounts go on from day to day
};

/// What some days of one scenario under one controller came to.
struct StudyResult {
    DayTally total;  ///< added up over the days
    std::vector<double> abandonment_by_day;
    int days_over_cap = 0;         ///< strictly over
    std::int64_t events = 0;       ///< that the engine was told
    std::int64_t decision_ns = 0;  ///< of all decisions, if they were measured
    /// The first broken promise, if they were checked; the days after it were not run.
    std::optional<std::string> complaint;

    [[nodiscard]] double worst_day_abandonment() const;
    /// The mean of the agents' waits, in seconds; none if nobody was bridged.
    [[nodiscard]] std::optional<double> mean_wait_s() const;
    /// Their 95th percentile by nearest rank.
    [[nodiscard]] std::optional<double> p95_wait_s() const;
};

/// Runs the days. Cost: 5 to 50 us a call.
[[nodiscard]] StudyResult run_study(const DayScenario& scenario, const StudyOptions& options);

}  // namespace bellwether::simulator
