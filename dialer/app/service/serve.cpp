#include "dialer/app/service/serve.h"

#include <fmt/format.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <ostream>
#include <utility>

#include "dialer/api/client.h"
#include "dialer/api/server.h"
#include "dialer/app/handlers/repeat_guard.h"
#include "dialer/app/handlers/router.h"
#include "dialer/app/reports/abandonment_windows.h"
#include "dialer/app/service/logging.h"
#include "dialer/app/service/service_backend.h"
#include "dialer/app/version.h"

namespace bellwether::app {

namespace {

/// The signals that end the service, blocked in this thread and all that it starts.
sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // A client that leaves in the middle of its answer is its own loss.
    ::signal(SIGPIPE, SIG_IGN);
    return signals;
}

ExitCode run(const Config& config, const Output& output, const sigset_t& signals) {
    auto service = Service::open(config, Service::Mode::Live);
    if (!service) return report_error(output, service.error());
    ServiceBackend backend{**service};
    RepeatGuard guard{[&](const api::Request& request) { return route(backend, request); }};
    auto server =
        api::Server::start({.socket = config.socket, .is_long = is_long_request},
                           [&](const api::Request& request) { return guard.handle(request); });
    if (!server) return report_error(output, server.error());
    spdlog::info("serving version={} node={} socket={} pid={}", kVersion, config.node,
                 config.socket.string(), ::getpid());
    const auto ended =
        (*service)->run_until_signal(signals, [&] { issue_closed_windows(backend); });
    (*server)->stop();
    if (!ended) return report_error(output, ended.error());
    spdlog::info("ended");
    return ExitCode::Done;
}

}  // namespace

Result<std::unique_ptr<Backend>> open_store_alone(const Config& config) {
    auto service = Service::open(config, Service::Mode::StoreOnly);
    if (!service) return tl::unexpected(service.error());
    return std::make_unique<ServiceBackend>(*std::move(service));
}

ExitCode serve(const Config& config, const Output& output) {
    const sigset_t signals = block_signals();
    if (const auto logging = set_up_logging(config.log); !logging)
        return report_error(output, logging.error());
    if (api::is_listening(config.socket)) {
        return report_error(
            output, {Errc::Conflict, fmt::format("a service answers on {} already: stop it first",
                                                 config.socket.string())});
    }
    const ExitCode code = run(config, output, signals);
    spdlog::shutdown();
    return code;
}

}  // namespace bellwether::app
