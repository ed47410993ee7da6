#include "campaigns/export/paradata.h"

#include "campaigns/form/values.h"

namespace bellwether::campaigns::exports {
namespace {

std::string attempts_csv(const std::vector<AttemptRow>& attempts) {
    std::string csv =
        "case_id,attempt,dialed,answered,ended,outcome,sip_status,aapor,disposition,decides,"
        "final_code\n";
    for (const auto& row : attempts) {
        csv += quoted(on_one_line(row.case_id)) + ',' + std::to_string(row.number) + ',' +
               quoted(row.dialed) + ',' + quoted(row.answered) + ',' + quoted(row.ended) + ',' +
               quoted(row.outcome) + ',' +
               (row.sip_status == 0 ? std::string{} : std::to_string(row.sip_status)) + ',' +
               quoted(row.aapor) + ',' + quoted(row.disposition) + ',' + (row.decides ? "1" : "0") +
               ',' + quoted(row.final_code) + '\n';
    }
    return csv;
}

std::string items_csv(const std::vector<ItemRow>& items) {
    std::string csv = "interview_id,attempt,item,kind,how,cause,at,seconds,turn\n";
    for (const auto& row : items) {
        const std::string seconds = row.seconds < 0
                                        ? std::string{}
                                        : form::number_text(form::round_half_up(row.seconds, 3));
        csv += quoted(row.interview_id) + ',' +
               (row.attempt == 0 ? std::string{} : std::to_string(row.attempt)) + ',' +
               quoted(row.key) + ',' + quoted(row.kind) + ',' + quoted(row.how) + ',' +
               quoted(row.cause) + ',' + quoted(row.at) + ',' + seconds + ',' +
               std::to_string(row.turn) + '\n';
    }
    return csv;
}

}  // namespace

std::vector<OutputFile> paradata_files(const std::string& name,
                                       const std::vector<AttemptRow>& attempts,
                                       const std::vector<ItemRow>& items) {
    return {{name + "_attempts.csv", attempts_csv(attempts)},
            {name + "_items.csv", items_csv(items)}};
}

}  // namespace bellwether::campaigns::exports
