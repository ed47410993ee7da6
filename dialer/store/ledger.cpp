#include "dialer/store/ledger.h"

#include <string>

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

// A clock that was set back during a call makes it last no time, never less. `c` is the call, `r`
// its recording.
constexpr const char* kTimes =
    "ifnull(sum(max(c.ended_at - c.answered_at, 0)), 0), "
    "ifnull(sum((max(c.ended_at - c.answered_at, 0) + 999) / 1000), 0), "
    "count(r.file), ifnull(sum(r.length_ms), 0), ifnull(sum((r.length_ms + 999) / 1000), 0), "
    "ifnull(sum(c.answered_at IS NOT NULL AND r.length_ms IS NULL AND (r.file IS NOT NULL OR "
    "c.epoch < (SELECT epoch FROM recordings_since))), 0) ";

RecordedTime recorded_from(const Statement& row, int column) {
    return {row.get<std::int64_t>(column), row.get<std::int64_t>(column + 1),
            row.get<std::int64_t>(column + 2), row.get<std::int64_t>(column + 3)};
}

}  // namespace

Result<std::vector<LedgerCalls>> ledger_calls_in(const Store& store, CampaignId campaign,
                                                 Period period) {
    using Rows = std::vector<LedgerCalls>;
    return store.impl().readers.query([&](Database& database) -> Result<Rows> {
        Statement query{database,
                        std::string{"SELECT c.trunk, count(*), count(c.invited_at), "
                                    "count(c.answered_at), "} +
                            kTimes +
                            "FROM attempts c INDEXED BY attempts_ended "
                            "LEFT JOIN recordings r ON r.attempt_id = c.id "
                            "WHERE c.campaign_id = ? AND c.ended_at >= ? AND c.ended_at < ? "
                            "GROUP BY c.trunk ORDER BY c.trunk"};
        return read_all(query.bind(campaign, period.from, period.to), [](const Statement& row) {
            return LedgerCalls{row.get<std::string>(0),  row.get<std::int64_t>(1),
                               row.get<std::int64_t>(2), row.get<std::int64_t>(3),
                               row.get<std::int64_t>(4), row.get<std::int64_t>(5),
                               recorded_from(row, 6)};
        });
    });
}

Result<LedgerIncoming> ledger_incoming_in(const Store& store, CampaignId campaign, Period period) {
    return store.impl().readers.query([&](Database& database) -> Result<LedgerIncoming> {
        Statement query{database, std::string{"SELECT count(*), count(c.answered_at), "} + kTimes +
                                      "FROM inbound_calls c INDEXED BY inbound_calls_ended "
                                      "LEFT JOIN recordings r "
                                      "ON r.epoch = c.epoch AND r.call_id = c.call_id "
                                      "WHERE c.campaign_id = ? AND c.ended_at >= ? "
                                      "AND c.ended_at < ?"};
        BW_CHECK(query.bind(campaign, period.from, period.to).step());
        return LedgerIncoming{query.get<std::int64_t>(0), query.get<std::int64_t>(1),
                              query.get<std::int64_t>(2), query.get<std::int64_t>(3),
                              recorded_from(query, 4)};
    });
}

}  // namespace bellwether::store
