#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <memory>

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/exit_code.h"
#include "dialer/app/files/config.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// Where a command's words go: data to `out`, everything else to `err`.
struct Output {
    std::ostream& out;
    std::ostream& err;
    bool json = false;
};

/// Prints an error as people read it, and says which exit code it means.
ExitCode report_error(const Output& output, const Error& error);
ExitCode report_problems(const Output& output, const Problems& problems);

/// Opens the store for a command that found no service.
using OpenStore = std::function<Result<std::unique_ptr<Backend>>(const Config&)>;

/// Hears, from time to time, for how long a service has been at work on a long request.
using Waiting = std::function<void(std::chrono::seconds)>;

/// Answers a request, by the service that listens on the configuration's socket, or else by this
/// process with the store under its exclusive lock: one code path behind both (router.h).
/// @param sink  receives the body of a 2xx answer piece by piece; empty: it is in the result.
[[nodiscard]] Result<api::Response> answer(const Plan& plan, const Config& config,
                                           const OpenStore& open_store,
                                           const api::BodySink& sink = {},
                                           const Waiting& waiting = {});

/// answer(), printed.
[[nodiscard]] ExitCode run_command(const Plan& plan, const Config& config,
                                   const OpenStore& open_store, const Output& output);

}  // namespace bellwether::app
