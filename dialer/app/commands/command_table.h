#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dialer/api/http.h"
#include "dialer/app/files/json_text.h"

namespace bellwether::app {

/// One thing that may follow a command.
struct Argument {
    enum class Kind {
        Word,      ///< by its place: FILE
        Words,     ///< likewise, any number of them
        Option,    ///< --list NAME
        Repeated,  ///< --set K=V, any number of times
        Flag,      ///< --dry-run
    };
    Kind kind = Kind::Option;
    std::string name;   ///< "FILE", "--list"
    std::string value;  ///< how the help calls an option's value; empty for words and flags
    std::string help;
    bool required = false;
};

/// What was given on the command line, by Argument::name.
struct Given {
    std::map<std::string, std::vector<std::string>> values;

    [[nodiscard]] bool has(const std::string& name) const { return values.count(name) != 0; }
    [[nodiscard]] std::string value(const std::string& name) const {
        const auto found = values.find(name);
        return found == values.end() || found->second.empty() ? std::string{}
                                                              : found->second.front();
    }
};

/// What a command comes to: one request, or something that this process does by itself.
struct Plan {
    enum class Local {
        None,
        Serve,
        Doctor,
        Version,
        SimCarrier,
        SimAgents,
        SimRun,
        SimCompare,
        SimReplay,
        AmdClassify,
        AmdEvaluate,
        AmdTrain,
        AmdRecalibrate,
        ComplianceAbandonment,
        ComplianceDecide,
        CompliancePacks,
        AuditVerify,
        StoreRestore,
        SurveyLint,
        SurveyPreview,
        SurveyRun,
        SurveyImport,
        StatusWatch,
    };
    Local local = Local::None;
    api::Request request{};
    bool needs_service = false;  ///< the store alone cannot answer it
    bool is_long = false;        ///< wait for the answer as long as it takes
    bool is_text = false;        ///< the answer is a file (CSV, NDJSON), printed as it comes
    /// A count in the answer that means "done with rejects" (exit code 4) when it is not 0; empty:
    /// none.
    std::string rejects_key{};
    /// How people see the answer; none: as render() shows anything.
    std::string (*show)(const Json& body) = nullptr;
};

/// One command: `bellwether <noun> <verb>`, or `bellwether <noun>` where the verb is empty.
struct Command {
    const char* noun;
    const char* verb;
    const char* help;
    std::vector<Argument> arguments;
    /// Turns what was given into a plan; reads files the request must carry, nothing else.
    Result<Plan> (*plan)(const Given& given);
};

/// Every command, by noun; the guide's command reference is checked against it by a test.
[[nodiscard]] const std::vector<Command>& commands();

/// "what `list` is about", for the help.
[[nodiscard]] std::string_view noun_help(std::string_view noun);

}  // namespace bellwether::app
