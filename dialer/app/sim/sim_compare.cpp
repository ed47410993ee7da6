#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "dialer/app/commands/render.h"
#include "dialer/app/sim/sim.h"
#include "dialer/app/sim/sim_picture.h"
#include "dialer/app/sim/sim_study.h"

namespace bellwether::app {

namespace {

using simulator::Controller;

constexpr const char* kAll = "all";

/// "predictive,vicidial", "all" or nothing, which is all; each once, in the order given.
Result<std::vector<Controller>> controllers_of(std::string_view list) {
    std::vector<Controller> controllers;
    if (list.empty() || list == kAll) {
        for (std::size_t i = 0; i < kEnumNames<Controller>.size(); ++i) {
            controllers.push_back(static_cast<Controller>(i));
        }
        return controllers;
    }
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const auto controller = controller_named(list.substr(0, comma));
        if (!controller) return tl::unexpected(controller.error());
        if (std::find(controllers.begin(), controllers.end(), *controller) == controllers.end()) {
            controllers.push_back(*controller);
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return controllers;
}

std::string percent(double share) { return fmt::format("{:.2f} %", share * 100); }

std::string seconds_text(const std::optional<double>& seconds) {
    return seconds ? fmt::format("{:.1f} s", *seconds) : "-";
}

/// One line of the table for people.
Json row_of(const DrawnStudy& study) {
    const simulator::StudyResult& result = study.report.result;
    const simulator::DayTally& total = result.total;
    return {
        {"controller", name_of(study.request.controller)},
        {"utilisation", percent(total.utilisation())},
        {"talk", percent(total.talk_share())},
        {"abandonment", percent(total.abandonment())},
        {"worst day", percent(result.worst_day_abandonment())},
        {"days over the cap", fmt::format("{} of {}", result.days_over_cap, study.request.days)},
        {"mean wait", seconds_text(result.mean_wait_s())},
        {"95 % within", seconds_text(result.p95_wait_s())},
        {"live answers", total.live_answers},
        {"abandoned", total.abandoned},
        {"calls", total.calls},
        {"calls/s", fmt::format("{:.0f}", static_cast<double>(total.calls) / study.report.wall_s)}};
}

void print(const std::vector<DrawnStudy>& studies, bool per_minute, const Output& output) {
    Json rows = Json::array();
    for (const DrawnStudy& study : studies) {
        Json row = output.json ? study_json(study.request, study.report) : row_of(study);
        if (output.json && per_minute) row["minutes"] = minutes_json(study.report.result.total);
        rows.push_back(std::move(row));
    }
    output.out << (output.json ? rows.dump() + "\n" : render({{"results", rows}})) << std::flush;
}

}  // namespace

ExitCode sim_compare(const Given& given, const Output& output) {
    StudyRequest request;
    OptionReader reader{given};
    read_study_options(given, reader, request);
    if (reader.error()) return report_error(output, *reader.error());
    const auto controllers = controllers_of(given.value("--controller"));
    if (!controllers) return report_error(output, controllers.error());
    auto scenario = read_scenario(given.value("FILE"), output);
    if (!scenario) return scenario.error();
    request.scenario = *std::move(scenario);

    std::vector<DrawnStudy> studies;
    for (const Controller controller : *controllers) {
        request.controller = controller;
        studies.push_back({request, run(request)});
        if (const auto& complaint = studies.back().report.result.complaint) {
            return report_error(output, {Errc::Corrupt, "a promise was broken: " + *complaint});
        }
    }
    print(studies, given.has("--per-minute"), output);
    if (!given.has("--plot")) return ExitCode::Done;
    const auto drawn = draw(studies, given.value("--plot"));
    return drawn ? ExitCode::Done : report_error(output, drawn.error());
}

}  // namespace bellwether::app
