#include "dialer/store/conversions.h"

#include "base/check.h"
#include "dialer/store/impl.h"
#include "dialer/store/rows.h"

namespace bellwether::store {

namespace {

// The first refusal of each case, with what came after it. An attempt's id is later than those of
// the attempts before it.
constexpr const char* kFigures =
    "SELECT campaign_id, sum(strength = 'SOFT'), sum(strength = 'HARD'), sum(planned), "
    "sum(planned AND waits AND NOT reached), sum(planned AND reached), "
    "sum(planned AND completed), sum(planned AND again) FROM ("
    "SELECT r.campaign_id, r.strength, r.conversion = 'PLANNED' AS planned, "
    "EXISTS (SELECT 1 FROM campaign_contacts cc WHERE cc.campaign_id = r.campaign_id "
    "AND cc.contact_id = r.contact_id AND cc.state NOT IN ('DONE', 'DENIED')) AS waits, "
    "EXISTS (SELECT 1 FROM attempts a WHERE a.contact_id = r.contact_id "
    "AND a.campaign_id = r.campaign_id AND a.id > r.attempt_id AND a.connected_at IS NOT NULL) "
    "AS reached, "
    "EXISTS (SELECT 1 FROM interviews i WHERE i.contact_id = r.contact_id "
    "AND i.campaign_id = r.campaign_id AND i.ending = 'COMPLETE' AND i.ended_at >= r.at) "
    "AS completed, "
    "EXISTS (SELECT 1 FROM conversions s WHERE s.contact_id = r.contact_id "
    "AND s.campaign_id = r.campaign_id AND s.attempt_id > r.attempt_id) AS again "
    "FROM conversions r WHERE r.at >= ? AND r.at < ? AND NOT EXISTS (SELECT 1 FROM conversions f "
    "WHERE f.contact_id = r.contact_id AND f.campaign_id = r.campaign_id "
    "AND f.attempt_id < r.attempt_id)) GROUP BY campaign_id ORDER BY campaign_id";

}  // namespace

Result<std::optional<ConversionRecord>> last_refusal(const Store& store, CampaignId campaign,
                                                     ContactId contact) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::optional<ConversionRecord>> {
            Statement query{database,
                            "SELECT attempt_id, agent_id, strength, conversion, due_at, at "
                            "FROM conversions WHERE contact_id = ? AND campaign_id = ? "
                            "ORDER BY attempt_id DESC LIMIT 1"};
            if (!query.bind(contact, campaign).step()) return std::optional<ConversionRecord>{};
            return std::optional{ConversionRecord{
                query.get<AttemptId>(0), query.get<AgentId>(1),
                query.get<campaigns::RefusalStrength>(2), query.get<campaigns::Conversion>(3),
                query.get<std::optional<UtcTime>>(4), query.get<UtcTime>(5)}};
        });
}

Result<std::vector<ConversionFigures>> conversion_figures(const Store& store, UtcTime from,
                                                          UtcTime to) {
    return store.impl().readers.query(
        [&](Database& database) -> Result<std::vector<ConversionFigures>> {
            Statement query{database, kFigures};
            return read_all(query.bind(from, to), [](const Statement& row) {
                return ConversionFigures{row.get<CampaignId>(0),   row.get<std::int64_t>(1),
                                         row.get<std::int64_t>(2), row.get<std::int64_t>(3),
                                         row.get<std::int64_t>(4), row.get<std::int64_t>(5),
                                         row.get<std::int64_t>(6), row.get<std::int64_t>(7)};
            });
        });
}

Result<std::int64_t> conversions_due(const Store& store, CampaignId campaign, UtcTime now) {
    return store.impl().readers.query([&](Database& database) -> Result<std::int64_t> {
        Statement query{database,
                        "SELECT count(*) FROM campaign_contacts cc JOIN conversions r "
                        "ON r.contact_id = cc.contact_id AND r.campaign_id = cc.campaign_id "
                        "WHERE cc.campaign_id = ? AND r.due_at <= ? "
                        "AND (cc.state = 'CLAIMED' OR cc.rule = 'REFUSED') "
                        "AND cc.state NOT IN ('DONE', 'DENIED')"};
        BW_CHECK(query.bind(campaign, now).step());
        return query.get<std::int64_t>(0);
    });
}

}  // namespace bellwether::store
