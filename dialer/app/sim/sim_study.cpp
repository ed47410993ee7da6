#include "dialer/app/sim/sim_study.h"

#include <chrono>
#include <limits>

#include "dialer/app/files/read_file.h"
#include "dialer/app/files/sha256.h"
#include "dialer/app/files/toml_reader.h"
#include "dialer/app/files/toml_tree.h"
#include "dialer/app/sim/scenario_file.h"
#include "simulator/baselines/baselines.h"

namespace bellwether::app {

namespace {

using simulator::Controller;
using simulator::DayScenario;

std::int64_t clock_ns() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

Json seconds_json(const std::optional<double>& seconds) {
    return seconds ? Json(*seconds) : Json(nullptr);
}

}  // namespace

tl::expected<DayScenario, ExitCode> read_scenario(const std::filesystem::path& file,
                                                  const Output& output) {
    const auto text = read_file(file, kTomlBytesMax);
    if (!text) return tl::unexpected(report_error(output, text.error()));
    auto scenario = parse_scenario(*text, file.string());
    if (!scenario) return tl::unexpected(report_problems(output, scenario.error()));
    if (scenario->name.empty()) scenario->name = file.stem().string();
    return *std::move(scenario);
}

Result<Controller> controller_named(std::string_view name) {
    if (const auto known = enum_from_name<Controller>(name)) return *known;
    const auto& names = kEnumNames<Controller>;
    return fail(Errc::InvalidInput,
                "--controller: " + TomlReader::not_one_of(name, {names.begin(), names.end()}));
}

void read_study_options(const Given& given, OptionReader& reader, StudyRequest& request) {
    reader.number<std::uint64_t>("--seed", 0, std::numeric_limits<std::uint64_t>::max(),
                                 request.seed);
    // A hundred years are more than a seed's neighbours are worth.
    reader.number<int>("--days", 1, 36'500, request.days);
    request.carry = given.has("--carry");
    request.check = given.has("--check");
}

StudyReport run(const StudyRequest& request) {
    Sha256 hash;
    simulator::StudyOptions options{
        .seed = request.seed, .days = request.days, .carry = request.carry};
    options.day.controller = request.controller;
    options.day.check = request.check;
    options.day.clock_ns = clock_ns;
    options.day.trace = [&hash](std::string_view bytes) { hash.add(bytes); };
    options.day.make_rule = [&request](simulator::Outlook& outlook) {
        return simulator::make_baseline(request.controller, request.scenario, outlook);
    };
    StudyReport report;
    const std::int64_t begun = clock_ns();
    report.result = simulator::run_study(request.scenario, options);
    report.wall_s = static_cast<double>(clock_ns() - begun) / 1e9;
    report.trace_hash = hash.hex();
    return report;
}

Json study_json(const StudyRequest& request, const StudyReport& report) {
    const simulator::StudyResult& result = report.result;
    const simulator::DayTally& total = result.total;
    Json us_per_decision;
    if (total.decisions > 0) {
        us_per_decision =
            static_cast<double>(result.decision_ns) / 1e3 / static_cast<double>(total.decisions);
    }
    return {{"scenario", request.scenario.name},
            {"seed", request.seed},
            {"controller", name_of(request.controller)},
            {"days", request.days},
            {"utilisation", total.utilisation()},
            {"talk_share", total.talk_share()},
            {"abandonment", total.abandonment()},
            {"worst_day_abandonment", result.worst_day_abandonment()},
            {"days_over_cap", result.days_over_cap},
            {"mean_wait_s", seconds_json(result.mean_wait_s())},
            {"p95_wait_s", seconds_json(result.p95_wait_s())},
            {"live_answers", total.live_answers},
            {"abandoned", total.abandoned},
            {"calls", total.calls},
            {"decisions", total.decisions},
            {"us_per_decision", us_per_decision},
            {"calls_per_s", static_cast<double>(total.calls) / report.wall_s},
            {"trace_hash", report.trace_hash}};
}

Json minutes_json(const simulator::DayTally& total) {
    Json minutes = Json::array();
    for (const simulator::MinuteTally& minute : total.minutes) {
        const auto staffed = static_cast<double>(minute.staffed.count());
        const auto busy = static_cast<double>(minute.busy.count());
        minutes.push_back({{"m", minutes.size()},
                           {"utilisation", staffed > 0 ? Json(busy / staffed) : Json(nullptr)},
                           {"live_answers", minute.live_answers},
                           {"abandoned", minute.abandoned},
                           {"placed", minute.placed}});
    }
    return minutes;
}

}  // namespace bellwether::app
