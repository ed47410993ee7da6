#include "dialer/store/offer_details.h"

#include "base/check.h"

namespace bellwether::store {

OfferDetails::OfferDetails(Database& database, Epoch epoch)
    : interviews_{database, epoch},
      promised_{database,
                "SELECT cc.contact_id, c.number_id, n.digits, c.kind, cc.client_id, cc.priority, "
                "cc.attempts FROM callbacks cb JOIN campaign_contacts cc "
                "ON cc.campaign_id = cb.campaign_id AND cc.contact_id = cb.contact_id "
                "JOIN contacts c ON c.id = cc.contact_id JOIN numbers n ON n.id = c.number_id "
                "WHERE cb.campaign_id = ?1 AND cb.kept_at IS NULL AND cb.replaced_at IS NULL "
                "AND NOT cb.loose AND cb.due_at <= ?2 "
                "AND cc.due_at <= ?2 ORDER BY cb.due_at, cb.id LIMIT ?3"},
      about_{database,
             "SELECT c.language, cb.id, ifnull(cb.agent_id, 0), cb.due_at, cb.loose "
             "FROM contacts c "
             "LEFT JOIN callbacks cb ON cb.campaign_id = ? AND cb.contact_id = c.id "
             "AND cb.kept_at IS NULL AND cb.replaced_at IS NULL AND cb.due_at <= ? "
             "WHERE c.id = ?"},
      tally_{database,
             "SELECT outcome, count(*), sum(at >= ?) FROM attempts "
             "WHERE contact_id = ? AND campaign_id = ? AND outcome IS NOT NULL "
             "AND outcome <> 'WITHDRAWN' GROUP BY outcome"} {}

std::vector<Candidate> OfferDetails::promised(CampaignId campaign, int limit, UtcTime now) {
    auto found = read_all(promised_.bind(campaign, now, limit), [](const Statement& row) {
        return Candidate{row.get<ContactId>(0),
                         row.get<NumberId>(1),
                         PhoneNumber::from_digits(row.get<std::uint64_t>(2)),
                         row.get<std::string>(3),
                         row.get<ClientId>(4),
                         row.get<int>(5),
                         row.get<int>(6),
                         false};
    });
    promised_.reset();
    return found;
}

bool OfferDetails::is_promised(CampaignId campaign, ContactId contact, UtcTime now) {
    BW_CHECK(about_.bind(campaign, now, contact).step());
    const bool found = about_.get<std::optional<std::int64_t>>(1).has_value();
    about_.reset();
    return found;
}

void OfferDetails::add(const engine::AskForContacts& ask, UtcTime now,
                       campaigns::ContactOffer& offer) {
    BW_CHECK(about_.bind(ask.campaign, now, offer.contact).step());
    offer.language = about_.get<std::string>(0);
    if (const auto callback = about_.get<std::optional<std::int64_t>>(1)) {
        offer.promised = {static_cast<CallbackId>(*callback), about_.get<AgentId>(2),
                          about_.get<UtcTime>(3), about_.get<bool>(4)};
    }
    about_.reset();
    if (offer.attempts_made > 0) offer.history = history_of(ask, offer.contact);
    if (ask.interviews)
        offer.interview = interviews_.offer(ask.campaign, offer.contact, ask.columns);
}

/// What the engine's retry rule asks for, and nothing else: most campaigns ask for nothing.
campaigns::ContactHistory OfferDetails::history_of(const engine::AskForContacts& ask,
                                                   ContactId contact) {
    campaigns::ContactHistory history;
    if (!ask.today_since && !ask.tally_outcomes) return history;
    tally_.bind(ask.today_since.value_or(UtcTime::max()), contact, ask.campaign);
    while (tally_.step()) {
        history.attempts_today += tally_.get<int>(2);
        if (ask.tally_outcomes)
            history.outcomes.push_back({tally_.get<campaigns::Outcome>(0), tally_.get<int>(1)});
    }
    tally_.reset();
    return history;
}

}  // namespace bellwether::store
