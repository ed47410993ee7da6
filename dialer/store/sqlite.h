#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/enum_names.h"
#include "base/result.h"
#include "base/time.h"

// SQLite's C API in as few words as the store needs. Errors are SqliteError inside dialer/store,
// and become an Error where a command, query or write ends; none leaves the folder.

namespace bellwether::store {

class SqliteError : public std::runtime_error {
public:
    SqliteError(int code, const std::string& message) : std::runtime_error{message}, code_{code} {}

    [[nodiscard]] int code() const { return code_ & 0xff; }  ///< primary result code
    [[nodiscard]] int extended_code() const { return code_; }
    [[nodiscard]] bool is_constraint() const { return code() == SQLITE_CONSTRAINT; }

private:
    int code_;
};

/// What an operator can do about it. Never quotes data.
[[nodiscard]] Error to_error(const SqliteError& error);

/// One connection; for one thread at a time.
class Database {
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Throws SqliteError. @param vfs  empty: the system's.
    Database(const std::filesystem::path& path, Mode mode, const std::string& vfs = {});

    void execute(const char* sql);  ///< one or more statements without results; throws SqliteError
    [[nodiscard]] std::int64_t last_insert_id() const { return sqlite3_last_insert_rowid(get()); }
    [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(get()); }
    [[nodiscard]] sqlite3* get() const { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsSeconds = false;
template <>
inline constexpr bool kIsSeconds<std::chrono::seconds> = true;

/// Bytes for a column of type BLOB; read back as std::string. Not empty.
struct Blob {
    std::string_view bytes;
};

/// A prepared statement. Enums with written names are stored as text, ids and other enums as
/// integers, UTC times as milliseconds, seconds as integers, an empty optional as NULL. Every
/// method throws SqliteError; a column that does not hold what is asked for throws SQLITE_CORRUPT.
class Statement {
public:
    Statement(Database& database, std::string_view sql);

    /// Starts over with these parameters, in order. Text is copied.
    template <class... Values>
    Statement& bind(const Values&... values) {
        reset();
        int index = 0;
        (bind_at(++index, values), ...);
        return *this;
    }

    [[nodiscard]] bool step();  ///< true: a row is there to be read
    void run();                 ///< to the end, then resets
    void reset();

    /// run() with these parameters.
    template <class... Values>
    void run_with(const Values&... values) {
        bind(values...).run();
    }

    template <class T>
    [[nodiscard]] T get(int column) const;
    [[nodiscard]] bool is_null(int column) const {
        return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
    }

private:
    template <class T>
    void bind_at(int index, const T& value);
    void bind_integer(int index, std::int64_t value);
    void bind_text(int index, std::string_view value);
    void bind_blob(int index, std::string_view value);
    void bind_null(int index);
    [[nodiscard]] std::string_view text(int column) const;
    [[noreturn]] static void wrong_column();

    struct Finalize {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// BEGIN until commit(); a ROLLBACK if that is never reached.
class Transaction {
public:
    enum class Kind { Write, Read };

    Transaction(Database& database, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();  ///< throws SqliteError; the transaction is then rolled back

private:
    Database& database_;
    bool open_ = true;
};

template <class T>
void Statement::bind_at(int index, const T& value) {
    if constexpr (kIsOptional<T>) {
        value ? bind_at(index, *value) : bind_null(index);
    } else if constexpr (std::is_same_v<T, std::nullptr_t>) {
        bind_null(index);
    } else if constexpr (std::is_same_v<T, Blob>) {
        bind_blob(index, value.bytes);
    } else if constexpr (std::is_same_v<T, UtcTime>) {
        bind_integer(index, value.time_since_epoch().count());
    } else if constexpr (kIsSeconds<T>) {
        bind_integer(index, value.count());
    } else if constexpr (std::is_enum_v<T>) {
        if constexpr (kEnumNames<T>.empty()) {
            bind_integer(index, static_cast<std::int64_t>(value));
        } else {
            bind_text(index, name_of(value));
        }
    } else if constexpr (std::is_integral_v<T>) {
        bind_integer(index, static_cast<std::int64_t>(value));
    } else {
        bind_text(index, std::string_view{value});
    }
}

template <class T>
T Statement::get(int column) const {
    if constexpr (kIsOptional<T>) {
        if (is_null(column)) return std::nullopt;
        return get<typename T::value_type>(column);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return std::string{text(column)};
    } else if constexpr (std::is_enum_v<T> && !kEnumNames<T>.empty()) {
        const auto value = enum_from_name<T>(text(column));
        if (!value) wrong_column();
        return *value;
    } else {
        const std::int64_t value = sqlite3_column_int64(handle_.get(), column);
        if constexpr (std::is_same_v<T, UtcTime>) {
            return UtcTime{std::chrono::milliseconds{value}};
        } else if constexpr (kIsSeconds<T>) {
            return std::chrono::seconds{value};
        } else {
            return static_cast<T>(value);
        }
    }
}

/// All rows of a bound query, each made by `read`, a callable Row(const Statement&).
template <class Read>
[[nodiscard]] auto read_all(Statement& query, Read read) {
    std::vector<std::invoke_result_t<Read, const Statement&>> rows;
    while (query.step()) rows.push_back(read(query));
    return rows;
}

/// For columns that refer to another table: an id of 0 names nothing, and is stored as NULL.
template <class Id>
[[nodiscard]] std::optional<Id> or_null(Id id) {
    return id == Id{} ? std::nullopt : std::optional<Id>{id};
}

}  // namespace bellwether::store
