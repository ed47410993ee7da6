#include "dialer/app/commands/run_command.h"

#include <fmt/format.h>

#include <ostream>
#include <system_error>

#include "dialer/api/client.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

Result<api::Response> ask_service(const Plan& plan, const Config& config, const api::BodySink& sink,
                                  const Waiting& waiting) {
    api::ClientOptions options{.socket = config.socket};
    if (plan.is_long) {
        options.answer_timeout = std::nullopt;
        options.still_waiting = waiting;
    }
    return api::exchange(options, plan.request, sink);
}

Result<api::Response> ask_store(const Plan& plan, const Config& config, const OpenStore& open_store,
                                const api::BodySink& sink) {
    // A question must not leave an empty store behind, perhaps in the wrong folder.
    std::error_code ignored;
    if (plan.request.method == "GET" && !std::filesystem::exists(config.store, ignored)) {
        return fail(Errc::NotFound,
                    fmt::format("there is no store at {} and no service on {}: is --config right?",
                                config.store.string(), config.socket.string()));
    }
    auto backend = open_store(config);
    if (!backend) return tl::unexpected(backend.error());
    api::Response response = route(**backend, plan.request);
    if (sink && response.status < 300) {
        if (!response.body.empty()) sink(response.body);
        for (std::string piece; response.more && response.more(piece); piece.clear()) sink(piece);
        response.body.clear();
    }
    response.more = nullptr;  // it works on the backend, which ends here
    return response;
}

ExitCode report_answer(const Plan& plan, const api::Response& response, const Output& output) {
    if (output.json) {
        output.out << response.body;
    }
    const auto body = Json::parse(response.body, nullptr, false);
    if (!output.json && body.is_discarded()) output.out << response.body;
    if (!output.json && !body.is_discarded())
        output.out << (plan.show != nullptr ? plan.show(body) : render(body));
    if (plan.rejects_key.empty() || !body.is_object()) return ExitCode::Done;
    const auto rejects = body.find(plan.rejects_key);
    const bool rejected =
        rejects != body.end() && rejects->is_number() && rejects->get<std::int64_t>() > 0;
    return rejected ? ExitCode::DoneWithRejects : ExitCode::Done;
}

}  // namespace

ExitCode report_error(const Output& output, const Error& error) {
    output.err << "bellwether: " << error.detail << "\n";
    return exit_code_of(error.code);
}

ExitCode report_problems(const Output& output, const Problems& problems) {
    output.err << to_text(problems) << "\n";
    return ExitCode::ValidationFailed;
}

Result<api::Response> answer(const Plan& plan, const Config& config, const OpenStore& open_store,
                             const api::BodySink& sink, const Waiting& waiting) {
    if (api::is_listening(config.socket)) return ask_service(plan, config, sink, waiting);
    if (plan.needs_service) {
        return fail(Errc::Unavailable,
                    fmt::format("no service is running on {}: start one with 'bellwether serve'",
                                config.socket.string()));
    }
    return ask_store(plan, config, open_store, sink);
}

ExitCode run_command(const Plan& plan, const Config& config, const OpenStore& open_store,
                     const Output& output) {
    api::BodySink sink;
    if (plan.is_text) {
        sink = [&](const std::string& piece) { output.out << piece; };
    }
    const auto waiting = [&](std::chrono::seconds waited) {
        output.err << fmt::format("the service is still at work, for {} s now\n", waited.count());
        output.err.flush();
    };
    const auto response = answer(plan, config, open_store, sink, waiting);
    if (!response) return report_error(output, response.error());
    if (response->status >= 300) {
        const auto read = api::read_problem(*response);
        if (read.faults.empty()) return report_error(output, read.error);
        for (const auto& fault : read.faults) {
            output.err << to_text(Problem{fault.file, fault.line, fault.detail}) << "\n";
        }
        return exit_code_of(read.error.code);
    }
    const ExitCode code = plan.is_text ? ExitCode::Done : report_answer(plan, *response, output);
    output.out.flush();
    // A full disk or a closed pipe: what was asked for did not arrive.
    if (!output.out)
        return report_error(output, {Errc::Exhausted, "the output could not be written"});
    return code;
}

}  // namespace bellwether::app
