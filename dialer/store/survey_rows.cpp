#include "dialer/store/survey_rows.h"

#include "dialer/store/impl.h"

namespace bellwether::store {

Result<void> for_each_stored_answer(const Store& store, CampaignId campaign,
                                    const std::function<void(const StoredAnswerRow&)>& take) {
    return store.impl().readers.query([&](Database& database) -> Result<void> {
        Statement query{database,
                        "SELECT i.id, a.question, a.value, a.how, a.kept FROM interviews i "
                        "JOIN answers a ON a.interview_id = i.id WHERE i.campaign_id = ? "
                        "ORDER BY i.id, a.question"};
        query.bind(campaign);
        while (query.step()) {
            take({query.get<InterviewId>(0),
                  {query.get<std::string>(1), query.get<std::string>(2),
                   query.get<campaigns::form::Settled>(3), query.get<int>(4) != 0}});
        }
        return {};
    });
}

Result<void> for_each_answer_change(const Store& store, CampaignId campaign,
                                    const std::function<void(const AnswerChangeRow&)>& take) {
    return store.impl().readers.query([&](Database& database) -> Result<void> {
        Statement query{database,
                        "SELECT i.id, c.attempt_id, i.began_at, c.question, c.kind, c.how, "
                        "c.cause, c.at, ifnull(c.agent_id, 0) FROM interviews i "
                        "JOIN answer_changes c ON c.interview_id = i.id WHERE i.campaign_id = ? "
                        "ORDER BY i.id, c.id"};
        query.bind(campaign);
        while (query.step()) {
            take({query.get<InterviewId>(0), query.get<AttemptId>(1), query.get<UtcTime>(2),
                  query.get<std::string>(3), query.get<campaigns::form::ChangeKind>(4),
                  query.get<std::string>(5), query.get<std::string>(6), query.get<UtcTime>(7),
                  query.get<AgentId>(8)});
        }
        return {};
    });
}

}  // namespace bellwether::store
