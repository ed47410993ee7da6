#include "dialer/app/commands/store_restore.h"

#include <fmt/format.h>

#include <ostream>

#include "dialer/api/client.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/files/json_text.h"
#include "dialer/store/backup.h"

namespace bellwether::app {

namespace {

Result<store::BackupReport> restore(const Given& given, const Config& config,
                                    const OpenStore& open_store) {
    const std::filesystem::path folder = given.value("FOLDER");
    if (given.has("--dry-run")) return store::check_backup(folder);
    if (api::is_listening(config.socket)) {
        return fail(Errc::Conflict,
                    fmt::format("a service is running on {}: stop it before a restore",
                                config.socket.string()));
    }
    auto report = store::restore_backup(folder, config.store, given.has("--replace"));
    if (!report) return report;
    const auto opened = open_store(config);
    if (!opened) {
        return fail(opened.error().code,
                    fmt::format("the backup was put in place, but cannot be opened: {}",
                                opened.error().detail));
    }
    return report;
}

}  // namespace

ExitCode store_restore(const Given& given, const Config& config, const OpenStore& open_store,
                       const Output& output) {
    const auto report = restore(given, config, open_store);
    if (!report) return report_error(output, report.error());
    const Json body{{"backup", given.value("FOLDER")},
                    {"store", config.store.string()},
                    {"dry_run", given.has("--dry-run")},
                    {"files", report->files.size()},
                    {"bytes", report->bytes},
                    {"schema", report->schema},
                    {"journal_seq", report->journal_seq},
                    {"evidence", report->evidence}};
    output.out << (output.json ? body.dump() + "\n" : render(body)) << std::flush;
    return ExitCode::Done;
}

}  // namespace bellwether::app
