#include "dialer/store/import_rehearsal.h"

#include "dialer/store/import_writer.h"

namespace bellwether::store {

namespace {

Database make_seen() {
    Database seen{"", Database::Mode::ReadWrite};  // an empty name: SQLite's private temporary file
    seen.execute("CREATE TABLE seen(digits INTEGER PRIMARY KEY) STRICT; BEGIN");
    return seen;
}

}  // namespace

Result<std::unique_ptr<ImportRehearsal>> ImportRehearsal::begin(Store::Impl& store,
                                                                const ImportRequest& request) {
    return store.readers.query([&](Database& database) -> Result<std::unique_ptr<ImportRehearsal>> {
        Statement list{database, "SELECT client_id FROM lists WHERE id = ?"};
        if (!list.bind(request.list).step()) return fail(Errc::NotFound, "there is no such list");
        return std::unique_ptr<ImportRehearsal>{
            new ImportRehearsal{store, request, list.get<ClientId>(0)}};
    });
}

ImportRehearsal::ImportRehearsal(Store::Impl& store, const ImportRequest& request, ClientId client)
    : store_{store},
      request_{request},
      client_{client},
      seen_{make_seen()},
      note_{seen_, "INSERT INTO seen(digits) VALUES (?) ON CONFLICT DO NOTHING"} {}

Result<ImportCounts> ImportRehearsal::take(const std::vector<ImportRow>& rows) {
    return store_.readers.query([&](Database& database) -> Result<ImportCounts> {
        Statement suppressed{database,
                             "SELECT 1 FROM suppression WHERE digits = ? "
                             "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"};
        Statement known{database, "SELECT id FROM numbers WHERE digits = ?"};
        Statement duplicate{database,
                            "SELECT 1 FROM imports i JOIN contacts c ON c.import_id = i.id "
                            "WHERE i.state = 'COMPLETE' AND " +
                                duplicate_condition(request_.dedupe)};
        ImportCounts counts;
        for (const ImportRow& row : rows) {
            const std::uint64_t digits = row.number.digits();
            if (suppressed.bind(digits, client_).step()) {
                ++counts.suppressed;
                continue;
            }
            note_.run_with(digits);
            const bool repeated = seen_.changes() == 0;
            const bool present =
                known.bind(digits).step() &&
                duplicate.bind(client_, request_.list, nullptr, known.get<NumberId>(0)).step();
            repeated || present ? ++counts.duplicate : ++counts.accepted;
        }
        return counts;
    });
}

}  // namespace bellwether::store
