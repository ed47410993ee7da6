#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "campaigns/form/read_form.h"
#include "campaigns/interviewer_work.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/handlers/interview.h"
#include "dialer/app/reports/period.h"
#include "dialer/store/interviewer_rows.h"
#include "dialer/store/survey_rows.h"

// How interviewers work: time for each question, what was read too fast, gone back to, left open.

namespace bellwether::app {

namespace {

namespace form = campaigns::form;
using campaigns::InterviewerWork;
using campaigns::WorkFigures;

constexpr const char* kCsvType = "text/csv; charset=utf-8";
using Works = std::map<AgentId, InterviewerWork>;
using Interviews = std::map<std::pair<InterviewId, AgentId>, campaigns::WorkedInterview>;

bool is_in(const std::optional<store::Period>& period, UtcTime at) {
    return !period || (period->from <= at && at < period->to);
}

/// Takes the changes of a campaign's answers, as they come, to the interviewers who made them.
class Sorter {
public:
    Sorter(std::optional<store::Period> period, Interviews& interviews)
        : period_{period}, interviews_{interviews} {}

    void add(const store::AnswerChangeRow& change) {
        if (change.interview != interview_) {
            interview_ = change.interview;
            attempt_ = {};
            seen_before_ = false;
        }
        campaigns::WorkedItem item{
            .key = change.question,
            .kind = change.kind,
            .how = enum_from_name<form::Settled>(change.how).value_or(form::Settled::Answered)};
        const bool is_asked =
            change.kind == form::ChangeKind::Settle && item.how != form::Settled::Played;
        if (is_asked) item.seconds = seconds_before(change);
        const bool by_interviewer = change.agent != AgentId{};
        if (by_interviewer && is_in(period_, change.at))
            interviews_[{change.interview, change.agent}].items.push_back(std::move(item));
    }

private:
    /// began_at is of the first attempt: one that goes on has no moment to count from.
    std::optional<double> seconds_before(const store::AnswerChangeRow& change) {
        const bool is_first = change.attempt != attempt_;
        const bool is_known = !is_first || !seen_before_;
        const UtcTime since = is_first ? change.began : last_;
        attempt_ = change.attempt;
        last_ = change.at;
        seen_before_ = true;
        if (!is_known) return std::nullopt;
        return std::chrono::duration<double>(change.at - since).count();
    }

    std::optional<store::Period> period_;
    Interviews& interviews_;
    InterviewId interview_{};
    AttemptId attempt_{};
    UtcTime last_{};
    bool seen_before_ = false;
};

Result<void> add_notes(Backend& backend, CampaignId campaign,
                       const std::optional<store::Period>& period, Interviews& interviews) {
    return store::for_each_interview_note(backend.store(), campaign,
                                          [&](const store::InterviewNoteRecord& note) {
                                              if (!is_in(period, note.at)) return;
                                              auto& work = interviews[{note.interview, note.agent}];
                                              if (note.kind == store::NoteKind::Note) ++work.notes;
                                              if (note.kind == store::NoteKind::Probe)
                                                  ++work.probes;
                                              if (note.kind == store::NoteKind::Overrule)
                                                  ++work.overrules;
                                          });
}

/// An interview's end is that of the interviewer who had the person at the end.
Result<void> add_ends(Backend& backend, CampaignId campaign,
                      const std::optional<store::Period>& period, Interviews& interviews) {
    const auto records = backend.store().interviews(campaign);
    if (!records) return tl::unexpected(records.error());
    for (const auto& record : *records) {
        if (!record.end || !record.ended || !is_in(period, *record.ended)) continue;
        const auto attempt = backend.store().attempt(record.attempt);
        if (!attempt) return tl::unexpected(attempt.error());
        if (attempt->agent == AgentId{}) continue;
        campaigns::WorkedInterview& interview = interviews[{record.id, attempt->agent}];
        interview.item = record.item;
        interview.end = form::InterviewEnd{
            .outcome = *record.end,
            .aapor = record.aapor,
            .cause = enum_from_name<form::EndCause>(record.cause).value_or(form::EndCause::HungUp)};
    }
    return {};
}

Result<Works> works_of(Backend& backend, CampaignId campaign, const form::Form& asked,
                       const std::optional<store::Period>& period) {
    Interviews interviews;
    Sorter sorter{period, interviews};
    const auto read = store::for_each_answer_change(
        backend.store(), campaign,
        [&](const store::AnswerChangeRow& change) { sorter.add(change); });
    if (!read) return tl::unexpected(read.error());
    if (const auto notes = add_notes(backend, campaign, period, interviews); !notes)
        return tl::unexpected(notes.error());
    if (const auto ends = add_ends(backend, campaign, period, interviews); !ends)
        return tl::unexpected(ends.error());
    Works works;
    for (const auto& [key, interview] : interviews)
        campaigns::add_interview(asked, interview, works[key.second]);
    return works;
}

double rounded(double value, double parts) { return std::round(value * parts) / parts; }

Json share(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return nullptr;
    return rounded(static_cast<double>(part) / static_cast<double>(whole), 1000);
}

void put_figures(const WorkFigures& figures, Json& row) {
    const auto median = campaigns::median_of(figures.seconds);
    row["settled"] = figures.settled;
    row["median_s"] = median ? Json(rounded(*median, 10)) : Json(nullptr);
    row["too_fast"] = figures.too_fast;
    row["too_fast_share"] = share(figures.too_fast, figures.timed);
    row["gone_back"] = figures.gone_back;
    row["back_share"] = share(figures.gone_back, figures.settled);
    row["dont_know"] = figures.dont_know;
    row["refused"] = figures.refused;
    row["open_share"] = share(figures.dont_know + figures.refused, figures.settled);
    row["break_offs"] = figures.break_offs;
}

Json interviewer_json(const std::string& campaign, const std::string& agent,
                      const InterviewerWork& work) {
    Json row{{"agent", agent},
             {"campaign", campaign},
             {"interviews", work.interviews},
             {"complete", work.complete},
             {"partial", work.partial},
             {"broken_off", work.refused},
             {"notes", work.notes},
             {"probes", work.probes},
             {"overrides", work.overrules}};
    put_figures(work.all, row);
    return row;
}

/// In the order of the sheet; what is broken off before the first question stands in front.
void add_questions(const std::string& campaign, const std::string& agent, const form::Form& asked,
                   const InterviewerWork& work, Json& rows) {
    std::vector<std::pair<form::RowIndex, std::string>> names;
    for (const auto& [name, figures] : work.questions)
        names.emplace_back(name.empty() ? 0 : form::find_row(asked, name) + 1U, name);
    std::ranges::sort(names);
    for (const auto& [place, name] : names) {
        Json row{{"agent", agent}, {"campaign", campaign}, {"question", name}};
        put_figures(work.questions.at(name), row);
        rows.push_back(std::move(row));
    }
}

constexpr std::array kFigures{"settled",    "median_s",   "too_fast",  "too_fast_share",
                              "gone_back",  "back_share", "dont_know", "refused",
                              "open_share", "break_offs"};
constexpr std::array kCounts{"interviews", "complete", "partial",  "broken_off",
                             "notes",      "probes",   "overrides"};

/// A row for each interviewer, its `question` empty, and for each of his questions.
std::string interviewers_csv(const Json& body) {
    std::vector<std::string> heading{"agent", "campaign", "question"};
    heading.insert(heading.end(), kCounts.begin(), kCounts.end());
    heading.insert(heading.end(), kFigures.begin(), kFigures.end());
    std::string csv = csv_row(heading);
    for (const char* list : {"interviewers", "questions"}) {
        for (const auto& row : body[list]) {
            std::vector<std::string> fields{text_member(row, "agent"), text_member(row, "campaign"),
                                            text_member(row, "question")};
            const auto put = [&](const char* key) {
                const auto found = row.find(key);
                const bool is_known = found != row.end() && !found->is_null();
                fields.push_back(is_known ? found->dump() : std::string{});
            };
            for (const char* key : kCounts) put(key);
            for (const char* key : kFigures) put(key);
            csv += csv_row(fields);
        }
    }
    return csv;
}

}  // namespace

api::Response report_interviewers(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    std::optional<store::Period> period;
    if (has_period(call)) {
        const auto read = read_period(call, backend.utc_now());
        if (!read) return api::problem(read.error());
        period = *read;
    }
    const auto agents = backend.store().agents();
    if (!agents) return api::problem(agents.error());
    std::map<AgentId, std::string> names;
    for (const auto& agent : *agents) names[agent.id] = agent.name;
    Json interviewers = Json::array();
    Json questions = Json::array();
    for (const auto& record : *records) {
        const auto file = file_of(backend, record);
        if (!file || !file->spec.questionnaire) continue;
        const auto asked = form::read_form(file->spec.questionnaire->sheets);
        if (!asked) continue;
        const auto works = works_of(backend, record.id, *asked, period);
        if (!works) return api::problem(works.error());
        for (const auto& [id, work] : *works) {
            // A removed agent has no name any more: his id stands for it.
            const std::string name =
                names.contains(id) ? names.at(id) : std::to_string(value_of(id));
            interviewers.push_back(interviewer_json(record.name, name, work));
            add_questions(record.name, name, *asked, work, questions);
        }
    }
    Json body{{"words_per_minute", campaigns::kFastestWordsPerMinute},
              {"interviewers", std::move(interviewers)},
              {"questions", std::move(questions)}};
    if (period) {
        body["from"] = iso_time(period->from);
        body["to"] = iso_time(period->to);
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, interviewers_csv(body), {}};
    return json_response(body);
}

}  // namespace bellwether::app
