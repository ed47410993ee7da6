#include <utility>

#include "dialer/store/impl.h"
#include "dialer/store/rows.h"

// Store: contacts, and what became of them. Only contacts of complete imports exist for anybody
// outside.

namespace bellwether::store {

namespace {

constexpr const char* kContactColumns =
    "SELECT c.id, c.client_id, c.list_id, c.number_id, n.digits, c.external_id, c.first_name, "
    "c.last_name, c.language, c.extra, c.file_row, c.kind, c.priority FROM contacts c JOIN numbers "
    "n ON n.id = "
    "c.number_id "
    "JOIN imports i ON i.id = c.import_id AND i.state = 'COMPLETE' ";

ContactRecord read_contact(const Statement& row) {
    return {row.get<ContactId>(0),
            row.get<ClientId>(1),
            row.get<ListId>(2),
            row.get<NumberId>(3),
            PhoneNumber::from_digits(row.get<std::uint64_t>(4)),
            row.get<std::string>(5),
            row.get<std::string>(6),
            row.get<std::string>(7),
            row.get<std::string>(8),
            row.get<std::string>(9),
            row.get<std::int64_t>(10),
            row.get<std::string>(11),
            row.get<int>(12)};
}

/// The rows of a query on kContactColumns, each with all its numbers.
std::vector<ContactRecord> read_contacts(Database& database, Statement& query) {
    auto contacts = read_all(query, read_contact);
    Statement others{database,
                     "SELECT cn.number_id, n.digits, cn.kind FROM contact_numbers cn "
                     "JOIN numbers n ON n.id = cn.number_id WHERE cn.contact_id = ? "
                     "ORDER BY cn.place"};
    for (ContactRecord& contact : contacts) {
        contact.others = read_all(others.bind(contact.id), [](const Statement& row) {
            return ContactRecord::Number{row.get<NumberId>(0),
                                         PhoneNumber::from_digits(row.get<std::uint64_t>(1)),
                                         row.get<std::string>(2)};
        });
    }
    return contacts;
}

ContactStanding read_standing(const Statement& row) {
    return {row.get<CampaignId>(0),
            row.get<ContactState>(1),
            row.get<int>(2),
            row.get<std::optional<UtcTime>>(3),
            row.get<std::optional<campaigns::Outcome>>(4),
            row.get<compliance::Rule>(5),
            row.get<std::string>(6)};
}

}  // namespace

Result<PhoneNumber> Store::number(NumberId number) const {
    return impl_->readers.query([&](Database& database) -> Result<PhoneNumber> {
        Statement query{database, "SELECT digits FROM numbers WHERE id = ?"};
        if (!query.bind(number).step()) return fail(Errc::NotFound, "there is no such number");
        return PhoneNumber::from_digits(query.get<std::uint64_t>(0));
    });
}

Result<ContactRecord> Store::contact(ContactId contact) const {
    return impl_->readers.query([&](Database& database) -> Result<ContactRecord> {
        Statement query{database, std::string{kContactColumns} + "WHERE c.id = ?"};
        auto found = read_contacts(database, query.bind(contact));
        if (found.empty()) return fail(Errc::NotFound, "there is no such contact");
        return std::move(found.front());
    });
}

Result<std::vector<ContactRecord>> Store::find_contacts(const PhoneNumber& number) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<ContactRecord>> {
        Statement query{database, std::string{kContactColumns} +
                                      "WHERE c.id IN (SELECT p.id FROM contacts p JOIN numbers m "
                                      "ON m.id = p.number_id WHERE m.digits = ?1 UNION "
                                      "SELECT cn.contact_id FROM contact_numbers cn JOIN numbers m "
                                      "ON m.id = cn.number_id WHERE m.digits = ?1) ORDER BY c.id"};
        return read_contacts(database, query.bind(number.digits()));
    });
}

Result<std::vector<ContactRecord>> Store::find_contacts(std::string_view external_id) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<ContactRecord>> {
        Statement query{database,
                        std::string{kContactColumns} +
                            "WHERE c.external_id = ? AND c.external_id <> '' ORDER BY c.id"};
        return read_contacts(database, query.bind(external_id));
    });
}

Result<std::vector<ContactStanding>> Store::standing(ContactId contact) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<ContactStanding>> {
        Statement query{database,
                        "SELECT campaign_id, state, attempts, due_at, last_outcome, rule, cited "
                        "FROM campaign_contacts WHERE contact_id = ? ORDER BY campaign_id"};
        return read_all(query.bind(contact), read_standing);
    });
}

Result<AttemptRecord> Store::attempt(AttemptId attempt) const {
    return impl_->readers.query([&](Database& database) -> Result<AttemptRecord> {
        Statement query{database, std::string{kAttemptColumns} + "WHERE id = ?"};
        if (!query.bind(attempt).step()) return fail(Errc::NotFound, "there is no such attempt");
        return read_attempt(query);
    });
}

Result<std::vector<AttemptRecord>> Store::attempts_of(ContactId contact) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<AttemptRecord>> {
        Statement query{database,
                        std::string{kAttemptColumns} + "WHERE contact_id = ? ORDER BY id"};
        return read_all(query.bind(contact), read_attempt);
    });
}

Result<std::vector<ImportRecord>> Store::imports() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<ImportRecord>> {
        Statement query{
            database,
            "SELECT id, list_id, file_name, hash, state = 'COMPLETE', rows_read, accepted, "
            "duplicate, rejected, suppressed, at, taken_out FROM imports ORDER BY id"};
        return read_all(query, [](const Statement& row) {
            return ImportRecord{
                row.get<ImportId>(0),     row.get<ListId>(1),       row.get<std::string>(2),
                row.get<std::string>(3),  row.get<bool>(4),         row.get<std::int64_t>(5),
                row.get<std::int64_t>(6), row.get<std::int64_t>(7), row.get<std::int64_t>(8),
                row.get<std::int64_t>(9), row.get<UtcTime>(10),     row.get<std::int64_t>(11)};
        });
    });
}

}  // namespace bellwether::store
