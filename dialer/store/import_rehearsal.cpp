#include "dialer/store/import_rehearsal.h"

#include <algorithm>

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
      note_{seen_, "INSERT INTO seen(digits) VALUES (?)"},
      is_seen_{seen_, "SELECT 1 FROM seen WHERE digits = ?"} {}

Result<ImportCounts> ImportRehearsal::take(const std::vector<ImportRow>& rows) {
    return store_.readers.query([&](Database& database) -> Result<ImportCounts> {
        Statement suppressed{database,
                             "SELECT 1 FROM suppression WHERE digits = ? "
                             "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"};
        Statement known{database, "SELECT id FROM numbers WHERE digits = ?"};
        DuplicateCheck duplicate{database, request_.dedupe, true};
        const auto is_suppressed = [&](PhoneNumber number) {
            return suppressed.bind(number.digits(), client_).step();
        };
        const auto is_taken = [&](PhoneNumber number) {
            return is_seen_.bind(number.digits()).step() ||
                   (known.bind(number.digits()).step() &&
                    duplicate.is_taken(client_, request_.list, known.get<NumberId>(0)));
        };
        ImportCounts counts;
        std::vector<PhoneNumber> numbers;
        for (const ImportRow& row : rows) {
            numbers.assign(1, row.first.number);
            for (const ImportNumber& other : row.others) numbers.push_back(other.number);
            if (std::ranges::any_of(numbers, is_suppressed)) {
                ++counts.suppressed;
            } else if (std::ranges::any_of(numbers, is_taken)) {
                ++counts.duplicate;
            } else {
                for (const PhoneNumber number : numbers) note_.run_with(number.digits());
                ++counts.accepted;
            }
        }
        return counts;
    });
}

}  // namespace bellwether::store
