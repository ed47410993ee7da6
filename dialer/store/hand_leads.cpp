#include "dialer/store/hand_leads.h"

#include "dialer/store/contact_inserter.h"
#include "dialer/store/impl.h"
#include "dialer/store/import_writer.h"

namespace bellwether::store {

namespace {

std::vector<PhoneNumber> numbers_of(const ImportRow& lead) {
    std::vector<PhoneNumber> numbers{lead.first.number};
    for (const ImportNumber& other : lead.others) numbers.push_back(other.number);
    return numbers;
}

bool is_suppressed(Database& database, PhoneNumber number, ClientId client) {
    Statement query{database,
                    "SELECT 1 FROM suppression WHERE digits = ? "
                    "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"};
    return query.bind(number.digits(), client).step();
}

NumberId intern(Database& database, PhoneNumber number) {
    Statement{database, "INSERT INTO numbers(digits) VALUES (?) ON CONFLICT DO NOTHING"}.run_with(
        number.digits());
    Statement known{database, "SELECT id FROM numbers WHERE digits = ?"};
    BW_CHECK(known.bind(number.digits()).step());
    return known.get<NumberId>(0);
}

/// The import that stands for the list's leads added by hand, with one more in it.
ImportId import_by_hand(Database& database, ListId list, ClientId client, UtcTime at) {
    Statement{database,
              "INSERT INTO imports(list_id, client_id, file_name, hash, state, first_contact, "
              "last_contact, first_number, rows_read, accepted, at, by_hand) "
              "VALUES (?, ?, 'lead add', '', 'COMPLETE', 1, 0, 1, 1, 1, ?, 1) "
              "ON CONFLICT(list_id) WHERE by_hand = 1 "
              "DO UPDATE SET rows_read = rows_read + 1, accepted = accepted + 1"}
        .run_with(list, client, at);
    Statement known{database, "SELECT id FROM imports WHERE list_id = ? AND by_hand = 1"};
    BW_CHECK(known.bind(list).step());
    return known.get<ImportId>(0);
}

std::optional<ContactId> holder_of(Database& database, DedupeScope scope, ClientId client,
                                   ListId list, const std::vector<PhoneNumber>& numbers) {
    DuplicateCheck duplicate{database, scope, false};
    Statement known{database, "SELECT id FROM numbers WHERE digits = ?"};
    Statement holder{database,
                     "SELECT id FROM contacts WHERE number_id = ?1 AND client_id = ?2 UNION "
                     "SELECT c.id FROM contact_numbers n JOIN contacts c ON c.id = n.contact_id "
                     "WHERE n.number_id = ?1 AND c.client_id = ?2 ORDER BY 1 LIMIT 1"};
    for (const PhoneNumber number : numbers) {
        if (!known.bind(number.digits()).step()) continue;
        const auto id = known.get<NumberId>(0);
        if (!duplicate.is_taken(client, list, id)) continue;
        BW_CHECK(holder.bind(id, client).step());
        return holder.get<ContactId>(0);
    }
    return std::nullopt;
}

ContactId insert(Database& database, ClientId client, ListId list, const ImportRow& lead,
                 UtcTime at) {
    std::vector<NumberId> ids;
    for (const PhoneNumber number : numbers_of(lead)) ids.push_back(intern(database, number));
    const ImportId import = import_by_hand(database, list, client, at);
    const ContactId contact =
        ContactInserter{database}.add({client, list, import, true}, lead, ids);
    Statement{database,
              "INSERT INTO campaign_contacts(campaign_id, contact_id, client_id, state, due_at, "
              "priority) SELECT campaign_id, ?1, ?2, 'NEW', 0, ?3 FROM campaign_lists "
              "WHERE list_id = ?4 AND weight > 0"}
        .run_with(contact, client, lead.priority, list);
    return contact;
}

}  // namespace

Result<HandLeadResult> add_lead(Store& store, ListId list, const ImportRow& lead,
                                DedupeScope dedupe, UtcTime at) {
    return store.impl().writer->run([&](Writer::Context& context) -> Result<HandLeadResult> {
        Database& database = context.database;
        Statement owner{database, "SELECT client_id FROM lists WHERE id = ?"};
        if (!owner.bind(list).step()) return fail(Errc::NotFound, "there is no such list");
        const auto client = owner.get<ClientId>(0);
        const auto numbers = numbers_of(lead);
        for (const PhoneNumber number : numbers) {
            if (is_suppressed(database, number, client))
                return HandLeadResult{HandLeadFate::Suppressed, {}};
        }
        if (const auto known = holder_of(database, dedupe, client, list, numbers))
            return HandLeadResult{HandLeadFate::Duplicate, *known};
        const ContactId contact = insert(database, client, list, lead, at);
        tell_campaigns(context, list, lead.priority);
        return HandLeadResult{HandLeadFate::Accepted, contact};
    });
}

}  // namespace bellwether::store
