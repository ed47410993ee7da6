#include "dialer/app/reports/figures.h"

namespace bellwether::app {

using campaigns::Outcome;
using campaigns::OutcomeClass;

AttemptColumns attempt_columns(const store::CampaignFigures& figures) {
    AttemptColumns columns;
    columns.answered = figures.of_class(OutcomeClass::Answered);
    columns.machines = figures.of_class(OutcomeClass::Machine);
    columns.busy = figures.of_class(OutcomeClass::Busy);
    columns.no_answer = figures.of_class(OutcomeClass::NoAnswer);
    columns.failed = figures.of_class(OutcomeClass::Failed);
    columns.not_dialed = figures.of_class(OutcomeClass::NotDialed);
    columns.attempts =
        columns.answered + columns.machines + columns.busy + columns.no_answer + columns.failed;
    return columns;
}

std::int64_t attempts_with(const store::CampaignFigures& figures, Outcome outcome) {
    for (const auto& count : figures.outcomes) {
        if (count.outcome == outcome) return count.attempts;
    }
    return 0;
}

Json figures_json(const store::CampaignFigures& figures) {
    const AttemptColumns columns = attempt_columns(figures);
    return {{"contacts", figures.total},
            {"left", figures.fresh + figures.claimed + figures.live + figures.retry},
            {"fresh", figures.fresh},
            {"claimed", figures.claimed},
            {"live", figures.live},
            {"retry", figures.retry},
            {"done", figures.done},
            {"denied", figures.denied},
            {"next_due", iso_time(figures.next_due)},
            {"attempts", columns.attempts},
            {"answered", columns.answered},
            {"machines", columns.machines},
            {"busy", columns.busy},
            {"no_answer", columns.no_answer},
            {"failed", columns.failed},
            {"not_dialed", columns.not_dialed},
            {"alive", figures.attempts_alive},
            {"bridged", figures.bridged},
            {"abandoned", attempts_with(figures, Outcome::Abandoned)},
            {"answered_after_cancel", figures.answered_after_cancel},
            {"interviews_open", figures.interviews_open},
            {"interviews_complete", figures.interviews_complete},
            {"interviews_partial", figures.interviews_partial},
            {"interviews_opted_out", figures.interviews_opted_out},
            {"interviews_broken_off", figures.interviews_broken_off},
            {"interviews_screened", figures.interviews_screened},
            {"answers", figures.answers},
            {"opted_out", attempts_with(figures, Outcome::OptedOut)},
            {"unknown", attempts_with(figures, Outcome::Unknown)}};
}

}  // namespace bellwether::app
