#include <fmt/format.h>

#include <ostream>

#include "dialer/app/commands/render.h"
#include "dialer/app/sim/sim.h"
#include "dialer/app/sim/sim_picture.h"
#include "dialer/app/sim/sim_study.h"

namespace bellwether::app {

namespace {

std::string percent(double share) { return fmt::format("{:.2f} %", share * 100); }

std::string seconds_text(const std::optional<double>& seconds) {
    return seconds ? fmt::format("{:.1f} s", *seconds) : "-";
}

/// The same figures in words.
Json for_people(const StudyRequest& request, const StudyReport& report) {
    const simulator::StudyResult& result = report.result;
    const simulator::DayTally& total = result.total;
    const double decision_us =
        total.decisions == 0
            ? 0
            : static_cast<double>(result.decision_ns) / 1e3 / static_cast<double>(total.decisions);
    return {
        {"scenario", request.scenario.name},
        {"controller", name_of(request.controller)},
        {"days", fmt::format("{} from seed {}{}", request.days, request.seed,
                             request.carry ? ", one learning from another" : "")},
        {"utilisation",
         fmt::format("{} (talk {})", percent(total.utilisation()), percent(total.talk_share()))},
        {"abandonment", fmt::format("{} ({} of {} people who answered; cap {})",
                                    percent(total.abandonment()), total.abandoned,
                                    total.live_answers, percent(request.scenario.cap.abandonment))},
        {"worst day", percent(result.worst_day_abandonment())},
        {"days over the cap", fmt::format("{} of {}", result.days_over_cap, request.days)},
        {"agents' wait",
         fmt::format("{} on average, 95 % within {}", seconds_text(result.mean_wait_s()),
                     seconds_text(result.p95_wait_s()))},
        {"calls placed", total.calls},
        {"decisions", fmt::format("{} ({:.1f} us each)", total.decisions, decision_us)},
        {"speed", fmt::format("{:.0f} calls/s", static_cast<double>(total.calls) / report.wall_s)},
        {"trace", report.trace_hash}};
}

}  // namespace

ExitCode sim_run(const Given& given, const Output& output) {
    StudyRequest request;
    OptionReader reader{given};
    read_study_options(given, reader, request);
    if (reader.error()) return report_error(output, *reader.error());
    if (given.has("--controller")) {
        const auto controller = controller_named(given.value("--controller"));
        if (!controller) return report_error(output, controller.error());
        request.controller = *controller;
    }
    auto scenario = read_scenario(given.value("FILE"), output);
    if (!scenario) return scenario.error();
    request.scenario = *std::move(scenario);

    const StudyReport report = run(request);
    Json body = output.json ? study_json(request, report) : for_people(request, report);
    if (given.has("--per-minute")) body["minutes"] = minutes_json(report.result.total);
    output.out << (output.json ? body.dump() + "\n" : render(body)) << std::flush;
    if (report.result.complaint) {
        return report_error(output,
                            {Errc::Corrupt, "a promise was broken: " + *report.result.complaint});
    }
    if (!given.has("--plot")) return ExitCode::Done;
    const auto drawn = draw({{request, report}}, given.value("--plot"));
    return drawn ? ExitCode::Done : report_error(output, drawn.error());
}

}  // namespace bellwether::app
