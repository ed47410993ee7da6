#include "campaigns/export/paradata.h"

#include "campaigns/export/csv_files.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::exports {
namespace {

/// Empty: not known which.
std::string place_text(std::int64_t attempt) {
    return attempt == 0 ? std::string{} : std::to_string(attempt);
}

/// What an interviewer wrote.
std::string written(const std::string& text) { return quoted(on_one_line(harmless(text))); }

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
    std::string csv = "interview_id,attempt,item,kind,how,cause,at,seconds,turn,mode,interviewer\n";
    for (const auto& row : items) {
        const std::string seconds = row.seconds < 0
                                        ? std::string{}
                                        : form::number_text(form::round_half_up(row.seconds, 3));
        csv += quoted(row.interview_id) + ',' + place_text(row.attempt) + ',' + quoted(row.key) +
               ',' + quoted(row.kind) + ',' + quoted(row.how) + ',' + quoted(row.cause) + ',' +
               quoted(row.at) + ',' + seconds + ',' + std::to_string(row.turn) + ',' +
               quoted(row.interviewer.empty() ? "LINE" : "INTERVIEWER") + ',' +
               quoted(row.interviewer) + '\n';
    }
    return csv;
}

std::string notes_csv(const std::vector<NoteRow>& notes) {
    std::string csv = "interview_id,attempt,interviewer,item,kind,note,at\n";
    for (const auto& row : notes) {
        csv += quoted(row.interview_id) + ',' + place_text(row.attempt) + ',' +
               quoted(row.interviewer) + ',' + quoted(row.key) + ',' + quoted(row.kind) + ',' +
               written(row.note) + ',' + quoted(row.at) + '\n';
    }
    return csv;
}

std::string refusals_csv(const std::vector<RefusalRow>& refusals) {
    std::string csv = "case_id,attempt,interviewer,who,when,strength,reason,do_not_call,note,at\n";
    for (const auto& row : refusals) {
        csv += quoted(on_one_line(row.case_id)) + ',' + place_text(row.attempt) + ',' +
               quoted(row.interviewer) + ',' + quoted(row.who) + ',' + quoted(row.when) + ',' +
               quoted(row.strength) + ',' + written(row.reason) + ',' +
               (row.do_not_call ? "1" : "0") + ',' + written(row.note) + ',' + quoted(row.at) +
               '\n';
    }
    return csv;
}

}  // namespace

std::vector<OutputFile> paradata_files(const std::string& name, const Paradata& paradata) {
    return {{name + "_attempts.csv", attempts_csv(paradata.attempts)},
            {name + "_items.csv", items_csv(paradata.items)},
            {name + "_notes.csv", notes_csv(paradata.notes)},
            {name + "_refusals.csv", refusals_csv(paradata.refusals)}};
}

}  // namespace bellwether::campaigns::exports
