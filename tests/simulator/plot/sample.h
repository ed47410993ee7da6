#pragma once

#include <string>
#include <vector>

#include "simulator/plot/day_plot.h"

namespace bellwether::simulator {

/// Eight made-up hours of 25 agents for each controller, all alike, with everything to be drawn in
/// it.
inline PlotStudy sample_study(const std::vector<std::string>& controllers) {
    PlotStudy study{.title = "a <sample> & more", .days = 2};
    for (const std::string& controller : controllers) {
        PlotRun run{.controller = controller,
                    .utilisation = 0.86,
                    .abandonment = 0.027,
                    .worst_day = 0.029};
        for (int minute = 0; minute < 480; ++minute) {
            PlotMinute here{.busy_s = 2580,
                            .staffed_s = 3000,
                            .live_answers = 32,
                            .abandoned = minute % 7 == 0 ? 6 : 0,
                            .lines_s = 60.0 * (40 + minute % 20)};
            here.mode_s[static_cast<std::size_t>(pacing::DialMode::Predictive)] = 100;
            here.mode_s[static_cast<std::size_t>(pacing::DialMode::Progressive)] = minute % 20;
            run.minutes.push_back(here);
        }
        study.runs.push_back(std::move(run));
    }
    return study;
}

}  // namespace bellwether::simulator
