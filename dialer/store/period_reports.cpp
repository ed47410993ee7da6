#include "dialer/store/period_reports.h"

#include <utility>

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

using OutcomeCount = CampaignFigures::OutcomeCount;

AgentStateRecord read_state(const Statement& row) {
    return {row.get<AgentId>(0),
            row.get<engine::AgentState>(1),
            row.get<engine::AgentReason>(2),
            row.get<CampaignId>(3),
            row.get<UtcTime>(4),
            row.get<std::string>(5)};
}

std::vector<AgentStateRecord> states_of(Database& database, AgentId agent, Period period) {
    const std::string columns =
        "SELECT agent_id, state, reason, ifnull(campaign_id, 0), at, code FROM agent_states "
        "WHERE agent_id = ? ";
    Statement before{database, columns + "AND at < ? ORDER BY at DESC, id DESC LIMIT 1"};
    auto states = read_all(before.bind(agent, period.from), read_state);
    Statement within{database, columns + "AND at >= ? AND at < ? ORDER BY at, id"};
    for (auto& state : read_all(within.bind(agent, period.from, period.to), read_state))
        states.push_back(std::move(state));
    return states;
}

void add_calls(Database& database, AgentPeriod& agent, Period period) {
    Statement calls{database,
                    "SELECT outcome, count(*), sum(ended_at - connected_at) FROM attempts "
                    "INDEXED BY attempts_of_agent WHERE agent_id = ? AND connected_at >= ? "
                    "AND connected_at < ? AND ended_at IS NOT NULL GROUP BY outcome"};
    calls.bind(agent.id, period.from, period.to);
    std::int64_t talk_ms = 0;
    while (calls.step()) {
        agent.calls.push_back({calls.get<campaigns::Outcome>(0), calls.get<std::int64_t>(1)});
        talk_ms += calls.get<std::int64_t>(2);
    }
    agent.talk = std::chrono::seconds{(talk_ms + 500) / 1000};
}

/// Was he anything but signed out?
bool was_there(const AgentPeriod& agent) {
    for (const auto& state : agent.states) {
        if (state.state != engine::AgentState::SignedOut) return true;
    }
    return !agent.calls.empty();
}

}  // namespace

Result<std::vector<OutcomeCount>> outcomes_in(const Store& store, CampaignId campaign,
                                              Period period) {
    return store.impl().readers.query([&](Database& database) -> Result<std::vector<OutcomeCount>> {
        Statement query{database,
                        "SELECT outcome, count(*) FROM attempts INDEXED BY attempts_ended "
                        "WHERE campaign_id = ? AND ended_at >= ? AND ended_at < ? "
                        "GROUP BY outcome"};
        return read_all(query.bind(campaign, period.from, period.to), [](const Statement& row) {
            return OutcomeCount{row.get<campaigns::Outcome>(0), row.get<std::int64_t>(1)};
        });
    });
}

Result<std::vector<CallerIdFigures>> caller_ids_in(const Store& store, CampaignId campaign,
                                                   Period period) {
    using Rows = std::vector<CallerIdFigures>;
    return store.impl().readers.query([&](Database& database) -> Result<Rows> {
        Statement query{database,
                        "SELECT caller_id, count(*), count(answered_at) FROM attempts "
                        "INDEXED BY attempts_ended WHERE campaign_id = ? AND ended_at >= ? "
                        "AND ended_at < ? AND invited_at IS NOT NULL "
                        "GROUP BY caller_id ORDER BY caller_id"};
        return read_all(query.bind(campaign, period.from, period.to), [](const Statement& row) {
            return CallerIdFigures{row.get<std::string>(0), row.get<std::int64_t>(1),
                                   row.get<std::int64_t>(2)};
        });
    });
}

Result<std::vector<TrunkResult>> trunks_in(const Store& store, CampaignId campaign, Period period) {
    using Rows = std::vector<TrunkResult>;
    return store.impl().readers.query([&](Database& database) -> Result<Rows> {
        Statement query{database,
                        "SELECT trunk, outcome, answered_at IS NOT NULL AS answered, sip_status, "
                        "q850_cause, count(*) FROM attempts INDEXED BY attempts_ended "
                        "WHERE campaign_id = ? AND ended_at >= ? AND ended_at < ? "
                        "AND invited_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 4, 5"};
        return read_all(query.bind(campaign, period.from, period.to), [](const Statement& row) {
            return TrunkResult{
                row.get<std::string>(0), row.get<campaigns::Outcome>(1), row.get<bool>(2),
                row.get<int>(3),         row.get<std::optional<int>>(4), row.get<std::int64_t>(5)};
        });
    });
}

Result<std::vector<AgentPeriod>> agents_in(const Store& store, Period period) {
    return store.impl().readers.query([&](Database& database) -> Result<std::vector<AgentPeriod>> {
        Statement query{database, "SELECT id, client_id, name FROM agents ORDER BY name, id"};
        auto agents = read_all(query, [](const Statement& row) {
            AgentPeriod agent;
            agent.id = row.get<AgentId>(0);
            agent.client = row.get<ClientId>(1);
            agent.name = row.get<std::string>(2);
            return agent;
        });
        std::vector<AgentPeriod> present;
        for (AgentPeriod& agent : agents) {
            agent.states = states_of(database, agent.id, period);
            add_calls(database, agent, period);
            if (was_there(agent)) present.push_back(std::move(agent));
        }
        return present;
    });
}

}  // namespace bellwether::store
