#pragma once

#include <chrono>
#include <cstdint>

#include "base/enum_names.h"
#include "base/probability.h"
#include "base/time.h"
#include "compliance/calling_hours.h"

namespace bellwether::compliance {

/// A kind of period over which a campaign's abandonment is measured.
enum class WindowKind {
    Day,         ///< midnight to midnight in the campaign's zone
    ThirtyDays,  ///< 30 days, counted in whole periods from the local day of an origin
    Month,       ///< a calendar month in the campaign's zone
    Hours,       ///< some hours, counted in whole periods from 1970-01-01 in the campaign's zone
};

struct AccountWindow {
    WindowKind kind = WindowKind::Day;
    int hours = 0;  ///< kind Hours: 1..8760; else 0

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("hours", self.hours);
    }
    friend bool operator==(const AccountWindow&, const AccountWindow&) = default;
};

/// No more than `cap` of the people who answer within a window may be abandoned.
struct AbandonmentRule {
    Probability cap{0.03};
    AccountWindow window;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("cap", self.cap);
        visit("window", self.window);
    }
    friend bool operator==(const AbandonmentRule&, const AbandonmentRule&) = default;
};

/// Answers by a person, and how many of them nobody took in time, over one window of one campaign.
struct AbandonmentAccount {
    AccountWindow window;
    UtcTime window_start;
    std::int64_t live_answers = 0;  ///< >= 0
    std::int64_t abandoned = 0;     ///< 0..live_answers

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("window", self.window);
        visit("window_start", self.window_start);
        visit("live_answers", self.live_answers);
        visit("abandoned", self.abandoned);
    }
    friend bool operator==(const AbandonmentAccount&, const AbandonmentAccount&) = default;
};

/// The start of the window that holds `at`. Cannot fail.
/// @param origin  kind ThirtyDays: the campaign's first start, which the law counts from.
[[nodiscard]] UtcTime window_start_of(AccountWindow window, const ZoneOffsets& zone, UtcTime at,
                                      UtcTime origin = {});

/// When the window that holds `at` ends: the start of the next one. Cannot fail.
[[nodiscard]] UtcTime window_end_of(AccountWindow window, const ZoneOffsets& zone, UtcTime at,
                                    UtcTime origin = {});

/// How long the window is, as a rule: a day has 24 h, a month 30 days.
[[nodiscard]] std::chrono::hours nominal_length(AccountWindow window);

/// How many more abandoned calls the cap leaves now: cap * live_answers - abandoned, in calls. Zero
/// or less means: no more lines than agents (promise R5).
[[nodiscard]] double slack(const AbandonmentAccount& account, Probability cap);

}  // namespace bellwether::compliance

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::WindowKind> = names("DAY", "THIRTY_DAYS", "MONTH",
                                                                 "HOURS");
}  // namespace bellwether
