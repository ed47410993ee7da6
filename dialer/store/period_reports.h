#pragma once

#include <chrono>
#include <cstdint>
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
