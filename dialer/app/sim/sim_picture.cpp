#include "dialer/app/sim/sim_picture.h"

#include <fmt/format.h>

#include <fstream>

#include "simulator/plot/day_plot.h"

namespace bellwether::app {

namespace {

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

simulator::PlotMinute to_plot(const simulator::MinuteTally& minute, bool with_modes) {
    simulator::PlotMinute plot{.busy_s = seconds(minute.busy),
                               .staffed_s = seconds(minute.staffed),
                               .live_answers = minute.live_answers,
                               .abandoned = minute.abandoned,
                               .lines_s = seconds(minute.lines)};
    if (!with_modes) return plot;
    for (std::size_t mode = 0; mode < plot.mode_s.size(); ++mode) {
        plot.mode_s[mode] = seconds(minute.modes[mode]);
    }
    return plot;
}

/// The baselines have no modes of their own.
bool has_modes(const StudyRequest& request) {
    using simulator::Controller;
    const Controller controller = request.controller;
    return controller == Controller::Predictive || controller == Controller::Progressive ||
           (controller == Controller::Ratio && request.scenario.ratio.guard);
}

simulator::PlotRun to_plot(const DrawnStudy& study) {
    const simulator::DayTally& total = study.report.result.total;
    simulator::PlotRun run{.controller = std::string(name_of(study.request.controller)),
                           .utilisation = total.utilisation(),
                           .abandonment = total.abandonment(),
                           .worst_day = study.report.result.worst_day_abandonment()};
    for (const auto& minute : total.minutes) {
        run.minutes.push_back(to_plot(minute, has_modes(study.request)));
    }
    return run;
}

/// "S3: 25 agents, 20 % live, talk 60 s, wrap-up 15 s".
std::string title_of(const simulator::DayScenario& scenario) {
    return fmt::format(
        "{}: {} agents, {:.3g} % answered by people, talk {:.3g} s, wrap-up {:.3g} s",
        scenario.name, scenario.agents.count, scenario.line.live * 100, scenario.talk.mean_s,
        scenario.wrap.mean_s);
}

}  // namespace

Result<void> draw(const std::vector<DrawnStudy>& studies, const std::filesystem::path& file) {
    const StudyRequest& first = studies.at(0).request;
    simulator::PlotStudy picture{.title = title_of(first.scenario),
                                 .days = first.days,
                                 .cap = first.scenario.cap.abandonment};
    for (const DrawnStudy& study : studies) picture.runs.push_back(to_plot(study));

    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << simulator::plot_study(picture) << std::flush;
    if (!stream) return fail(Errc::Unavailable, file.string() + " cannot be written");
    return {};
}

}  // namespace bellwether::app
