#include "dialer/store/conversion_rows.h"

#include "base/check.h"

namespace bellwether::store {

ConversionRows::ConversionRows(Database& database)
    : database_{database},
      take_back_{database, "DELETE FROM conversions WHERE attempt_id = ?"},
      note_{database,
            "INSERT INTO conversions(attempt_id, client_id, campaign_id, contact_id, agent_id, "
            "strength, conversion, due_at, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT(attempt_id) DO UPDATE SET agent_id = excluded.agent_id, "
            "strength = excluded.strength, conversion = excluded.conversion, "
            "due_at = excluded.due_at, at = excluded.at"},
      earlier_{database,
               "SELECT 1 FROM conversions WHERE contact_id = ? AND campaign_id = ? "
               "AND attempt_id < ?"},
      replace_callback_{database,
                        "UPDATE callbacks SET replaced_at = ? WHERE campaign_id = ? "
                        "AND contact_id = ? AND kept_at IS NULL AND replaced_at IS NULL"},
      settle_{database,
              "UPDATE campaign_contacts SET state = iif(?1 IS NULL, 'DONE', 'RETRY'), due_at = ?1 "
              "WHERE campaign_id = ?2 AND contact_id = ?3 AND state IN ('NEW', 'RETRY', 'DONE')"},
      standing_{database,
                "SELECT r.agent_id, r.at, iif(EXISTS (SELECT 1 FROM callbacks cb "
                "WHERE cb.campaign_id = r.campaign_id AND cb.contact_id = r.contact_id "
                "AND cb.kept_at IS NULL AND cb.replaced_at IS NULL), min(r.due_at, r.at), "
                "r.due_at) FROM conversions r WHERE r.contact_id = ? AND r.campaign_id = ? "
                "ORDER BY r.attempt_id DESC LIMIT 1"} {}

void ConversionRows::write(const engine::StoreConversion& action) {
    if (action.conversion == campaigns::Conversion::TakenBack)
        return take_back_.run_with(action.attempt);
    // An agent may say late what an earlier call was: then the engine did not know of that refusal.
    static constexpr std::optional<UtcTime> kNever;
    const bool again = action.conversion == campaigns::Conversion::Planned && has_earlier(action);
    const auto conversion = again ? campaigns::Conversion::Again : action.conversion;
    const std::optional<UtcTime>& due = again ? kNever : action.due;
    note_.run_with(action.attempt, action.client, action.campaign, action.contact, action.agent,
                   action.strength, conversion, due, action.at);
    BW_CHECK(database_.changes() == 1);
    replace_callback_.run_with(action.at, action.campaign, action.contact);
    if (action.settles) settle_.run_with(due, action.campaign, action.contact);
}

bool ConversionRows::has_earlier(const engine::StoreConversion& action) {
    const bool found = earlier_.bind(action.contact, action.campaign, action.attempt).step();
    earlier_.reset();
    return found;
}

std::optional<ConversionRows::Standing> ConversionRows::standing(CampaignId campaign,
                                                                 ContactId contact) {
    std::optional<Standing> found;
    if (standing_.bind(contact, campaign).step()) {
        found = {{standing_.get<AgentId>(0), standing_.get<UtcTime>(1)},
                 standing_.get<std::optional<UtcTime>>(2)};
    }
    standing_.reset();
    return found;
}

}  // namespace bellwether::store
