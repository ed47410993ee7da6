#include "dialer/store/call_quality.h"

#include <chrono>
#include <optional>
#include <string>

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

constexpr const char* kMeasured = "q.trunk, q.mos_heard, q.mos_sent, q.lost_ppm, q.jitter_us ";

// Thousandths and millionths: quality_schema.h.
std::optional<double> mos_at(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.get<double>(column) / 1e3;
}

/// @param first  column of the row where kMeasured begins
engine::CallQuality read_quality(const Statement& row, int first) {
    return {.trunk = row.get<std::string>(first),
            .mos_heard = mos_at(row, first + 1),
            .mos_sent = mos_at(row, first + 2),
            .lost = row.get<double>(first + 3) / 1e6,
            .jitter = std::chrono::microseconds{row.get<std::int64_t>(first + 4)}};
}

}  // namespace

Result<std::vector<QualityRecord>> quality_in(const Store& store, Period period) {
    using Rows = std::vector<QualityRecord>;
    return store.impl().readers.query([&](Database& database) -> Result<Rows> {
        const std::string columns =
            std::string{
                "SELECT coalesce(a.campaign_id, i.campaign_id, 0), "
                "coalesce(a.agent_id, i.agent_id, 0), ifnull(q.attempt_id, 0), "} +
            kMeasured;
        Statement query{database, columns +
                                      "FROM call_quality q LEFT JOIN attempts a "
                                      "ON a.id = q.attempt_id LEFT JOIN inbound_calls i "
                                      "ON i.epoch = q.epoch AND i.call_id = q.call_id "
                                      "WHERE q.at >= ? AND q.at < ? ORDER BY q.at"};
        return read_all(query.bind(period.from, period.to), [](const Statement& row) {
            return QualityRecord{row.get<CampaignId>(0), row.get<AgentId>(1), row.get<AttemptId>(2),
                                 read_quality(row, 3)};
        });
    });
}

Result<std::map<AttemptId, engine::CallQuality>> quality_of(const Store& store, ContactId contact) {
    using Found = std::map<AttemptId, engine::CallQuality>;
    return store.impl().readers.query([&](Database& database) -> Result<Found> {
        Statement query{database, std::string{"SELECT q.attempt_id, "} + kMeasured +
                                      "FROM attempts a JOIN call_quality q ON q.attempt_id = a.id "
                                      "WHERE a.contact_id = ?"};
        Found found;
        query.bind(contact);
        while (query.step()) found[query.get<AttemptId>(0)] = read_quality(query, 1);
        return found;
    });
}

}  // namespace bellwether::store
