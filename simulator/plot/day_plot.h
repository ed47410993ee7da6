#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "pacing/dial_mode.h"

namespace bellwether::simulator {

/// One minute of a day, summed over the days of a study.
struct PlotMinute {
    double busy_s = 0;     ///< talk and wrap-up of all agents
    double staffed_s = 0;  ///< signed in and not on a break
    std::int64_t live_answers = 0;
    std::int64_t abandoned = 0;
    double lines_s = 0;  ///< calls in flight, times how long
    std::array<double, kEnumNames<pacing::DialMode>.size()>
        mode_s{};  ///< how long each was in force
};

/// What one controller made of a scenario.
struct PlotRun {
    std::string controller;
    std::vector<PlotMinute> minutes;  ///< not empty
    double utilisation = 0;           ///< of the whole study, as the next two
    double abandonment = 0;
    double worst_day = 0;  ///< the highest abandonment of a day
};

struct PlotStudy {
    std::string title;
    int days = 1;  ///< >= 1
    double cap = 0.03;
    std::vector<PlotRun> runs;  ///< one or more, all of the same length
};

/// Utilisation, abandonment against the cap, lines in flight and the mode, over the hours of the
/// day, one curve a run; a single run also shows abandonment by stretch of the day. SVG text.
[[nodiscard]] std::string plot_study(const PlotStudy& study);

/// Minutes to a point of the curves: enough that there are about a hundred points.
[[nodiscard]] int minutes_per_point(std::size_t minutes);

}  // namespace bellwether::simulator
