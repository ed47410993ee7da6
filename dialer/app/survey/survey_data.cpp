#include "dialer/app/survey/survey_data.h"

#include <algorithm>
#include <map>
#include <utility>

#include "dialer/app/files/json_text.h"
#include "dialer/app/files/moment.h"
#include "dialer/store/interviewer_rows.h"
#include "dialer/store/survey_rows.h"

namespace bellwether::app {

namespace {

namespace aapor = campaigns::aapor;
namespace exports = campaigns::exports;
namespace form = campaigns::form;

using AnswersOf = std::map<InterviewId, std::vector<form::StoredAnswer>>;
using CasesOf = std::map<ContactId, store::SampleCase>;

Result<AnswersOf> read_answers(Backend& backend, CampaignId campaign) {
    AnswersOf answers;
    const auto read = store::for_each_stored_answer(
        backend.store(), campaign,
        [&](const store::StoredAnswerRow& row) { answers[row.interview].push_back(row.answer); });
    if (!read) return tl::unexpected(read.error());
    return answers;
}

Result<CasesOf> read_cases(Backend& backend, CampaignId campaign) {
    CasesOf cases;
    const auto read =
        store::for_each_case(backend.store(), campaign, {}, [&](const store::SampleCase& one) {
            if (!one.attempts.empty()) cases.emplace(one.contact, one);
        });
    if (!read) return tl::unexpected(read.error());
    return cases;
}

std::string case_name(const store::ContactRecord& contact) {
    return contact.external_id.empty() ? std::to_string(value_of(contact.id)) : contact.external_id;
}

/// A column of the list, as the questionnaire names it.
std::string column_of(const store::ContactRecord& contact, const Json& extra,
                      const std::string& name) {
    if (name == "external_id") return contact.external_id;
    if (name == "first_name") return contact.first_name;
    if (name == "last_name") return contact.last_name;
    if (name == "language") return contact.language;
    return extra.is_object() ? text_member(extra, name.c_str()) : std::string{};
}

/// "2026-03-02T14:03:07+01:00": when the call was answered, as calculations see it.
std::string local_second(UtcTime at, const compliance::ZoneOffsets& zone) {
    constexpr std::size_t kSeconds = 19;  // letters up to the seconds
    constexpr std::size_t kFraction = 4;  // ".250"
    return zoned_time(at, zone).erase(kSeconds, kFraction);
}

form::InterviewFacts facts_of(const SurveyScope& scope, const store::ContactRecord& contact,
                              const store::InterviewRecord& interview, form::Mode mode) {
    form::InterviewFacts facts;
    facts.now = local_second(interview.began, scope.file.spec.hours.zone);
    facts.language = contact.language;
    facts.mode = mode;
    const Json extra = Json::parse(contact.extra, nullptr, false);
    for (const auto& name : scope.form.contact_columns)
        facts.contact.push_back({name, column_of(contact, extra, name)});
    return facts;
}

Result<exports::CollectedInterview> collect(Backend& backend, const SurveyScope& scope,
                                            const store::InterviewRecord& interview,
                                            const CasesOf& cases) {
    const auto contact = backend.store().contact(interview.contact);
    if (!contact) return tl::unexpected(contact.error());
    const auto attempt = backend.store().attempt(interview.attempt);
    if (!attempt) return tl::unexpected(attempt.error());
    const auto mode = attempt->agent == AgentId{} ? form::Mode::Line : form::Mode::Interviewer;
    exports::CollectedInterview collected{.case_id = case_name(*contact),
                                          .interview_id = std::to_string(value_of(interview.id)),
                                          .outcome = std::string{name_of(*interview.end)},
                                          .aapor = interview.aapor,
                                          .mode = std::string{name_of(mode)},
                                          .started = iso_time(interview.began)};
    if (interview.ended) collected.ended = iso_time(*interview.ended);
    const auto found = cases.find(interview.contact);
    if (found != cases.end()) {
        collected.attempts = std::ranges::count_if(found->second.attempts, [](const auto& one) {
            return campaigns::class_of(one.outcome) != campaigns::OutcomeClass::NotDialed;
        });
        const auto weight = parse_base_weight(found->second.base_weight);
        if (!weight) {
            return fail(Errc::InvalidInput, "weight_base of contact " +
                                                std::to_string(value_of(interview.contact)) + " " +
                                                weight.error().detail);
        }
        collected.base_weight = *weight;
    }
    collected.facts = facts_of(scope, *contact, interview, mode);
    return collected;
}

bool is_data(const store::InterviewRecord& interview, bool partials) {
    if (!interview.end) return false;
    return *interview.end == form::Outcome::Complete ||
           (partials && *interview.end == form::Outcome::Partial);
}

Result<void> add_attempts(Backend& backend, const store::SampleCase& one,
                          const SampleReading& reading, exports::Paradata& paradata) {
    const auto contact = backend.store().contact(one.contact);
    if (!contact) return tl::unexpected(contact.error());
    const auto final = final_code_of(one, reading);
    for (std::size_t i = 0; i < one.attempts.size(); ++i) {
        const auto& attempt = one.attempts[i];
        exports::AttemptRow row{.case_id = case_name(*contact),
                                .number = static_cast<std::int64_t>(i) + 1,
                                .dialed = iso_time(attempt.dialed),
                                .ended = iso_time(attempt.ended),
                                .outcome = std::string{name_of(attempt.outcome)},
                                .sip_status = attempt.sip_status,
                                .aapor = attempt_code_of(one, attempt, reading).code,
                                .disposition = attempt.disposition,
                                .decides = final.attempt == i,
                                .final_code = final.code};
        if (attempt.answered) row.answered = iso_time(*attempt.answered);
        paradata.attempts.push_back(std::move(row));
    }
    return {};
}

/// Turns the changes of answers, as they come, into rows with times and turns.
class ItemTimes {
public:
    ItemTimes(const std::map<AttemptId, std::int64_t>& places, exports::Paradata& paradata)
        : places_{places}, paradata_{paradata} {}

    void add(const store::AnswerChangeRow& change) {
        if (change.kind == form::ChangeKind::Keep) return;  // nobody was asked
        if (change.interview != interview_) {
            interview_ = change.interview;
            turns_.clear();
            attempt_ = {};
            seen_before_ = false;
        }
        exports::ItemRow row{.interview_id = std::to_string(value_of(change.interview)),
                             .key = change.question,
                             .kind = std::string{name_of(change.kind)},
                             .how = change.how,
                             .cause = change.cause,
                             .at = iso_time(change.at)};
        const auto place = places_.find(change.attempt);
        if (place != places_.end()) row.attempt = place->second;
        if (change.kind == form::ChangeKind::Settle) {
            row.turn = ++turns_[change.question];
            row.seconds = seconds_before(change);
        } else {
            row.turn = turns_[change.question];
        }
        paradata_.items.push_back(std::move(row));
    }

private:
    /// Since the change before it in the attempt; of the first, since the interview began. -1: not
    /// known.
    double seconds_before(const store::AnswerChangeRow& change) {
        // A note is made durable with the answer after it: its time is in that one's.
        if (change.how == name_of(form::Settled::Played)) return -1;
        const bool is_first = change.attempt != attempt_;
        const UtcTime since = is_first ? change.began : last_;
        // began_at is of the first attempt: an attempt that goes on has no moment to count from.
        const bool is_known = !is_first || !seen_before_;
        attempt_ = change.attempt;
        last_ = change.at;
        seen_before_ = true;
        return is_known ? std::chrono::duration<double>(change.at - since).count() : -1;
    }

    const std::map<AttemptId, std::int64_t>& places_;
    exports::Paradata& paradata_;
    InterviewId interview_{};
    AttemptId attempt_{};
    UtcTime last_{};
    bool seen_before_ = false;  // an attempt of this interview came before
    std::map<std::string, std::int64_t> turns_;
};

using Places = std::map<AttemptId, std::int64_t>;

std::int64_t place_of(const Places& places, AttemptId attempt) {
    const auto found = places.find(attempt);
    return found == places.end() ? 0 : found->second;
}

Result<void> add_notes(Backend& backend, const SurveyScope& scope, const Places& places,
                       exports::Paradata& paradata) {
    return store::for_each_interview_note(
        backend.store(), scope.campaign.id, [&](const store::InterviewNoteRecord& note) {
            paradata.notes.push_back({.interview_id = std::to_string(value_of(note.interview)),
                                      .attempt = place_of(places, note.attempt),
                                      .interviewer = std::to_string(value_of(note.agent)),
                                      .key = note.item,
                                      .kind = std::string{name_of(note.kind)},
                                      .note = note.note,
                                      .at = iso_time(note.at)});
        });
}

Result<void> add_refusals(Backend& backend, const SurveyScope& scope, const Places& places,
                          exports::Paradata& paradata) {
    std::vector<store::RefusalRecord> records;
    const auto read = store::for_each_refusal(
        backend.store(), scope.campaign.id,
        [&](const store::RefusalRecord& refusal) { records.push_back(refusal); });
    if (!read) return read;
    for (const auto& refusal : records) {
        const auto contact = backend.store().contact(refusal.contact);
        if (!contact) return tl::unexpected(contact.error());
        paradata.refusals.push_back({.case_id = case_name(*contact),
                                     .attempt = place_of(places, refusal.attempt),
                                     .interviewer = std::to_string(value_of(refusal.agent)),
                                     .who = std::string{name_of(refusal.who)},
                                     .when = std::string{name_of(refusal.when)},
                                     .strength = std::string{name_of(refusal.strength)},
                                     .reason = refusal.reason,
                                     .do_not_call = refusal.do_not_call,
                                     .note = refusal.note,
                                     .at = iso_time(refusal.at)});
    }
    return {};
}

}  // namespace

Result<std::vector<exports::CollectedInterview>> collect_interviews(Backend& backend,
                                                                    const SurveyScope& scope) {
    const auto interviews = backend.store().interviews(scope.campaign.id);
    if (!interviews) return tl::unexpected(interviews.error());
    auto answers = read_answers(backend, scope.campaign.id);
    if (!answers) return tl::unexpected(answers.error());
    const auto cases = read_cases(backend, scope.campaign.id);
    if (!cases) return tl::unexpected(cases.error());
    std::vector<exports::CollectedInterview> collected;
    for (const auto& interview : *interviews) {
        if (!is_data(interview, scope.partials)) continue;
        auto one = collect(backend, scope, interview, *cases);
        if (!one) return tl::unexpected(one.error());
        one->answers = std::move((*answers)[interview.id]);
        collected.push_back(*std::move(one));
    }
    return collected;
}

Result<exports::Paradata> collect_paradata(Backend& backend, const SurveyScope& scope,
                                           const SampleReading& reading) {
    const auto cases = read_cases(backend, scope.campaign.id);
    if (!cases) return tl::unexpected(cases.error());
    exports::Paradata paradata;
    std::map<AttemptId, std::int64_t> places;
    for (const auto& [contact, one] : *cases) {
        for (std::size_t i = 0; i < one.attempts.size(); ++i)
            places.emplace(one.attempts[i].id, static_cast<std::int64_t>(i) + 1);
        const auto added = add_attempts(backend, one, reading, paradata);
        if (!added) return tl::unexpected(added.error());
    }
    ItemTimes times{places, paradata};
    const auto read = store::for_each_answer_change(
        backend.store(), scope.campaign.id,
        [&](const store::AnswerChangeRow& change) { times.add(change); });
    if (!read) return tl::unexpected(read.error());
    const auto notes = add_notes(backend, scope, places, paradata);
    if (!notes) return tl::unexpected(notes.error());
    const auto refusals = add_refusals(backend, scope, places, paradata);
    if (!refusals) return tl::unexpected(refusals.error());
    return paradata;
}

}  // namespace bellwether::app
