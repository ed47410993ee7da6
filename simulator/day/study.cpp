#include "simulator/day/study.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/check.h"
#include "simulator/day/fates.h"

namespace bellwether::simulator {

double StudyResult::worst_day_abandonment() const {
    double worst = 0;
    for (const double day : abandonment_by_day) worst = std::max(worst, day);
    return worst;
}

std::optional<double> StudyResult::mean_wait_s() const {
    if (total.waits.empty()) return std::nullopt;
    Duration sum{};
    for (const Duration wait : total.waits) sum += wait;
    return to_seconds(sum) / static_cast<double>(total.waits.size());
}

std::optional<double> StudyResult::p95_wait_s() const {
    std::vector<Duration> waits = total.waits;
    if (waits.empty()) return std::nullopt;
    const std::size_t rank = (waits.size() * 95 + 99) / 100;  // the smallest that 95 % do not pass
    const auto at = waits.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(waits.begin(), at, waits.end());
    return to_seconds(*at);
}

StudyResult run_study(const DayScenario& scenario, const StudyOptions& options) {
    BW_CHECK(options.days >= 1);
    StudyResult result;
    std::unique_ptr<DayWorld> world;
    for (int day = 0; day < options.days && !result.complaint; ++day) {
        if (!world || !options.carry) {
            world = std::make_unique<DayWorld>(scenario, options.day, day);
        }
        const std::int64_t events = world->events();
        const std::int64_t decision_ns = world->decision_ns();
        const DayTally tally = world->run_day(options.seed + static_cast<std::uint64_t>(day));
        result.events += world->events() - events;
        result.decision_ns += world->decision_ns() - decision_ns;
        result.complaint = world->complaint();
        // Both are the doubles nearest to the true values, so that a day at the cap is not over it.
        result.days_over_cap += tally.abandonment() > scenario.cap.abandonment;
        result.abandonment_by_day.push_back(tally.abandonment());
        result.total.add(tally);
    }
    return result;
}

}  // namespace bellwether::simulator
