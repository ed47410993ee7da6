#include "dialer/store/interviewer_rows.h"

#include "dialer/store/impl.h"
#include "dialer/store/rows.h"

namespace bellwether::store {

namespace {

constexpr const char* kNotes =
    "SELECT n.interview_id, n.attempt_id, n.agent_id, n.item, n.kind, n.note, n.at "
    "FROM interviews i JOIN interview_notes n ON n.interview_id = i.id ";

constexpr const char* kRefusals =
    "SELECT ifnull(interview_id, 0), attempt_id, campaign_id, contact_id, agent_id, who, stage, "
    "strength, reason, note, do_not_call, at FROM refusals ";

InterviewNoteRecord read_note(const Statement& row) {
    return {row.get<InterviewId>(0), row.get<AttemptId>(1), row.get<AgentId>(2),
            row.get<std::string>(3), row.get<NoteKind>(4),  row.get<std::string>(5),
            row.get<UtcTime>(6)};
}

RefusalRecord read_refusal(const Statement& row) {
    return {.interview = row.get<InterviewId>(0),
            .attempt = row.get<AttemptId>(1),
            .campaign = row.get<CampaignId>(2),
            .contact = row.get<ContactId>(3),
            .agent = row.get<AgentId>(4),
            .who = row.get<campaigns::RefusedBy>(5),
            .when = row.get<campaigns::RefusedWhen>(6),
            .strength = row.get<campaigns::RefusalStrength>(7),
            .reason = row.get<std::string>(8),
            .note = row.get<std::string>(9),
            .do_not_call = row.get<int>(10) != 0,
            .at = row.get<UtcTime>(11)};
}

}  // namespace

Result<std::vector<InterviewNoteRecord>> interview_notes_of(const Store& store, ContactId contact) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::vector<InterviewNoteRecord>> {
            Statement query{database,
                            std::string{kNotes} + "WHERE i.contact_id = ? ORDER BY n.at, n.id"};
            return read_all(query.bind(contact), read_note);
        });
}

Result<std::vector<RefusalRecord>> refusals_of(const Store& store, ContactId contact) {
    return store.impl().readers.query([&](Database& database)
                                          -> Result<std::vector<RefusalRecord>> {
        Statement query{database, std::string{kRefusals} + "WHERE contact_id = ? ORDER BY at, id"};
        return read_all(query.bind(contact), read_refusal);
    });
}

Result<void> for_each_interview_note(const Store& store, CampaignId campaign,
                                     const std::function<void(const InterviewNoteRecord&)>& take) {
    return store.impl().readers.query([&](Database& database) -> Result<void> {
        Statement query{database,
                        std::string{kNotes} + "WHERE i.campaign_id = ? ORDER BY i.id, n.id"};
        query.bind(campaign);
        while (query.step()) take(read_note(query));
        return {};
    });
}

Result<void> for_each_refusal(const Store& store, CampaignId campaign,
                              const std::function<void(const RefusalRecord&)>& take) {
    return store.impl().readers.query([&](Database& database) -> Result<void> {
        Statement query{database, std::string{kRefusals} + "WHERE campaign_id = ? ORDER BY at, id"};
        query.bind(campaign);
        while (query.step()) take(read_refusal(query));
        return {};
    });
}

}  // namespace bellwether::store
