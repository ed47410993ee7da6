#include <algorithm>
#include <utility>

#include "dialer/store/impl.h"

// Store: how many contacts a campaign would claim before one: the order of claims.h.

namespace bellwether::store {

namespace {

std::int64_t count_of(Statement& query) { return query.step() ? query.get<std::int64_t>(0) : 0; }

/// Contacts with a row of their own that come before one: of a higher priority, or of the same and
/// due earlier (with a lower id, at the same moment).
std::int64_t due_before(Database& database, CampaignId campaign, int priority, UtcTime now,
                        UtcTime due, ContactId contact) {
    Statement query{database,
                    "SELECT count(*) FROM campaign_contacts WHERE campaign_id = ?1 "
                    "AND due_at IS NOT NULL AND ((priority > ?2 AND due_at <= ?3) OR "
                    "(priority = ?2 AND (due_at < ?4 OR (due_at = ?4 AND contact_id < ?5))))"};
    return count_of(query.bind(campaign, priority, now, due, contact));
}

/// Contacts never tried, of a higher priority or of the same (above 0) and imported earlier.
std::int64_t urgent_before(Database& database, CampaignId campaign, int priority,
                           ContactId contact) {
    Statement query{database,
                    "SELECT count(*) FROM campaign_lists cl JOIN imports i "
                    "ON i.list_id = cl.list_id AND i.state = 'COMPLETE' AND i.by_hand = 0 "
                    "JOIN contacts c ON c.import_id = i.id AND c.priority > 0 AND c.by_hand = 0 "
                    "WHERE cl.campaign_id = ?1 AND cl.weight > 0 "
                    "AND (c.priority > ?2 OR (c.priority = ?2 AND c.id < ?3)) "
                    "AND NOT EXISTS (SELECT 1 FROM campaign_contacts cc "
                    "WHERE cc.campaign_id = ?1 AND cc.contact_id = c.id)"};
    return count_of(query.bind(campaign, priority, contact));
}

struct ListLeft {
    ListId list{};
    int priority = 1;
    std::int64_t weight = 1;
    std::int64_t left = 0;    ///< never tried
    std::int64_t before = 0;  ///< of them imported before the contact
};

std::vector<ListLeft> lists_left(Database& database, CampaignId campaign, ContactId contact) {
    Statement query{database,
                    "SELECT cl.list_id, cl.priority, cl.weight, "
                    "sum(max(0, i.last_contact - max(ifnull(ci.taken, 0), i.first_contact - 1))), "
                    "sum(max(0, min(i.last_contact, ?2 - 1) - "
                    "max(ifnull(ci.taken, 0), i.first_contact - 1))) "
                    "FROM campaign_lists cl JOIN imports i ON i.list_id = cl.list_id "
                    "AND i.state = 'COMPLETE' AND i.by_hand = 0 "
                    "LEFT JOIN campaign_imports ci ON ci.campaign_id = cl.campaign_id "
                    "AND ci.import_id = i.id "
                    "WHERE cl.campaign_id = ?1 AND cl.weight > 0 GROUP BY cl.list_id"};
    return read_all(query.bind(campaign, contact), [](const Statement& row) {
        return ListLeft{row.get<ListId>(0), row.get<int>(1), row.get<std::int64_t>(2),
                        row.get<std::int64_t>(3), row.get<std::int64_t>(4)};
    });
}

/// Contacts never tried, without a priority: those of lists before its own, its own list's, and
/// what the other lists of its list's priority are dealt meanwhile.
std::int64_t fresh_before(Database& database, CampaignId campaign, ListId list, ContactId contact) {
    const auto lists = lists_left(database, campaign, contact);
    const auto own = std::ranges::find(lists, list, &ListLeft::list);
    if (own == lists.end()) return 0;
    std::int64_t ahead = own->before;
    for (const ListLeft& other : lists) {
        if (other.list == list || other.priority > own->priority) continue;
        const std::int64_t dealt = (own->before * other.weight + own->weight - 1) / own->weight;
        ahead += other.priority < own->priority ? other.left : std::min(other.left, dealt);
    }
    return ahead;
}

}  // namespace

Result<std::int64_t> Store::contacts_ahead(CampaignId campaign, ContactId contact,
                                           UtcTime now) const {
    return impl_->readers.query([&](Database& database) -> Result<std::int64_t> {
        Statement row{database,
                      "SELECT due_at, priority FROM campaign_contacts WHERE campaign_id = ? AND "
                      "contact_id = ?"};
        if (row.bind(campaign, contact).step()) {
            const auto due = row.get<std::optional<UtcTime>>(0);
            return due ? due_before(database, campaign, row.get<int>(1), now, *due, contact) : 0;
        }
        Statement own{database, "SELECT list_id, priority FROM contacts WHERE id = ?"};
        if (!own.bind(contact).step()) return 0;
        const int priority = own.get<int>(1);
        // Whatever is due comes before those never tried.
        const std::int64_t ahead =
            due_before(database, campaign, priority, now, now + std::chrono::milliseconds{1}, {}) +
            urgent_before(database, campaign, priority, contact);
        if (priority > 0) return ahead;
        return ahead + fresh_before(database, campaign, own.get<ListId>(0), contact);
    });
}

}  // namespace bellwether::store
