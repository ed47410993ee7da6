#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// From `from` on, before `to`.
struct Period {
    UtcTime from;
    UtcTime to;
};

/// Attempts of a campaign that ended in the period, by outcome. Reads an index alone.
[[nodiscard]] Result<std::vector<CampaignFigures::OutcomeCount>> outcomes_in(const Store& store,
                                                                             CampaignId campaign,
                                                                             Period period);

/// What one caller id brought.
struct CallerIdFigures {
    std::string caller_id;      ///< "": of attempts before schema 8, which did not keep it
    std::int64_t dialed = 0;    ///< calls that went out
    std::int64_t answered = 0;  ///< of those, by a person or a machine
};

/// Attempts of a campaign that ended in the period, by the caller id they showed.
[[nodiscard]] Result<std::vector<CallerIdFigures>> caller_ids_in(const Store& store,
                                                                 CampaignId campaign,
                                                                 Period period);

/// Attempts on one trunk that ended alike.
struct TrunkResult {
    std::string trunk;  ///< that carried the call, or was tried last; "": none, or before schema 9
    campaigns::Outcome outcome = campaigns::Outcome::Unknown;
    bool answered = false;
    int sip_status = 0;             ///< of the refusal; 0: answered, or nobody refused
    std::optional<int> q850_cause;  ///< 1..127, as the network gave it
    std::int64_t attempts = 0;
};

/// Attempts of a campaign that went out and ended in the period, by trunk and by how they ended.
[[nodiscard]] Result<std::vector<TrunkResult>> trunks_in(const Store& store, CampaignId campaign,
                                                         Period period);

/// One agent's share of a period.
struct AgentPeriod {
    AgentId id{};
    ClientId client{};
    std::string name;  ///< also of one that was removed since
    /// His states from the one in force at the beginning, in order; empty: he was never seen.
    std::vector<AgentStateRecord> states;
    std::vector<CampaignFigures::OutcomeCount> calls;  ///< connected to him in the period
    std::chrono::seconds talk{0};                      ///< of those calls that have ended
};

/// Every agent who had a state in the period. By indexes on agent and time.
[[nodiscard]] Result<std::vector<AgentPeriod>> agents_in(const Store& store, Period period);

}  // namespace bellwether::store
