#include "dialer/app/service/logging.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <vector>

namespace bellwether::app {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::Error:
            return spdlog::level::err;
        case LogLevel::Warn:
            return spdlog::level::warn;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Debug:
            return spdlog::level::debug;
    }
    return spdlog::level::info;
}

}  // namespace

Result<void> set_up_logging(const LogSettings& settings) {
    try {
        std::vector<spdlog::sink_ptr> sinks{std::make_shared<spdlog::sinks::stderr_sink_mt>()};
        if (!settings.file.empty()) {
            sinks.push_back(
                std::make_shared<spdlog::sinks::basic_file_sink_mt>(settings.file.string()));
        }
        auto logger = std::make_shared<spdlog::logger>("bellwether", sinks.begin(), sinks.end());
        logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
        logger->set_level(spdlog_level(settings.level));
        // What somebody must read is on the disk at once; the rest within a second.
        logger->flush_on(spdlog::level::warn);
        spdlog::set_default_logger(std::move(logger));
        spdlog::flush_every(std::chrono::seconds{1});
        return {};
    } catch (const spdlog::spdlog_ex& error) {
        return fail(Errc::Unavailable, std::string{"the log cannot be opened: "} + error.what());
    }
}

}  // namespace bellwether::app
