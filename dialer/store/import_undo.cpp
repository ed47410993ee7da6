#include "dialer/store/import_undo.h"

#include <utility>

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

// About 20 ms of the writer's time: what the engine may have to wait.
constexpr std::int64_t kContactsAtOnce = 1'000;

struct Import {
    ListId list{};
    ContactId first{};
    ContactId last{};
    std::int64_t accepted = 0;
    std::int64_t taken_out = 0;
};

Result<Import> find_import(Database& database, ImportId id) {
    Statement query{database,
                    "SELECT list_id, first_contact, last_contact, accepted, taken_out, by_hand "
                    "FROM imports WHERE id = ? AND state IN ('COMPLETE', 'UNDONE')"};
    if (!query.bind(id).step()) {
        return fail(Errc::NotFound, "there is no such import: 'bellwether list show' lists them");
    }
    if (query.get<bool>(5)) {
        return fail(Errc::InvalidInput, "this stands for leads added by hand: it is no import");
    }
    return Import{query.get<ListId>(0), query.get<ContactId>(1), query.get<ContactId>(2),
                  query.get<std::int64_t>(3), query.get<std::int64_t>(4)};
}

/// What keeps a contact in the store.
enum class Keeps { Nothing, Attempt, Engine };

/// Looks at contacts of one import, in order.
class Looker {
public:
    Looker(Database& database, ImportId import)
        : import_{import},
          contacts_{database,
                    "SELECT c.id, EXISTS (SELECT 1 FROM attempts a WHERE a.contact_id = c.id), "
                    "EXISTS (SELECT 1 FROM campaign_contacts cc WHERE cc.contact_id = c.id "
                    "AND cc.claim_epoch IS NOT NULL) FROM contacts c "
                    "WHERE c.id > ? AND c.id <= ? AND c.import_id = ? ORDER BY c.id LIMIT ?"} {}

    /// Up to kContactsAtOnce contacts after `after`; returns the last of them, or none at the end.
    template <class Take>
    std::optional<ContactId> look(ContactId after, ContactId last, Take take) {
        std::optional<ContactId> seen;
        contacts_.bind(after, last, import_, kContactsAtOnce);
        while (contacts_.step()) {
            seen = contacts_.get<ContactId>(0);
            const bool claimed = contacts_.get<bool>(2);
            const bool dialed = contacts_.get<bool>(1);
            take(*seen, dialed ? Keeps::Attempt : claimed ? Keeps::Engine : Keeps::Nothing);
        }
        contacts_.reset();
        return seen;
    }

private:
    ImportId import_;
    Statement contacts_;
};

void count(UndoReport& report, Keeps keeps) {
    switch (keeps) {
        case Keeps::Nothing:
            ++report.taken_out;
            break;
        case Keeps::Attempt:
            ++report.dialed;
            break;
        case Keeps::Engine:
            ++report.with_engine;
            break;
    }
}

void remove(Database& database, ImportId import, const std::vector<ContactId>& contacts) {
    Statement numbers{database,
                      "SELECT number_id FROM contacts WHERE id = ?1 UNION "
                      "SELECT number_id FROM contact_numbers WHERE contact_id = ?1"};
    Statement standings{database, "DELETE FROM campaign_contacts WHERE contact_id = ?"};
    Statement others{database, "DELETE FROM contact_numbers WHERE contact_id = ?"};
    Statement contact{database, "DELETE FROM contacts WHERE id = ?"};
    Statement number{database,
                     "DELETE FROM numbers WHERE id = ?1 "
                     "AND NOT EXISTS (SELECT 1 FROM contacts WHERE number_id = ?1) "
                     "AND NOT EXISTS (SELECT 1 FROM contact_numbers WHERE number_id = ?1) "
                     "AND NOT EXISTS (SELECT 1 FROM attempts WHERE number_id = ?1) "
                     "AND NOT EXISTS (SELECT 1 FROM inbound_calls WHERE number_id = ?1)"};
    for (const ContactId id : contacts) {
        const auto ids =
            read_all(numbers.bind(id), [](const Statement& row) { return row.get<NumberId>(0); });
        standings.run_with(id);
        others.run_with(id);
        contact.run_with(id);
        for (const NumberId each : ids) number.run_with(each);
    }
    Statement{database, "UPDATE imports SET taken_out = taken_out + ? WHERE id = ?"}.run_with(
        contacts.size(), import);
}

}  // namespace

Result<UndoReport> undo_import(Store& store, ImportId import, bool dry_run) {
    Store::Impl& impl = store.impl();
    auto found = impl.readers.query(
        [&](Database& database) -> Result<Import> { return find_import(database, import); });
    if (!found) return tl::unexpected<Error>{found.error()};

    UndoReport report{import, found->list, found->accepted, 0, 0, 0, found->taken_out};
    ContactId after{value_of(found->first) - 1};
    const auto look = [&](Database& database, bool removes) {
        std::vector<ContactId> free;
        const auto seen =
            Looker{database, import}.look(after, found->last, [&](ContactId id, Keeps keeps) {
                count(report, keeps);
                if (keeps == Keeps::Nothing) free.push_back(id);
            });
        if (removes) remove(database, import, free);
        if (seen) after = *seen;
        return seen.has_value();
    };
    while (true) {
        const auto more = dry_run ? impl.readers.query([&](Database& database) -> Result<bool> {
            return look(database, false);
        })
                                  : impl.writer->run([&](Writer::Context& context) -> Result<bool> {
                                        return look(context.database, true);
                                    });
        if (!more) return tl::unexpected<Error>{more.error()};
        if (!*more) return report;
    }
}

}  // namespace bellwether::store
