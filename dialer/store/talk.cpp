#include "dialer/store/talk.h"

#include "dialer/store/impl.h"
#include "dialer/store/rows.h"

namespace bellwether::store {

namespace {

constexpr const char* kDispositionColumns =
    "SELECT epoch, call_id, ifnull(attempt_id, 0), campaign_id, ifnull(contact_id, 0), agent_id, "
    "code, note, at FROM dispositions ";

DispositionRecord read_disposition(const Statement& row) {
    return {row.get<Epoch>(0),       row.get<CallId>(1),      row.get<AttemptId>(2),
            row.get<CampaignId>(3),  row.get<ContactId>(4),   row.get<AgentId>(5),
            row.get<std::string>(6), row.get<std::string>(7), row.get<UtcTime>(8)};
}

CallbackRecord read_callback(const Statement& row) {
    return {row.get<CallbackId>(0),
            row.get<CampaignId>(1),
            row.get<ContactId>(2),
            row.get<AgentId>(3),
            row.get<UtcTime>(4),
            row.get<UtcTime>(5),
            row.get<std::optional<UtcTime>>(6),
            row.get<AttemptId>(7),
            row.get<std::optional<UtcTime>>(8),
            row.get<bool>(9)};
}

InboundRecord read_inbound(const Statement& row) {
    using Time = std::optional<UtcTime>;
    return {row.get<Epoch>(0),       row.get<CallId>(1),   row.get<CampaignId>(2),
            row.get<ContactId>(3),   row.get<NumberId>(4), row.get<AttemptId>(5),
            row.get<std::string>(6), row.get<UtcTime>(7),  row.get<Time>(8),
            row.get<Time>(9),        row.get<Time>(10),    row.get<Time>(11),
            row.get<Time>(12),       row.get<Time>(13),    row.get<AgentId>(14),
            row.get<std::string>(15)};
}

}  // namespace

Result<std::vector<CallbackRecord>> callbacks(const Store& store, UtcTime from, UtcTime to,
                                              bool open_only) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::vector<CallbackRecord>> {
            Statement query{
                database,
                "SELECT id, campaign_id, contact_id, ifnull(agent_id, 0), due_at, "
                "promised_at, kept_at, ifnull(kept_attempt, 0), replaced_at, loose FROM callbacks "
                "WHERE due_at >= ? AND due_at < ? AND (NOT ? OR (kept_at IS NULL "
                "AND replaced_at IS NULL)) ORDER BY due_at, id"};
            return read_all(query.bind(from, to, open_only), read_callback);
        });
}

Result<std::vector<InboundRecord>> inbound_calls(const Store& store, UtcTime from, UtcTime to) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::vector<InboundRecord>> {
            Statement query{
                database,
                "SELECT epoch, call_id, ifnull(campaign_id, 0), ifnull(contact_id, 0), "
                "ifnull(number_id, 0), ifnull(attempt_id, 0), called, arrived_at, "
                "answered_at, queued_at, connected_at, opted_out_at, callback_at, ended_at, "
                "ifnull(agent_id, 0), ifnull(ending, '') FROM inbound_calls "
                "WHERE arrived_at >= ? AND arrived_at < ? ORDER BY arrived_at, call_id"};
            return read_all(query.bind(from, to), read_inbound);
        });
}

Result<std::vector<DispositionRecord>> dispositions(const Store& store, UtcTime from, UtcTime to) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::vector<DispositionRecord>> {
            Statement query{database, std::string{kDispositionColumns} +
                                          "WHERE at >= ? AND at < ? ORDER BY at, call_id"};
            return read_all(query.bind(from, to), read_disposition);
        });
}

Result<std::vector<DispositionRecord>> dispositions_of(const Store& store, ContactId contact) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::vector<DispositionRecord>> {
            Statement query{database,
                            std::string{kDispositionColumns} + "WHERE contact_id = ? ORDER BY at"};
            return read_all(query.bind(contact), read_disposition);
        });
}

Result<std::vector<TransferRecord>> transfers(const Store& store, UtcTime from, UtcTime to) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::vector<TransferRecord>> {
            Statement query{
                database,
                "SELECT ifnull(attempt_id, 0), campaign_id, ifnull(agent_id, 0), target, "
                "warm, result, at FROM transfers WHERE at >= ? AND at < ? ORDER BY at, id"};
            return read_all(query.bind(from, to), [](const Statement& row) {
                return TransferRecord{row.get<AttemptId>(0), row.get<CampaignId>(1),
                                      row.get<AgentId>(2),   row.get<std::string>(3),
                                      row.get<int>(4) != 0,  row.get<std::string>(5),
                                      row.get<UtcTime>(6)};
            });
        });
}

Result<std::optional<CallerMatch>> match_caller(const Store& store, PhoneNumber caller,
                                                const std::string& called, ClientId owner) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::optional<CallerMatch>> {
            Statement query{
                database,
                "SELECT n.id, ifnull(a.id, 0), ifnull(a.campaign_id, 0), ifnull(a.contact_id, 0), "
                "ifnull(c.language, ''), EXISTS (SELECT 1 FROM suppression s "
                "WHERE s.digits = n.digits AND s.removed_at IS NULL "
                "AND ifnull(s.client_id, 0) IN (0, a.client_id)) "
                "FROM numbers n LEFT JOIN attempts a ON a.number_id = n.id "
                "AND a.invited_at IS NOT NULL AND ?3 IN (0, a.client_id) "
                "LEFT JOIN contacts c ON c.id = a.contact_id "
                "WHERE n.digits = ?1 AND EXISTS (SELECT 1 FROM attempts any_of "
                "WHERE any_of.number_id = n.id AND any_of.invited_at IS NOT NULL) "
                "ORDER BY a.caller_id = ?2 DESC, a.id DESC LIMIT 1"};
            if (!query.bind(caller.digits(), called, owner).step())
                return std::optional<CallerMatch>{};
            return std::optional{CallerMatch{query.get<NumberId>(0), query.get<AttemptId>(1),
                                             query.get<CampaignId>(2), query.get<ContactId>(3),
                                             query.get<std::string>(4), query.get<int>(5) != 0}};
        });
}

Result<std::optional<CampaignId>> last_campaign_of(const Store& store, AgentId agent) {
    return store.impl().readers.query([&](Database& database) -> Result<std::optional<CampaignId>> {
        Statement query{database,
                        "SELECT campaign_id FROM agent_states WHERE agent_id = ? "
                        "AND campaign_id IS NOT NULL ORDER BY id DESC LIMIT 1"};
        if (!query.bind(agent).step()) return std::optional<CampaignId>{};
        return std::optional{query.get<CampaignId>(0)};
    });
}

}  // namespace bellwether::store
