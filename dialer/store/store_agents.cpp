#include <utility>

#include "dialer/store/impl.h"

// Store: agents.

namespace bellwether::store {

Result<AgentId> Store::add_agent(const AgentRecord& agent) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<AgentId> {
        Database& database = context.database;
        Statement taken{database,
                        "SELECT 1 FROM agents WHERE removed_at IS NULL "
                        "AND (name = ? OR sip_user = ?)"};
        if (taken.bind(agent.name, agent.sip_user).step()) {
            return fail(Errc::Conflict, "an agent named " + agent.name + " or with SIP user " +
                                            agent.sip_user + " exists already");
        }
        Statement{
            database,
            "INSERT INTO agents(client_id, name, sip_user, ha1_md5, ha1_sha256, skills, shift, "
            "phone, home_campaign_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))"}
            .run_with(agent.client, agent.name, agent.sip_user, agent.ha1_md5, agent.ha1_sha256,
                      agent.skills, agent.shift, agent.phone, agent.home);
        return static_cast<AgentId>(database.last_insert_id());
    });
}

Result<void> Store::change_agent(const AgentRecord& agent) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<void> {
        Statement{context.database,
                  "UPDATE agents SET skills = ?, shift = ?, phone = ?, "
                  "home_campaign_id = nullif(?, 0) WHERE id = ? AND removed_at IS NULL"}
            .run_with(agent.skills, agent.shift, agent.phone, agent.home, agent.id);
        if (context.database.changes() == 0) return fail(Errc::NotFound, "there is no such agent");
        return {};
    });
}

Result<void> Store::remove_agent(AgentId agent, UtcTime at) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<void> {
        Statement{context.database,
                  "UPDATE agents SET removed_at = ?, ha1_md5 = '', ha1_sha256 = '' "
                  "WHERE id = ? AND removed_at IS NULL"}
            .run_with(at, agent);
        if (context.database.changes() == 0) return fail(Errc::NotFound, "there is no such agent");
        return {};
    });
}

Result<std::vector<AgentRecord>> Store::agents() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<AgentRecord>> {
        Statement query{database,
                        "SELECT id, client_id, name, sip_user, ha1_md5, ha1_sha256, skills, shift, "
                        "phone, ifnull(home_campaign_id, 0) FROM agents "
                        "WHERE removed_at IS NULL ORDER BY id"};
        return read_all(query, [](const Statement& row) {
            return AgentRecord{row.get<AgentId>(0),     row.get<ClientId>(1),
                               row.get<std::string>(2), row.get<std::string>(3),
                               row.get<std::string>(4), row.get<std::string>(5),
                               row.get<std::string>(6), row.get<std::string>(7),
                               row.get<std::string>(8), row.get<CampaignId>(9)};
        });
    });
}

Result<std::vector<AgentStateRecord>> Store::agent_states(UtcTime from, UtcTime to) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<AgentStateRecord>> {
        Statement query{database,
                        "SELECT agent_id, state, reason, ifnull(campaign_id, 0), at, code "
                        "FROM agent_states WHERE at >= ? AND at < ? ORDER BY at, id"};
        return read_all(query.bind(from, to), [](const Statement& row) {
            return AgentStateRecord{row.get<AgentId>(0),
                                    row.get<engine::AgentState>(1),
                                    row.get<engine::AgentReason>(2),
                                    row.get<CampaignId>(3),
                                    row.get<UtcTime>(4),
                                    row.get<std::string>(5)};
        });
    });
}

}  // namespace bellwether::store
