#include "dialer/store/dial_rehearsal.h"

#include "dialer/store/dial_facts.h"
#include "dialer/store/impl.h"

namespace bellwether::store {

Result<DialRehearsal> rehearse_dials(const Store& store, DialPolicy& policy, CampaignId campaign,
                                     std::int64_t limit, UtcTime now) {
    return store.impl().readers.query([&](Database& database) -> Result<DialRehearsal> {
        DialRehearsal rehearsal;
        Statement count{database,
                        "SELECT count(*) FROM contacts c JOIN campaigns p ON p.list_id = c.list_id "
                        "WHERE p.id = ?"};
        if (count.bind(campaign).step()) rehearsal.contacts = count.get<std::int64_t>(0);

        DialFacts facts{database, &policy};
        Statement contacts{database,
                           "SELECT c.id, n.digits, p.client_id FROM contacts c "
                           "JOIN campaigns p ON p.list_id = c.list_id "
                           "JOIN numbers n ON n.id = c.number_id "
                           "WHERE p.id = ? ORDER BY c.id DESC LIMIT ?"};
        contacts.bind(campaign, limit);
        while (contacts.step()) {
            const auto answer =
                facts.ask({.point = DialQuestion::Point::Selection,
                           .now = now,
                           .campaign = campaign,
                           .client = contacts.get<ClientId>(2),
                           .contact = contacts.get<ContactId>(0),
                           .number = PhoneNumber::from_digits(contacts.get<std::uint64_t>(1))});
            ++rehearsal.asked;
            ++rehearsal.verdicts[answer.decision.verdict];
            if (answer.decision.verdict != compliance::Verdict::Allow)
                ++rehearsal.rules[answer.decision.cited];
            (void)facts.take_records();
        }
        return rehearsal;
    });
}

}  // namespace bellwether::store
