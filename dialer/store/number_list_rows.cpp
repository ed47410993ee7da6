#include "dialer/store/number_list_rows.h"

#include "dialer/store/records.h"

namespace bellwether::store {
namespace {

constexpr const char* kVersionColumns =
    "v.id, v.list_id, v.format, v.source, v.licence, v.retrieved_day, v.sha256, v.rows_read, "
    "v.accepted, v.duplicate, v.rejected, v.numbers, v.adds, v.deletes, v.file, v.changes_file, "
    "v.override_reason, v.override_by, v.signature, v.actor, v.active_from, v.active_to ";

NumberListVersion read_version(const Statement& row) {
    NumberListVersion version;
    version.id = row.get<NumberListVersionId>(0);
    version.list = row.get<NumberListId>(1);
    version.format = row.get<ListFormat>(2);
    version.source = row.get<std::string>(3);
    version.licence = row.get<std::string>(4);
    version.retrieved = std::chrono::sys_days{std::chrono::days{row.get<std::int64_t>(5)}};
    version.sha256 = row.get<std::string>(6);
    version.counts = {row.get<std::int64_t>(7),  row.get<std::int64_t>(8),
                      row.get<std::int64_t>(9),  row.get<std::int64_t>(10),
                      row.get<std::int64_t>(11), row.get<std::int64_t>(12),
                      row.get<std::int64_t>(13)};
    version.file = row.get<std::string>(14);
    version.changes_file = row.get<std::string>(15);
    if (!row.is_null(16)) {
        version.shrink_override = {row.get<std::string>(16), row.get<std::string>(17),
                                   row.get<std::string>(18)};
    }
    version.actor = row.get<std::string>(19);
    version.active_from = row.get<UtcTime>(20);
    version.active_to = row.get<std::optional<UtcTime>>(21);
    return version;
}

constexpr int kVersionWidth = 22;  // columns of kVersionColumns

}  // namespace

std::vector<NumberListRecord> read_number_lists(Database& database) {
    Statement query{database, std::string{"SELECT "} + kVersionColumns +
                                  ", l.id, l.client_id, l.name, l.kind, (SELECT count(*) FROM "
                                  "number_list_versions o WHERE o.list_id = l.id) "
                                  "FROM number_lists l JOIN number_list_versions v "
                                  "ON v.list_id = l.id AND v.active_to IS NULL ORDER BY l.id"};
    return read_all(query.bind(), [](const Statement& row) {
        NumberListRecord record;
        record.version = read_version(row);
        record.id = row.get<NumberListId>(kVersionWidth);
        record.client = row.get<ClientId>(kVersionWidth + 1);
        record.name = row.get<std::string>(kVersionWidth + 2);
        record.kind = row.get<ListKind>(kVersionWidth + 3);
        record.versions = row.get<std::int64_t>(kVersionWidth + 4);
        return record;
    });
}

std::vector<NumberListVersion> read_number_list_versions(Database& database, NumberListId list) {
    Statement query{database, std::string{"SELECT "} + kVersionColumns +
                                  "FROM number_list_versions v WHERE v.list_id = ? "
                                  "ORDER BY v.id DESC"};
    return read_all(query.bind(list), read_version);
}

std::vector<std::string> read_number_files(Database& database) {
    Statement query{database,
                    "SELECT file FROM number_list_versions UNION "
                    "SELECT changes_file FROM number_list_versions WHERE changes_file <> ''"};
    return read_all(query.bind(), [](const Statement& row) { return row.get<std::string>(0); });
}

void write_number_list_version(Database& database, NumberListRecord& record) {
    NumberListVersion& version = record.version;
    if (record.id == NumberListId{}) {
        Statement{database, "INSERT INTO number_lists(client_id, name, kind) VALUES (?, ?, ?)"}
            .run_with(record.client, record.name, record.kind);
        record.id = static_cast<NumberListId>(database.last_insert_id());
    }
    Statement{database,
              "UPDATE number_list_versions SET active_to = ? WHERE list_id = ? "
              "AND active_to IS NULL"}
        .run_with(version.active_from, record.id);
    const NumberListCounts& counts = version.counts;
    const auto& answers = version.shrink_override;
    Statement{database,
              "INSERT INTO number_list_versions(list_id, client_id, format, source, licence, "
              "retrieved_day, sha256, rows_read, accepted, duplicate, rejected, numbers, adds, "
              "deletes, file, changes_file, override_reason, override_by, signature, actor, "
              "active_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"}
        .run_with(record.id, record.client, version.format, version.source, version.licence,
                  static_cast<std::int64_t>(version.retrieved.time_since_epoch().count()),
                  version.sha256, counts.rows_read, counts.accepted, counts.duplicate,
                  counts.rejected, counts.numbers, counts.adds, counts.deletes, version.file,
                  version.changes_file, answers ? std::optional{answers->reason} : std::nullopt,
                  answers ? std::optional{answers->by} : std::nullopt,
                  answers ? answers->signature : std::string{}, version.actor, version.active_from);
    version.id = static_cast<NumberListVersionId>(database.last_insert_id());
    version.list = record.id;
    ++record.versions;
}

}  // namespace bellwether::store
