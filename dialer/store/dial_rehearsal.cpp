#include "dialer/store/dial_rehearsal.h"

#include "dialer/store/dial_facts.h"
#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

/// The pack's rule, or the core's where no pack spoke.
std::string reason_of(const compliance::Decision& decision) {
    return decision.cited.empty() ? std::string{name_of(decision.rule)} : decision.cited;
}

}  // namespace

Result<DialRehearsal> rehearse_dials(const Store& store, DialPolicy& policy, CampaignId campaign,
                                     std::int64_t limit, UtcTime now) {
    return store.impl().readers.query([&](Database& database) -> Result<DialRehearsal> {
        DialRehearsal rehearsal;
        Statement count{database,
                        "SELECT ifnull(sum(i.accepted - i.taken_out), 0) FROM campaign_lists p "
                        "JOIN imports i ON i.list_id = p.list_id AND i.state = 'COMPLETE' "
                        "WHERE p.campaign_id = ?"};
        if (count.bind(campaign).step()) rehearsal.contacts = count.get<std::int64_t>(0);

        DialFacts facts{database, &policy};
        Statement contacts{database,
                           "SELECT c.id, n.digits, c.client_id FROM contacts c "
                           "JOIN numbers n ON n.id = c.number_id WHERE c.list_id IN "
                           "(SELECT list_id FROM campaign_lists WHERE campaign_id = ?) "
                           "ORDER BY c.id DESC LIMIT ?"};
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
                ++rehearsal.rules[reason_of(answer.decision)];
            if (answer.decision.verdict == compliance::Verdict::Defer && answer.decision.until)
                ++rehearsal.opens[*answer.decision.until];
            (void)facts.take_records();
        }
        return rehearsal;
    });
}

}  // namespace bellwether::store
