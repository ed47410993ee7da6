#include "dialer/store/quota_rows.h"

#include <map>
#include <utility>

#include "dialer/store/contact_columns.h"
#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

using campaigns::form::NamedText;
using campaigns::quota::Mark;
using campaigns::quota::PastInterview;

PastInterview read_interview(const Statement& row) {
    PastInterview interview{.id = row.get<InterviewId>(0),
                            .contact = row.get<ContactId>(1),
                            .outcome = row.get<std::optional<campaigns::form::Outcome>>(2),
                            .fingerprint = {},
                            .marks = {},
                            .answers = {},
                            .columns = {}};
    const auto ended = row.get<std::optional<UtcTime>>(3);
    if (ended) interview.ended = *ended;
    if (ended && !interview.outcome) interview.outcome = campaigns::form::Outcome::Partial;
    return interview;
}

void add_marks(Database& database, CampaignId campaign, std::vector<PastInterview>& interviews) {
    std::map<InterviewId, std::size_t> at;
    for (std::size_t i = 0; i < interviews.size(); ++i) at[interviews[i].id] = i;
    Statement marks{database,
                    "SELECT q.interview_id, q.quota_group, q.cell, q.standing, q.fingerprint "
                    "FROM interviews i JOIN interview_quotas q ON q.interview_id = i.id "
                    "WHERE i.campaign_id = ? ORDER BY q.interview_id, q.place"};
    marks.bind(campaign);
    while (marks.step()) {
        const auto found = at.find(marks.get<InterviewId>(0));
        if (found == at.end()) continue;
        PastInterview& interview = interviews[found->second];
        interview.marks.push_back(Mark{marks.get<std::string>(1), marks.get<std::string>(2),
                                       marks.get<campaigns::quota::Standing>(3)});
        interview.fingerprint = marks.get<std::string>(4);
    }
}

class AnswerReader {
public:
    explicit AnswerReader(Database& database)
        : answers_{database,
                   "SELECT question, value, how, kept FROM answers WHERE interview_id = ? "
                   "ORDER BY at, question"},
          columns_{database} {}

    void add_to(PastInterview& interview, const std::vector<std::string>& names) {
        interview.answers = read_all(answers_.bind(interview.id), [](const Statement& row) {
            return campaigns::form::StoredAnswer{row.get<std::string>(0), row.get<std::string>(1),
                                                 row.get<campaigns::form::Settled>(2),
                                                 row.get<int>(3) != 0};
        });
        answers_.reset();
        interview.columns = columns_.of(interview.contact, names);
    }

private:
    Statement answers_;
    ContactColumns columns_;
};

}  // namespace

Result<std::vector<PastInterview>> quota_interviews(const Store& store, CampaignId campaign,
                                                    const campaigns::quota::Plan& plan) {
    using Interviews = std::vector<PastInterview>;
    return store.impl().readers.query([&](Database& database) -> Result<Interviews> {
        Statement rows{database,
                       "SELECT i.id, i.contact_id, i.ending, ifnull(i.ended_at, a.ended_at) "
                       "FROM interviews i JOIN attempts a ON a.id = i.attempt_id "
                       "WHERE i.campaign_id = ? "
                       "ORDER BY ifnull(i.ended_at, a.ended_at) NULLS LAST, i.id"};
        auto interviews = read_all(rows.bind(campaign), read_interview);
        add_marks(database, campaign, interviews);
        AnswerReader answers{database};
        for (PastInterview& interview : interviews) {
            const bool is_over = interview.outcome.has_value();
            if (is_over && interview.fingerprint != plan.fingerprint)
                answers.add_to(interview, plan.contact_columns);
        }
        return interviews;
    });
}

Result<std::vector<SampleGroup>> sample_groups(const Store& store, CampaignId campaign,
                                               const std::vector<std::string>& columns) {
    return store.impl().readers.query([&](Database& database) -> Result<std::vector<SampleGroup>> {
        std::string chosen;
        std::string grouped;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            chosen += ", " + column_sql(columns[i]);
            grouped += ", " + std::to_string(i + 3);
        }
        Statement rows{
            database,
            "SELECT CASE WHEN cc.state IS NULL OR cc.state IN ('NEW', 'RETRY', 'CLAIMED', 'LIVE') "
            "THEN 0 WHEN cc.state = 'DENIED' AND cc.rule = 'QUOTA_FULL' THEN 1 ELSE 2 END, "
            "count(*)" +
                chosen +
                " FROM campaign_lists cl JOIN contacts c ON c.list_id = cl.list_id "
                "JOIN imports m ON m.id = c.import_id AND m.state = 'COMPLETE' "
                "LEFT JOIN campaign_contacts cc ON cc.campaign_id = cl.campaign_id "
                "AND cc.contact_id = c.id WHERE cl.campaign_id = ? AND NOT EXISTS "
                "(SELECT 1 FROM interviews i WHERE i.contact_id = c.id "
                "AND i.campaign_id = cl.campaign_id) GROUP BY 1" +
                grouped};
        rows.bind(campaign);
        std::vector<SampleGroup> groups;
        while (rows.step()) {
            SampleGroup group{.state = static_cast<SampleGroup::State>(rows.get<int>(0)),
                              .columns = {},
                              .contacts = rows.get<std::int64_t>(1)};
            for (std::size_t i = 0; i < columns.size(); ++i)
                group.columns.push_back(
                    {columns[i], rows.get<std::string>(static_cast<int>(i) + 2)});
            groups.push_back(std::move(group));
        }
        return groups;
    });
}

Result<std::vector<NamedText>> columns_of(const Store& store, ContactId contact,
                                          const std::vector<std::string>& names) {
    return store.impl().readers.query([&](Database& database) -> Result<std::vector<NamedText>> {
        Statement known{database, "SELECT 1 FROM contacts WHERE id = ?"};
        if (!known.bind(contact).step()) return fail(Errc::NotFound, "there is no such contact");
        return ContactColumns{database}.of(contact, names);
    });
}

Result<std::int64_t> reopen_quota_contacts(Store& store, CampaignId campaign) {
    return store.impl().writer->run([&](Writer::Context& context) -> Result<std::int64_t> {
        Statement{context.database,
                  "UPDATE campaign_contacts SET state = iif(attempts = 0, 'NEW', 'RETRY'), "
                  "due_at = 0, rule = 'NONE', cited = '' WHERE campaign_id = ? "
                  "AND state = 'DENIED' AND rule = 'QUOTA_FULL'"}
            .run_with(campaign);
        const std::int64_t reopened = context.database.changes();
        if (reopened > 0) context.events.emplace_back(engine::ContactsAdded{campaign});
        return reopened;
    });
}

}  // namespace bellwether::store
