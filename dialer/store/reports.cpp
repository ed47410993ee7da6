#include <algorithm>
#include <utility>

#include "dialer/store/impl.h"
#include "dialer/store/rows.h"

// Store: reports. Every figure is counted from rows, none is kept beside them, so that they add up.

namespace bellwether::store {

namespace {

void count_contacts(Database& database, CampaignId campaign, CampaignFigures& figures) {
    Statement total{
        database,
        "SELECT ifnull(sum(i.accepted - i.taken_out), 0) FROM campaign_lists p JOIN imports i "
        "ON i.list_id = p.list_id AND i.state = 'COMPLETE' WHERE p.campaign_id = ?"};
    if (total.bind(campaign).step()) figures.total = total.get<std::int64_t>(0);

    Statement states{database,
                     "SELECT state, count(*) FROM campaign_contacts "
                     "WHERE campaign_id = ? GROUP BY state"};
    states.bind(campaign);
    while (states.step()) {
        const auto contacts = states.get<std::int64_t>(1);
        switch (states.get<ContactState>(0)) {
            case ContactState::New:
                break;  // with those that have no row
            case ContactState::Claimed:
                figures.claimed = contacts;
                break;
            case ContactState::Live:
                figures.live = contacts;
                break;
            case ContactState::Retry:
                figures.retry = contacts;
                break;
            case ContactState::Done:
                figures.done = contacts;
                break;
            case ContactState::Denied:
                figures.denied = contacts;
                break;
        }
    }
    figures.fresh = figures.total - figures.claimed - figures.live - figures.retry - figures.done -
                    figures.denied;

    Statement due{database,
                  "SELECT min(due_at) FROM campaign_contacts WHERE campaign_id = ? "
                  "AND due_at IS NOT NULL AND state = 'RETRY'"};
    if (due.bind(campaign).step()) figures.next_due = due.get<std::optional<UtcTime>>(0);
}

void count_attempts(Database& database, CampaignId campaign, CampaignFigures& figures) {
    Statement query{
        database,
        "SELECT outcome, count(*), count(answered_at), count(connected_at), "
        "sum(answered_after_cancel) FROM attempts WHERE campaign_id = ? GROUP BY outcome"};
    query.bind(campaign);
    while (query.step()) {
        const auto attempts = query.get<std::int64_t>(1);
        if (const auto outcome = query.get<std::optional<campaigns::Outcome>>(0)) {
            figures.outcomes.push_back({*outcome, attempts});
        } else {
            figures.attempts_alive = attempts;
        }
        figures.answered += query.get<std::int64_t>(2);
        figures.bridged += query.get<std::int64_t>(3);
        figures.answered_after_cancel += query.get<std::int64_t>(4);
    }
    std::sort(figures.outcomes.begin(), figures.outcomes.end(),
              [](const auto& a, const auto& b) { return a.outcome < b.outcome; });
}

void count_interviews(Database& database, CampaignId campaign, CampaignFigures& figures) {
    using campaigns::form::Outcome;
    Statement interviews{database,
                         "SELECT ending, cause = 'OPT_OUT', count(*) FROM interviews "
                         "WHERE campaign_id = ? GROUP BY 1, 2"};
    interviews.bind(campaign);
    while (interviews.step()) {
        const auto count = interviews.get<std::int64_t>(2);
        const auto ending = interviews.get<std::optional<Outcome>>(0);
        if (!ending) {
            figures.interviews_open += count;
        } else if (interviews.get<int>(1) != 0) {
            figures.interviews_opted_out += count;
        } else if (*ending == Outcome::Complete) {
            figures.interviews_complete += count;
        } else if (*ending == Outcome::Partial) {
            figures.interviews_partial += count;
        } else if (*ending == Outcome::Refused) {
            figures.interviews_broken_off += count;
        } else {
            figures.interviews_screened += count;
        }
    }
    Statement answers{database,
                      "SELECT count(*) FROM answers a JOIN interviews i "
                      "ON i.id = a.interview_id WHERE i.campaign_id = ? "
                      "AND a.how = 'ANSWERED' AND NOT a.kept"};
    if (answers.bind(campaign).step()) figures.answers = answers.get<std::int64_t>(0);
}

}  // namespace

std::int64_t CampaignFigures::of_class(campaigns::OutcomeClass column) const {
    std::int64_t attempts = 0;
    for (const OutcomeCount& count : outcomes) {
        if (campaigns::class_of(count.outcome) == column) attempts += count.attempts;
    }
    return attempts;
}

Result<CampaignFigures> Store::figures(CampaignId campaign) const {
    return impl_->readers.query([&](Database& database) -> Result<CampaignFigures> {
        CampaignFigures figures;
        count_contacts(database, campaign, figures);
        count_attempts(database, campaign, figures);
        count_interviews(database, campaign, figures);
        return figures;
    });
}

Result<void> Store::for_each_attempt(CampaignId campaign,
                                     const std::function<void(const AttemptRecord&)>& take) const {
    return impl_->readers.query([&](Database& database) -> Result<void> {
        Statement query{database,
                        std::string{kAttemptColumns} + "WHERE campaign_id = ? ORDER BY id"};
        query.bind(campaign);
        while (query.step()) take(read_attempt(query));
        return {};
    });
}

Result<void> Store::for_each_answer(CampaignId campaign,
                                    const std::function<void(const AnswerRecord&)>& take) const {
    return impl_->readers.query([&](Database& database) -> Result<void> {
        Statement query{
            database,
            "SELECT a.interview_id, i.attempt_id, i.contact_id, a.question, a.value, a.at "
            "FROM interviews i JOIN answers a ON a.interview_id = i.id "
            "WHERE i.campaign_id = ? AND a.value <> '' AND NOT a.kept "
            "ORDER BY a.interview_id, a.at, a.question"};
        query.bind(campaign);
        while (query.step()) {
            take({query.get<InterviewId>(0), query.get<AttemptId>(1), query.get<ContactId>(2),
                  query.get<std::string>(3), query.get<std::string>(4), query.get<UtcTime>(5)});
        }
        return {};
    });
}

Result<std::vector<InterviewRecord>> Store::interviews(CampaignId campaign) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<InterviewRecord>> {
        Statement query{
            database,
            "SELECT i.id, i.attempt_id, contact_id, began_at, ended_at, ending, aapor, cause, "
            "ifnull(e.item, '') FROM interviews i LEFT JOIN interview_ends e "
            "ON e.attempt_id = i.attempt_id WHERE campaign_id = ? ORDER BY i.id"};
        return read_all(query.bind(campaign), [](const Statement& row) {
            return InterviewRecord{row.get<InterviewId>(0),
                                   row.get<AttemptId>(1),
                                   row.get<ContactId>(2),
                                   row.get<UtcTime>(3),
                                   row.get<std::optional<UtcTime>>(4),
                                   row.get<std::optional<campaigns::form::Outcome>>(5),
                                   row.get<std::string>(6),
                                   row.get<std::string>(7),
                                   row.get<std::string>(8)};
        });
    });
}

}  // namespace bellwether::store
