#include "dialer/store/contact_inserter.h"

namespace bellwether::store {

ContactInserter::ContactInserter(Database& database)
    : database_{database},
      contact_{database,
               "INSERT INTO contacts(client_id, list_id, import_id, number_id, external_id, "
               "first_name, last_name, language, extra, file_row, kind, priority, by_hand) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      number_{database,
              "INSERT INTO contact_numbers(contact_id, place, number_id, kind) "
              "VALUES (?, ?, ?, ?)"} {}

ContactId ContactInserter::add(const Place& place, const ImportRow& row,
                               std::span<const NumberId> numbers) {
    BW_CHECK(numbers.size() == row.others.size() + 1);
    contact_.run_with(place.client, place.list, place.import, numbers.front(), row.external_id,
                      row.first_name, row.last_name, row.language, row.extra, row.row,
                      row.first.kind, row.priority, place.by_hand);
    const auto contact = static_cast<ContactId>(database_.last_insert_id());
    for (std::size_t i = 0; i < row.others.size(); ++i)
        number_.run_with(contact, i + 2, numbers[i + 1], row.others[i].kind);
    return contact;
}

void tell_campaigns(Writer::Context& context, ListId list, int priority) {
    Statement campaigns{
        context.database,
        "SELECT campaign_id FROM campaign_lists WHERE list_id = ? ORDER BY campaign_id"};
    campaigns.bind(list);
    while (campaigns.step()) {
        context.events.emplace_back(engine::ContactsAdded{campaigns.get<CampaignId>(0), priority});
    }
}

}  // namespace bellwether::store
