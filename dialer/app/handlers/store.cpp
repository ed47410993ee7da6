#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/backup.h"

namespace bellwether::app {

api::Response back_up_store(Backend& backend, const Call& call) {
    const std::filesystem::path folder = text_member(call.body, "path");
    if (!folder.is_absolute())
        return api::problem({Errc::InvalidInput, "`path` must be an absolute path"});
    const auto report = store::back_up(backend.store(), folder);
    if (!report) return api::problem(report.error());
    return json_response({{"backup", folder.string()},
                          {"at", iso_time(backend.utc_now())},
                          {"files", report->files.size()},
                          {"bytes", report->bytes},
                          {"schema", report->schema},
                          {"journal_seq", report->journal_seq},
                          {"evidence", report->evidence},
                          {"note",
                           "holds the evidence log's keys: keep it as safe as the store; "
                           "recordings are not in it"}});
}

}  // namespace bellwether::app
