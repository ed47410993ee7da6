#include <utility>

#include "dialer/store/impl.h"
#include "dialer/store/rows.h"

// Store: contacts, and what became of them. Only contacts of complete imports exist for anybody
// outside.

namespace bellwether::store {

namespace {

constexpr const char* kContactColumns =
    "SELECT c.id, c.client_id, c.list_id, c.number_id, n.digits, c.external_id, c.first_name, "
    "c.last_name, c.language, c.extra, c.file_row FROM contacts c JOIN numbers n ON n.id = "
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
            row.get<std::int64_t>(10)};
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
        if (!query.bind(contact).step()) return fail(Errc::NotFound, "there is no such contact");
        return read_contact(query);
    });
}

Result<std::vector<ContactRecord>> Store::find_contacts(const PhoneNumber& number) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<ContactRecord>> {
        Statement query{database,
                        std::string{kContactColumns} + "WHERE n.digits = ? ORDER BY c.id"};
        return read_all(query.bind(number.digits()), read_contact);
    });
}

Result<std::vector<ContactRecord>> Store::find_contacts(std::string_view external_id) const {
    return impl_->readers.query([&](Database& database) -> Result<std::vector<ContactRecord>> {
        Statement query{database,
                        std::string{kContactColumns} +
                            "WHERE c.external_id = ? AND c.external_id <> '' ORDER BY c.id"};
        return read_all(query.bind(external_id), read_contact);
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

namespace {

std::int64_t count_of(Statement& query) { return query.step() ? query.get<std::int64_t>(0) : 0; }

/// Retries that are due before `due`, or at it with a lower id: the order of Claims::due_again.
std::int64_t retries_before(Database& database, CampaignId campaign, UtcTime due,
                            ContactId contact) {
    Statement query{database,
                    "SELECT count(*) FROM campaign_contacts WHERE campaign_id = ? AND "
                    "(due_at < ?2 OR (due_at = ?2 AND contact_id < ?3))"};
    return count_of(query.bind(campaign, due, contact));
}

/// Contacts never tried that stand before this one: the order of Claims::never_tried.
std::int64_t fresh_before(Database& database, CampaignId campaign, ContactId contact) {
    Statement query{
        database,
        "SELECT ifnull(sum(max(0, min(i.last_contact, ?2 - 1) - "
        "max(ifnull(ci.taken, 0), i.first_contact - 1))), 0) "
        "FROM campaigns p JOIN imports i ON i.list_id = p.list_id AND i.state = 'COMPLETE' "
        "LEFT JOIN campaign_imports ci ON ci.campaign_id = p.id AND ci.import_id = i.id "
        "WHERE p.id = ?1"};
    return count_of(query.bind(campaign, contact));
}

}  // namespace

Result<std::int64_t> Store::contacts_ahead(CampaignId campaign, ContactId contact,
                                           UtcTime now) const {
    return impl_->readers.query([&](Database& database) -> Result<std::int64_t> {
        Statement row{database,
                      "SELECT due_at FROM campaign_contacts WHERE campaign_id = ? AND "
                      "contact_id = ?"};
        if (row.bind(campaign, contact).step()) {
            const auto due = row.get<std::optional<UtcTime>>(0);
            return due ? retries_before(database, campaign, *due, contact) : 0;
        }
        // Whatever is due comes before those never tried.
        Statement due{database,
                      "SELECT count(*) FROM campaign_contacts WHERE campaign_id = ? AND "
                      "due_at <= ?"};
        return count_of(due.bind(campaign, now)) + fresh_before(database, campaign, contact);
    });
}

Result<std::vector<ImportRecord>> Store::imports() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<ImportRecord>> {
        Statement query{
            database,
            "SELECT id, list_id, file_name, hash, state = 'COMPLETE', rows_read, accepted, "
            "duplicate, rejected, suppressed, at FROM imports ORDER BY id"};
        return read_all(query, [](const Statement& row) {
            return ImportRecord{
                row.get<ImportId>(0),     row.get<ListId>(1),       row.get<std::string>(2),
                row.get<std::string>(3),  row.get<bool>(4),         row.get<std::int64_t>(5),
                row.get<std::int64_t>(6), row.get<std::int64_t>(7), row.get<std::int64_t>(8),
                row.get<std::int64_t>(9), row.get<UtcTime>(10)};
        });
    });
}

}  // namespace bellwether::store
