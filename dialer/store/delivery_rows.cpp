#include "dialer/store/delivery_rows.h"

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

/// A campaign's attempts, contact by contact.
class AttemptsOfContacts {
public:
    AttemptsOfContacts(Database& database, CampaignId campaign)
        : query_{database,
                 "SELECT contact_id, id, invited_at, answered_at, spoken_at, ended_at, outcome, "
                 "trunk, connected_at IS NOT NULL, ifnull(heard, 0) FROM attempts "
                 "LEFT JOIN interview_ends ON attempt_id = id WHERE campaign_id = ? "
                 "ORDER BY contact_id, at, id"} {
        more_ = query_.bind(campaign).step();
    }

    /// Contacts must be asked for in rising order.
    std::vector<DeliveryAttempt> of(ContactId contact) {
        std::vector<DeliveryAttempt> attempts;
        for (; more_ && query_.get<ContactId>(0) <= contact; more_ = query_.step()) {
            if (query_.get<ContactId>(0) != contact) continue;
            using Moment = std::optional<UtcTime>;
            attempts.push_back({query_.get<AttemptId>(1), query_.get<Moment>(2),
                                query_.get<Moment>(3), query_.get<Moment>(4), query_.get<Moment>(5),
                                query_.get<std::optional<campaigns::Outcome>>(6),
                                query_.get<std::string>(7), query_.get<bool>(8),
                                query_.get<bool>(9)});
        }
        return attempts;
    }

private:
    Statement query_;
    bool more_ = false;
};

}  // namespace

Result<void> for_each_delivery(const Store& store, CampaignId campaign,
                               const std::function<void(const DeliveryCase&)>& take) {
    return store.impl().readers.query([&](Database& database) -> Result<void> {
        AttemptsOfContacts attempts{database, campaign};
        Statement contacts{
            database,
            "SELECT c.id, c.external_id, n.digits, ifnull(s.state, ''), "
            "CASE WHEN s.state = 'DENIED' THEN s.rule ELSE '' END "
            "FROM contacts c JOIN numbers n ON n.id = c.number_id LEFT JOIN campaign_contacts s "
            "ON s.campaign_id = ?1 AND s.contact_id = c.id "
            "WHERE c.id IN (SELECT id FROM contacts WHERE list_id IN "
            "(SELECT list_id FROM campaign_lists WHERE campaign_id = ?1) "
            "UNION SELECT contact_id FROM campaign_contacts WHERE campaign_id = ?1) ORDER BY c.id"};
        contacts.bind(campaign);
        while (contacts.step()) {
            const auto id = contacts.get<ContactId>(0);
            take({id, contacts.get<std::string>(1),
                  PhoneNumber::from_digits(contacts.get<std::uint64_t>(2)),
                  contacts.get<std::string>(3), contacts.get<std::string>(4), attempts.of(id)});
        }
        return {};
    });
}

Result<std::map<AttemptId, std::uint64_t>> evidence_of_calls(const Store& store,
                                                             CampaignId campaign) {
    using Found = std::map<AttemptId, std::uint64_t>;
    return store.impl().readers.query([&](Database& database) -> Result<Found> {
        Statement query{database,
                        "SELECT CAST(json_extract(CAST(record AS TEXT), '$.attempt') AS INTEGER), "
                        "seq FROM evidence WHERE kind = 'CALL' "
                        "AND json_extract(CAST(record AS TEXT), '$.campaign') = ? ORDER BY seq"};
        query.bind(std::to_string(value_of(campaign)));
        Found found;
        while (query.step()) found[query.get<AttemptId>(0)] = query.get<std::uint64_t>(1);
        return found;
    });
}

}  // namespace bellwether::store
