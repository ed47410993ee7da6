#include "dialer/store/ledger.h"

#include "dialer/store/impl.h"

namespace bellwether::store {

Result<std::vector<LedgerCalls>> ledger_calls_in(const Store& store, CampaignId campaign,
                                                 Period period) {
    using Rows = std::vector<LedgerCalls>;
    return store.impl().readers.query([&](Database& database) -> Result<Rows> {
        // A clock that was set back during a call makes it last no time, never less.
        Statement query{database,
                        "SELECT trunk, count(*), count(invited_at), count(answered_at), "
                        "ifnull(sum(max(ended_at - answered_at, 0)), 0), "
                        "ifnull(sum((max(ended_at - answered_at, 0) + 999) / 1000), 0) "
                        "FROM attempts INDEXED BY attempts_ended WHERE campaign_id = ? "
                        "AND ended_at >= ? AND ended_at < ? GROUP BY trunk ORDER BY trunk"};
        return read_all(query.bind(campaign, period.from, period.to), [](const Statement& row) {
            return LedgerCalls{row.get<std::string>(0),  row.get<std::int64_t>(1),
                               row.get<std::int64_t>(2), row.get<std::int64_t>(3),
                               row.get<std::int64_t>(4), row.get<std::int64_t>(5)};
        });
    });
}

}  // namespace bellwether::store
