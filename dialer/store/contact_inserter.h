#pragma once

#include <span>

#include "dialer/store/import_sink.h"
#include "dialer/store/list_import.h"
#include "dialer/store/writer.h"

namespace bellwether::store {

/// Adds contacts with their numbers. Runs inside the writer's transaction; throws SqliteError.
class ContactInserter {
public:
    struct Place {
        ClientId client{};
        ListId list{};
        ImportId import{};
        bool by_hand = false;
    };

    explicit ContactInserter(Database& database);

    /// @param numbers  of the row's first number and its others, in order.
    ContactId add(const Place& place, const ImportRow& row, std::span<const NumberId> numbers);

private:
    Database& database_;
    Statement contact_;
    Statement number_;
};

/// Every campaign that draws on the list hears ContactsAdded once the transaction is durable.
/// @param priority  the highest of the contacts added.
void tell_campaigns(Writer::Context& context, ListId list, int priority);

}  // namespace bellwether::store
