#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/option_reader.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/json_text.h"
#include "simulator/day/study.h"

namespace bellwether::app {

/// Some days of a scenario under one controller, as `sim run` and `sim compare` order them.
struct StudyRequest {
    simulator::DayScenario scenario;
    simulator::Controller controller = simulator::Controller::Predictive;
    std::uint64_t seed = 1;
    int days = 1;
    bool carry = false;
    bool check = false;  ///< the promises R1-R8 after every event
};

/// What came of it, with what the clock on the wall said.
struct StudyReport {
    simulator::StudyResult result;
    std::string trace_hash;  ///< SHA-256 of all events and actions
    double wall_s = 0;
};

/// The scenario of a file; one without a name is called as its file. What is wrong with it has been
/// reported when an exit code comes back.
[[nodiscard]] tl::expected<simulator::DayScenario, ExitCode> read_scenario(
    const std::filesystem::path& file, const Output& output);

/// A controller by its name. Error: InvalidInput, naming those there are.
[[nodiscard]] Result<simulator::Controller> controller_named(std::string_view name);

/// --seed, --days, --carry and --check; faults are noted with the reader.
void read_study_options(const Given& given, OptionReader& reader, StudyRequest& request);

[[nodiscard]] StudyReport run(const StudyRequest& request);

/// The result keys, in the order of docs/guide/simulator.md.
[[nodiscard]] Json study_json(const StudyRequest& request, const StudyReport& report);
/// The member `minutes` of `--per-minute`.
[[nodiscard]] Json minutes_json(const simulator::DayTally& total);

}  // namespace bellwether::app
