#include "dialer/store/import_writer.h"

#include <algorithm>
#include <span>
#include <utility>

#include "dialer/store/contact_inserter.h"
#include "dialer/store/opening.h"

namespace bellwether::store {

namespace {

// About 5 ms of the writer's time: what the engine may have to wait for an import.
constexpr std::size_t kRowsBetweenLooks = 250;

constexpr std::int64_t kUndoneAtOnce = 5'000;  // rows; likewise

/// Deletes up to kUndoneAtOnce rows of an import that failed; true when none are left.
bool undo_some(Database& database, ImportId import, std::int64_t first_contact,
               std::int64_t first_number) {
    Statement{database,
              "DELETE FROM contact_numbers WHERE contact_id IN "
              "(SELECT id FROM contacts WHERE id >= ? AND import_id = ? ORDER BY id LIMIT ?)"}
        .run_with(first_contact, import, kUndoneAtOnce);
    Statement{database,
              "DELETE FROM contacts WHERE id IN "
              "(SELECT id FROM contacts WHERE id >= ? AND import_id = ? ORDER BY id LIMIT ?)"}
        .run_with(first_contact, import, kUndoneAtOnce);
    if (database.changes() > 0) return false;
    Statement{database,
              "DELETE FROM numbers WHERE id IN (SELECT n.id FROM numbers n WHERE n.id >= ? "
              "AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.number_id = n.id) "
              "AND NOT EXISTS (SELECT 1 FROM contact_numbers c WHERE c.number_id = n.id) "
              "AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.number_id = n.id) "
              "AND NOT EXISTS (SELECT 1 FROM inbound_calls i WHERE i.number_id = n.id) "
              "LIMIT ?)"}
        .run_with(first_number, kUndoneAtOnce);
    return database.changes() == 0;
}

std::int64_t next_id(Database& database, const char* table) {
    Statement query{database, "SELECT seq + 1 FROM sqlite_sequence WHERE name = ?"};
    return query.bind(std::string_view{table}).step() ? query.get<std::int64_t>(0) : 1;
}

}  // namespace

namespace {

/// SQL on the contact `c`. Parameters: ?1 client, ?2 list.
std::string scope_condition(DedupeScope scope) {
    switch (scope) {
        case DedupeScope::List:
            return "c.list_id = ?2";
        case DedupeScope::Campaign:
            return "c.client_id = ?1 AND (c.list_id = ?2 OR c.list_id IN "
                   "(SELECT l.list_id FROM campaign_lists l JOIN campaigns p "
                   "ON p.id = l.campaign_id WHERE p.client_id = ?1))";
        case DedupeScope::All:
            return "c.client_id = ?1";
    }
    BW_CHECK(scope == DedupeScope::List);
    return {};
}

std::string duplicate_query(const char* contacts, DedupeScope scope, bool complete_only) {
    std::string sql = "SELECT 1 FROM " + std::string{contacts} + " AND " + scope_condition(scope);
    if (complete_only) {
        sql += " AND (SELECT state FROM imports i WHERE i.id = c.import_id) = 'COMPLETE'";
    }
    return sql;
}

}  // namespace

DuplicateCheck::DuplicateCheck(Database& database, DedupeScope scope, bool complete_only)
    : taken_{database,
             duplicate_query("contacts c WHERE c.number_id = ?3", scope, complete_only) +
                 " UNION ALL " +
                 duplicate_query("contact_numbers n JOIN contacts c ON c.id = n.contact_id "
                                 "WHERE n.number_id = ?3",
                                 scope, complete_only) +
                 " LIMIT 1"} {}

bool DuplicateCheck::is_taken(ClientId client, ListId list, NumberId number) {
    const bool taken = taken_.bind(client, list, number).step();
    taken_.reset();
    return taken;
}

/// How far the rows of one take() have come; survives the end of a transaction.
struct ImportWriter::Work {
    /// One number of one row.
    struct Entry {
        PhoneNumber digits;
        std::size_t row = 0;
        std::size_t place = 0;  ///< in `numbers`
    };
    std::vector<Entry> by_number;       ///< sorted by number
    std::vector<NumberId> numbers;      ///< of each row, its first and then its others
    std::vector<std::size_t> first_of;  ///< by row: where its numbers begin
    std::vector<bool> suppressed;       ///< by row
    std::size_t checked = 0;
    std::size_t interned = 0;
    std::size_t inserted = 0;
    ImportCounts counts;

    explicit Work(const std::vector<ImportRow>& rows) : suppressed(rows.size()) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            first_of.push_back(by_number.size());
            by_number.push_back({rows[row].first.number, row, by_number.size()});
            for (const ImportNumber& other : rows[row].others)
                by_number.push_back({other.number, row, by_number.size()});
        }
        numbers.resize(by_number.size());
        std::ranges::sort(by_number, [](const Entry& a, const Entry& b) {
            return a.digits != b.digits ? a.digits < b.digits : a.place < b.place;
        });
    }
};

ImportWriter::ImportWriter(Store::Impl& store, const ImportRequest& request)
    : store_{store}, request_{request} {}

Result<std::unique_ptr<ImportWriter>> ImportWriter::begin(Store::Impl& store,
                                                          const ImportRequest& request) {
    if (store.importing.exchange(true)) {
        return fail(Errc::Conflict, "another import runs: wait for its end");
    }
    std::unique_ptr<ImportWriter> writer{new ImportWriter{store, request}};
    if (auto undone = writer->undo_leftovers(); !undone) {
        return tl::unexpected<Error>{undone.error()};
    }
    if (auto begun = writer->insert_import(); !begun) return tl::unexpected<Error>{begun.error()};
    writer->use_cache(kImportCacheMiB);
    return writer;
}

ImportWriter::~ImportWriter() {
    if (!finished_ && id_ != ImportId{}) {
        // If this fails too (disk full), the next import, or the next start, finds the leftovers.
        const auto marked = store_.writer->run([&](Writer::Context& context) -> Result<void> {
            Statement{context.database, "UPDATE imports SET state = 'FAILED' WHERE id = ?"}
                .run_with(id_);
            return {};
        });
        if (marked) static_cast<void>(undo_leftovers());
    }
    if (id_ != ImportId{}) use_cache(kCacheMiB);
    store_.importing.store(false);
}

/// A help only: should it fail, the store has failed, and says so elsewhere.
void ImportWriter::use_cache(int mebibytes) {
    static_cast<void>(store_.writer->run([&](Writer::Context& context) -> Result<void> {
        set_cache(context.database, mebibytes);
        return {};
    }));
}

Result<void> ImportWriter::insert_import() {
    return store_.writer->run([&](Writer::Context& context) -> Result<void> {
        Database& database = context.database;
        Statement list{database, "SELECT client_id FROM lists WHERE id = ?"};
        if (!list.bind(request_.list).step()) return fail(Errc::NotFound, "there is no such list");
        client_ = list.get<ClientId>(0);
        const std::int64_t first_contact = next_id(database, "contacts");
        Statement{database,
                  "INSERT INTO imports(list_id, client_id, file_name, hash, state, first_contact, "
                  "last_contact, first_number, at) VALUES (?, ?, ?, '', 'RUNNING', ?, ?, ?, ?)"}
            .run_with(request_.list, client_, request_.file.filename().string(), first_contact,
                      first_contact - 1, next_id(database, "numbers"), request_.at);
        id_ = static_cast<ImportId>(database.last_insert_id());
        return {};
    });
}

/// What failed imports left is deleted, a little per transaction.
Result<void> ImportWriter::undo_leftovers() {
    while (true) {
        const auto done = store_.writer->run([](Writer::Context& context) -> Result<bool> {
            Database& database = context.database;
            Statement failed{database,
                             "SELECT id, first_contact, first_number FROM imports "
                             "WHERE state IN ('FAILED', 'RUNNING') ORDER BY id DESC LIMIT 1"};
            if (!failed.step()) return true;
            const auto import = failed.get<ImportId>(0);
            if (undo_some(database, import, failed.get<std::int64_t>(1),
                          failed.get<std::int64_t>(2))) {
                Statement{database, "UPDATE imports SET state = 'UNDONE' WHERE id = ?"}.run_with(
                    import);
            }
            return false;
        });
        if (!done) return tl::unexpected<Error>{done.error()};
        if (*done) return {};
    }
}

Result<ImportCounts> ImportWriter::take(const std::vector<ImportRow>& rows) {
    Work work{rows};
    while (work.inserted < rows.size()) {
        const auto written = store_.writer->run([&](Writer::Context& context) -> Result<void> {
            find_suppressed(context, work);
            if (work.checked == work.by_number.size()) intern_numbers(context, work);
            if (work.interned == work.by_number.size()) insert_contacts(context, rows, work);
            return {};
        });
        if (!written) return tl::unexpected<Error>{written.error()};
    }
    return work.counts;
}

void ImportWriter::find_suppressed(Writer::Context& context, Work& work) const {
    Statement suppressed{context.database,
                         "SELECT 1 FROM suppression WHERE digits = ? "
                         "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"};
    while (work.checked < work.by_number.size()) {
        const Work::Entry& entry = work.by_number[work.checked++];
        if (suppressed.bind(entry.digits.digits(), client_).step())
            work.suppressed[entry.row] = true;
        if (work.checked % kRowsBetweenLooks == 0 && context.others_wait()) return;
    }
}

void ImportWriter::intern_numbers(Writer::Context& context, Work& work) {
    Database& database = context.database;
    Statement known{database, "SELECT id FROM numbers WHERE digits = ?"};
    Statement insert{database, "INSERT INTO numbers(digits) VALUES (?)"};
    while (work.interned < work.by_number.size()) {
        const Work::Entry& entry = work.by_number[work.interned++];
        if (work.suppressed[entry.row]) continue;
        const std::uint64_t digits = entry.digits.digits();
        if (known.bind(digits).step()) {
            work.numbers[entry.place] = known.get<NumberId>(0);
        } else {
            insert.run_with(digits);
            work.numbers[entry.place] = static_cast<NumberId>(database.last_insert_id());
        }
        if (work.interned % kRowsBetweenLooks == 0 && context.others_wait()) return;
    }
}

void ImportWriter::insert_contacts(Writer::Context& context, const std::vector<ImportRow>& rows,
                                   Work& work) {
    DuplicateCheck duplicate{context.database, request_.dedupe, false};
    ContactInserter insert{context.database};
    while (work.inserted < rows.size()) {
        const std::size_t index = work.inserted++;
        const ImportRow& row = rows[index];
        if (work.suppressed[index]) {
            ++work.counts.suppressed;
            continue;
        }
        const std::span numbers{&work.numbers[work.first_of[index]], row.others.size() + 1};
        const bool taken = std::ranges::any_of(numbers, [&](NumberId number) {
            return duplicate.is_taken(client_, request_.list, number);
        });
        if (taken) {
            ++work.counts.duplicate;
        } else {
            insert.add({client_, request_.list, id_, false}, row, numbers);
            ++work.counts.accepted;
        }
        if (work.inserted % kRowsBetweenLooks == 0 && context.others_wait()) return;
    }
}

Result<void> ImportWriter::finish(const ImportReport& report, const std::string& hash) {
    const auto finished = store_.writer->run([&](Writer::Context& context) -> Result<void> {
        Database& database = context.database;
        Statement{
            database,
            "UPDATE imports SET state = 'COMPLETE', hash = ?, last_contact = ?, rows_read = ?, "
            "accepted = ?, duplicate = ?, rejected = ?, suppressed = ? WHERE id = ?"}
            .run_with(hash, next_id(database, "contacts") - 1, report.read, report.accepted,
                      report.duplicate, report.rejected, report.suppressed, id_);
        tell_campaigns(context, request_.list);
        return {};
    });
    finished_ = finished.has_value();
    return finished;
}

}  // namespace bellwether::store
