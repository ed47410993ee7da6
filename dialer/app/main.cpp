#include <unistd.h>

#include <iostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dialer/app/amd/amd.h"
#include "dialer/app/commands/audit_verify.h"
#include "dialer/app/commands/cli.h"
#include "dialer/app/commands/doctor.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/commands/status_watch.h"
#include "dialer/app/commands/store_restore.h"
#include "dialer/app/policy/abandonment_command.h"
#include "dialer/app/policy/policy_command.h"
#include "dialer/app/service/logging.h"
#include "dialer/app/service/serve.h"
#include "dialer/app/sim/sim.h"
#include "dialer/app/survey/survey.h"
#include "dialer/app/version.h"

namespace bellwether::app {

namespace {

ExitCode print_version(const Output& output) {
    if (output.json) {
        output.out << "{\"name\":\"bellwether\",\"version\":\"" << kVersion << "\"}\n";
    } else {
        output.out << "bellwether " << kVersion << "\n";
    }
    return ExitCode::Done;
}

ExitCode run(const Plan& plan, const Given& given, const Config& config, const Output& output) {
    if (plan.local == Plan::Local::Serve) return serve(config, output);
    // Only serve logs to its file; a command says what is wrong and nothing else.
    LogSettings quiet;
    quiet.level = LogLevel::Error;
    if (const auto logging = set_up_logging(quiet); !logging)
        return report_error(output, logging.error());
    switch (plan.local) {
        case Plan::Local::Doctor:
            return doctor(config, open_store_alone, output);
        case Plan::Local::SimCarrier:
            return sim_carrier(given, output);
        case Plan::Local::SimAgents:
            return sim_agents(given, output);
        case Plan::Local::SimRun:
            return sim_run(given, output);
        case Plan::Local::SimCompare:
            return sim_compare(given, output);
        case Plan::Local::SimReplay:
            return sim_replay(given, config, open_store_alone, output);
        case Plan::Local::AmdClassify:
            return amd_classify(given, output);
        case Plan::Local::AmdEvaluate:
            return amd_evaluate(given, output);
        case Plan::Local::AmdTrain:
            return amd_train(given, output);
        case Plan::Local::AmdRecalibrate:
            return amd_recalibrate(given, output);
        case Plan::Local::ComplianceAbandonment:
            return compliance_abandonment(std::cin, output);
        case Plan::Local::ComplianceDecide:
            return compliance_decide(std::cin, given, output);
        case Plan::Local::AuditVerify:
            return audit_verify(given, output);
        case Plan::Local::CompliancePacks:
            return compliance_packs(given, output);
        case Plan::Local::StoreRestore:
            return store_restore(given, config, open_store_alone, output);
        case Plan::Local::SurveyLint:
            return survey_lint(given, output);
        case Plan::Local::SurveyPreview:
            return survey_preview(given, output);
        case Plan::Local::SurveyRun:
            return survey_run(STDIN_FILENO, given, output);
        case Plan::Local::SurveyImport:
            return survey_import(given, output);
        case Plan::Local::StatusWatch:
            return watch_status(given, config, output);
        default:
            return run_command(plan, config, open_store_alone, output);
    }
}

ExitCode run(const Invocation& invocation) {
    const Output output{std::cout, std::cerr, invocation.global.json};
    auto config = load_config(invocation.global.config);
    if (!config) return report_problems(output, config.error());
    if (!invocation.global.socket.empty()) config->socket = invocation.global.socket;
    if (invocation.global.print_config) {
        output.out << print_config(*config);
        return ExitCode::Done;
    }
    const auto plan = invocation.command->plan(invocation.given);
    if (!plan) return report_error(output, plan.error());
    if (plan->local == Plan::Local::Version) return print_version(output);
    return run(*plan, invocation.given, *config, output);
}

ExitCode run_program(const std::vector<std::string>& words) {
    auto parsed = parse_command_line(words);
    if (const auto* end = std::get_if<CliEnd>(&parsed)) {
        (end->code == ExitCode::Done ? std::cout : std::cerr) << end->text;
        return end->code;
    }
    return run(std::get<Invocation>(parsed));
}

}  // namespace
}  // namespace bellwether::app

int main(int count, char** words) {
    return static_cast<int>(bellwether::app::run_program({words + 1, words + count}));
}
