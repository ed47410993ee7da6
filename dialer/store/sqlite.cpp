#include "dialer/store/sqlite.h"

namespace bellwether::store {

namespace {

// A reader of the file (a backup, somebody's sqlite3 shell) may hold it for a moment.
constexpr int kBusyTimeoutMs = 5'000;

[[noreturn]] void throw_error(sqlite3* handle, int code) {
    throw SqliteError{code, handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code)};
}

}  // namespace

Error to_error(const SqliteError& error) {
    switch (error.code()) {
        case SQLITE_FULL:
            return {Errc::Exhausted,
                    "the disk that holds the store is full: make room, then start again"};
        case SQLITE_NOMEM:
            return {Errc::Exhausted, "no memory left for the store"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {Errc::Corrupt,
                    "the store's file is damaged: keep a copy of it, restore the last backup, and "
                    "check "
                    "the disk"};
        case SQLITE_IOERR:
            return {Errc::Unavailable, "the disk that holds the store reports an error (" +
                                           std::string{sqlite3_errstr(error.extended_code())} +
                                           "): check the disk, then start again"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Errc::Conflict, "another program keeps the store's file locked: close it"};
        case SQLITE_ABORT:
            return {Errc::Conflict, error.what()};
        case SQLITE_CONSTRAINT:
            if (error.extended_code() == SQLITE_CONSTRAINT_FOREIGNKEY) {
                return {Errc::NotFound, "it refers to something that the store does not have"};
            }
            return {Errc::Conflict, std::string{"the store has it already: "} + error.what()};
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {Errc::Unavailable,
                    "the store's file cannot be opened for writing: check that its folder exists "
                    "and who "
                    "owns it"};
        default:
            return {Errc::Corrupt, std::string{"the store refused a statement: "} + error.what()};
    }
}

Database::Database(const std::filesystem::path& path, Mode mode, const std::string& vfs) {
    const int access =
        mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    // One thread at a time uses a connection, so SQLite's own mutexes are not needed.
    const int code = sqlite3_open_v2(path.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX,
                                     vfs.empty() ? nullptr : vfs.c_str());
    handle_.reset(handle);
    if (code != SQLITE_OK) throw_error(handle, code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
}

void Database::execute(const char* sql) {
    const int code = sqlite3_exec(get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_error(get(), code);
}

Statement::Statement(Database& database, std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(database.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) throw_error(database.get(), code);
}

bool Statement::step() {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3* const handle = sqlite3_db_handle(handle_.get());
    const SqliteError error{code, sqlite3_errmsg(handle)};
    sqlite3_reset(handle_.get());
    throw error;
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() { sqlite3_reset(handle_.get()); }

void Statement::bind_integer(int index, std::int64_t value) {
    const int code = sqlite3_bind_int64(handle_.get(), index, value);
    if (code != SQLITE_OK) throw_error(sqlite3_db_handle(handle_.get()), code);
}

void Statement::bind_text(int index, std::string_view value) {
    // A null pointer would be stored as NULL, and an empty view may hold one.
    const char* const data = value.data() != nullptr ? value.data() : "";
    const int code = sqlite3_bind_text64(handle_.get(), index, data, value.size(), SQLITE_TRANSIENT,
                                         SQLITE_UTF8);
    if (code != SQLITE_OK) throw_error(sqlite3_db_handle(handle_.get()), code);
}

void Statement::bind_blob(int index, std::string_view value) {
    const int code =
        sqlite3_bind_blob64(handle_.get(), index, value.data(), value.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) throw_error(sqlite3_db_handle(handle_.get()), code);
}

void Statement::bind_null(int index) {
    const int code = sqlite3_bind_null(handle_.get(), index);
    if (code != SQLITE_OK) throw_error(sqlite3_db_handle(handle_.get()), code);
}

std::string_view Statement::text(int column) const {
    const auto* const data = sqlite3_column_text(handle_.get(), column);
    if (data == nullptr) wrong_column();
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return {reinterpret_cast<const char*>(data), size};
}

void Statement::wrong_column() {
    throw SqliteError{SQLITE_CORRUPT, "a column does not hold what the schema says"};
}

Transaction::Transaction(Database& database, Kind kind) : database_{database} {
    database_.execute(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself after an error; then there is nothing left to end.
    if (open_ && sqlite3_get_autocommit(database_.get()) == 0) {
        sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace bellwether::store
