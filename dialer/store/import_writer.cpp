#include "dialer/store/import_writer.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "dialer/store/opening.h"

namespace bellwether::store {

namespace {

// About 10 to 20 ms of the writer's time: what the engine may have to wait for an import.
constexpr std::size_t kRowsBetweenLooks = 1'000;

constexpr std::int64_t kUndoneAtOnce = 5'000;  // rows; likewise

/// Deletes up to kUndoneAtOnce rows of an import that failed; true when none are left.
bool undo_some(Database& database, ImportId import, std::int64_t first_contact,
               std::int64_t first_number) {
    Statement{database,
              "DELETE FROM contacts WHERE id IN "
              "(SELECT id FROM contacts WHERE id >= ? AND import_id = ? LIMIT ?)"}
        .run_with(first_contact, import, kUndoneAtOnce);
    if (database.changes() > 0) return false;
    Statement{database,
              "DELETE FROM numbers WHERE id IN (SELECT n.id FROM numbers n WHERE n.id >= ? "
              "AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.number_id = n.id) "
              "AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.number_id = n.id) LIMIT ?)"}
        .run_with(first_number, kUndoneAtOnce);
    return database.changes() == 0;
}

std::int64_t next_id(Database& database, const char* table) {
    Statement query{database, "SELECT seq + 1 FROM sqlite_sequence WHERE name = ?"};
    return query.bind(std::string_view{table}).step() ? query.get<std::int64_t>(0) : 1;
}

}  // namespace

std::string duplicate_condition(DedupeScope scope) {
    switch (scope) {
        case DedupeScope::List:
            return "c.number_id = ?4 AND c.list_id = ?2";
        case DedupeScope::Campaign:
            return "c.number_id = ?4 AND c.client_id = ?1 AND (c.list_id = ?2 OR "
                   "c.list_id IN (SELECT p.list_id FROM campaigns p WHERE p.client_id = ?1))";
        case DedupeScope::All:
            return "c.number_id = ?4 AND c.client_id = ?1";
    }
    BW_CHECK(scope == DedupeScope::List);
    return {};
}

/// How far the rows of one take() have come; survives the end of a transaction.
struct ImportWriter::Work {
    std::vector<std::size_t> by_number;  ///< indexes into the rows, sorted by number
    std::vector<NumberId> numbers;       ///< of each row; 0: suppressed
    std::size_t interned = 0;
    std::size_t inserted = 0;
    ImportCounts counts;
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
    Work work;
    work.by_number.resize(rows.size());
    work.numbers.resize(rows.size());
    std::iota(work.by_number.begin(), work.by_number.end(), std::size_t{0});
    std::sort(work.by_number.begin(), work.by_number.end(), [&](std::size_t a, std::size_t b) {
        return rows[a].number != rows[b].number ? rows[a].number < rows[b].number : a < b;
    });
    while (work.inserted < rows.size()) {
        const auto written = store_.writer->run([&](Writer::Context& context) -> Result<void> {
            intern_numbers(context, rows, work);
            if (work.interned == rows.size()) insert_contacts(context, rows, work);
            return {};
        });
        if (!written) return tl::unexpected<Error>{written.error()};
    }
    return work.counts;
}

void ImportWriter::intern_numbers(Writer::Context& context, const std::vector<ImportRow>& rows,
                                  Work& work) {
    Database& database = context.database;
    Statement suppressed{database,
                         "SELECT 1 FROM suppression WHERE digits = ? "
                         "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"};
    Statement known{database, "SELECT id FROM numbers WHERE digits = ?"};
    Statement insert{database, "INSERT INTO numbers(digits) VALUES (?)"};
    while (work.interned < rows.size()) {
        const std::size_t index = work.by_number[work.interned++];
        const std::uint64_t digits = rows[index].number.digits();
        if (suppressed.bind(digits, client_).step()) continue;
        if (known.bind(digits).step()) {
            work.numbers[index] = known.get<NumberId>(0);
        } else {
            insert.run_with(digits);
            work.numbers[index] = static_cast<NumberId>(database.last_insert_id());
        }
        if (work.interned % kRowsBetweenLooks == 0 && context.others_wait()) return;
    }
}

void ImportWriter::insert_contacts(Writer::Context& context, const std::vector<ImportRow>& rows,
                                   Work& work) {
    Database& database = context.database;
    Statement insert{database,
                     "INSERT INTO contacts(client_id, list_id, import_id, number_id, external_id, "
                     "first_name, last_name, language, extra, file_row) "
                     "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 "
                     "WHERE NOT EXISTS (SELECT 1 FROM contacts c WHERE " +
                         duplicate_condition(request_.dedupe) + ")"};
    while (work.inserted < rows.size()) {
        const std::size_t index = work.inserted++;
        const ImportRow& row = rows[index];
        if (work.numbers[index] == NumberId{}) {
            ++work.counts.suppressed;
            continue;
        }
        insert.run_with(client_, request_.list, id_, work.numbers[index], row.external_id,
                        row.first_name, row.last_name, row.language, row.extra, row.row);
        database.changes() == 1 ? ++work.counts.accepted : ++work.counts.duplicate;
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
        Statement campaigns{database, "SELECT id FROM campaigns WHERE list_id = ? ORDER BY id"};
        campaigns.bind(request_.list);
        while (campaigns.step()) {
            context.events.emplace_back(engine::ContactsAdded{campaigns.get<CampaignId>(0)});
        }
        return {};
    });
    finished_ = finished.has_value();
    return finished;
}

}  // namespace bellwether::store
