#include "dialer/store/import_undo.h"

#include <utility>

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

// About 20 ms of the writer's time: what the engine may have to wait.
constexpr std::int64_t kContactsAtOnce = 1'000;

struct Import {
    ListId list{};
    ClientId client{};
    std::string list_name;
    ContactId first{};
    ContactId last{};
    std::int64_t accepted = 0;
    std::int64_t taken_out = 0;
};

Result<Import> find_import(Database& database, ImportId id) {
    Statement query{
        database,
        "SELECT i.list_id, i.first_contact, i.last_contact, i.accepted, i.taken_out, "
        "i.by_hand, l.client_id, l.name FROM imports i JOIN lists l ON l.id = i.list_id "
        "WHERE i.id = ? AND i.state IN ('COMPLETE', 'UNDONE')"};
    if (!query.bind(id).step()) {
        return fail(Errc::NotFound, "there is no such import: 'bellwether list show' lists them");
    }
    if (query.get<bool>(5)) {
        return fail(Errc::InvalidInput, "this stands for leads added by hand: it is no import");
    }
    return Import{.list = query.get<ListId>(0),
                  .client = query.get<ClientId>(6),
                  .list_name = query.get<std::string>(7),
                  .first = query.get<ContactId>(1),
                  .last = query.get<ContactId>(2),
                  .accepted = query.get<std::int64_t>(3),
                  .taken_out = query.get<std::int64_t>(4)};
}

/// What keeps a contact in the store.
enum class Keeps { Nothing, Attempt, Touch, Engine };

/// Looks at contacts of one import, in order.
class Looker {
public:
    Looker(Database& database, ImportId import)
        : import_{import},
          contacts_{database,
                    "SELECT c.id, EXISTS (SELECT 1 FROM attempts a WHERE a.contact_id = c.id), "
                    "EXISTS (SELECT 1 FROM campaign_contacts cc WHERE cc.contact_id = c.id "
                    "AND cc.claim_epoch IS NOT NULL), "
                    "EXISTS (SELECT 1 FROM callbacks p WHERE p.contact_id = c.id) "
                    "OR EXISTS (SELECT 1 FROM inbound_calls p WHERE p.contact_id = c.id) "
                    "OR EXISTS (SELECT 1 FROM dispositions p WHERE p.contact_id = c.id) "
                    "OR EXISTS (SELECT 1 FROM interviews p WHERE p.contact_id = c.id) "
                    "FROM contacts c "
                    "WHERE c.id > ? AND c.id <= ? AND c.import_id = ? ORDER BY c.id LIMIT ?"} {}

    /// Up to kContactsAtOnce contacts after `after`; returns the last of them, or none at the end.
    template <class Take>
    std::optional<ContactId> look(ContactId after, ContactId last, Take take) {
        std::optional<ContactId> seen;
        contacts_.bind(after, last, import_, kContactsAtOnce);
        while (contacts_.step()) {
            seen = contacts_.get<ContactId>(0);
            take(*seen, keeps());
        }
        contacts_.reset();
        return seen;
    }

private:
    [[nodiscard]] Keeps keeps() const {
        if (contacts_.get<bool>(1)) return Keeps::Attempt;
        if (contacts_.get<bool>(3)) return Keeps::Touch;
        return contacts_.get<bool>(2) ? Keeps::Engine : Keeps::Nothing;
    }

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
        case Keeps::Touch:
            ++report.in_touch;
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

/// What one transaction did, on record with it.
void note(Writer::Context& context, const ImportUndo& undo, const Import& import,
          std::int64_t taken_out, std::int64_t looked_at) {
    if (taken_out == 0) return;
    context.evidence.append(to_record(
        compliance::evidence::ImportUndoFacts{.at = undo.at,
                                              .client = import.client,
                                              .list = import.list_name,
                                              .import = std::to_string(value_of(undo.import)),
                                              .actor = undo.actor,
                                              .contacts = taken_out,
                                              .stayed = looked_at - taken_out}));
}

}  // namespace

Result<UndoReport> undo_import(Store& store, const ImportUndo& undo) {
    Store::Impl& impl = store.impl();
    const auto found = impl.readers.query(
        [&](Database& database) -> Result<Import> { return find_import(database, undo.import); });
    if (!found) return tl::unexpected<Error>{found.error()};

    UndoReport report{.import = undo.import,
                      .list = found->list,
                      .contacts = found->accepted,
                      .gone = found->taken_out};
    ContactId after{value_of(found->first) - 1};
    const auto look = [&](Database& database, std::vector<ContactId>& free) {
        std::int64_t looked_at = 0;
        const auto seen =
            Looker{database, undo.import}.look(after, found->last, [&](ContactId id, Keeps keeps) {
                ++looked_at;
                count(report, keeps);
                if (keeps == Keeps::Nothing) free.push_back(id);
            });
        if (seen) after = *seen;
        return looked_at;
    };
    const auto rehearse = [&](Database& database) -> Result<bool> {
        std::vector<ContactId> free;
        return look(database, free) > 0;
    };
    const auto take_out = [&](Writer::Context& context) -> Result<bool> {
        std::vector<ContactId> free;
        const std::int64_t looked_at = look(context.database, free);
        remove(context.database, undo.import, free);
        note(context, undo, *found, std::ssize(free), looked_at);
        return looked_at > 0;
    };
    while (true) {
        const auto more = undo.dry_run ? impl.readers.query(rehearse) : impl.writer->run(take_out);
        if (!more) return tl::unexpected<Error>{more.error()};
        if (!*more) return report;
    }
}

}  // namespace bellwether::store
