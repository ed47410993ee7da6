#pragma once

#include <chrono>
#include <cstdint>

#include "base/enum_names.h"
#include "base/probability.h"
#include "base/time.h"
#include "compliance/calling_hours.h"

namespace bellwether::compliance {

/// The period over which a campaign's abandonment is measured.
enum class AccountWindow {
    Day,         ///< midnight to midnight in the campaign's zone
    ThirtyDays,  ///< 30 days, counted in whole periods from 1970-01-01 in the campaign's zone
};

/// Answers by a person, and how many of them nobody took in time, over one window of one campaign.
struct AbandonmentAccount {
    UtcTime window_start;
    std::int64_t live_answers = 0;  ///< >= 0
    std::int64_t abandoned = 0;     ///< 0..live_answers

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("window_start", self.window_start);
        visit("live_answers", self.live_answers);
        visit("abandoned", self.abandoned);
    }
    friend bool operator==(const AbandonmentAccount&, const AbandonmentAccount&) = default;
};

/// The start of the window that holds `at`. Cannot fail.
[[nodiscard]] UtcTime window_start_of(AccountWindow window, const ZoneOffsets& zone, UtcTime at);

/// How many more abandoned calls the cap leaves now: cap * live_answers - abandoned, in calls. Zero
/// or less means: no more lines than agents (promise R5).
[[nodiscard]] double slack(const AbandonmentAccount& account, Probability cap);

}  // namespace bellwether::compliance

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::AccountWindow> = names("DAY", "THIRTY_DAYS");
}  // namespace bellwether
