#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Read-only connections, lent to one query at a time. Each is opened when first needed and kept.
class Readers {
public:
    Readers(std::filesystem::path path, std::string vfs);

    /// Runs `body`, a callable Result<T>(Database&), in a read transaction: it sees one moment of
    /// the store. Waits while kConnectionsMax queries run. Thread-safe.
    template <class Body>
    [[nodiscard]] std::invoke_result_t<Body, Database&> query(Body body) {
        try {
            Lease lease{*this};
            const Transaction transaction{*lease.database, Transaction::Kind::Read};
            return body(*lease.database);
        } catch (const SqliteError& error) {
            const Error reported = to_error(error);
            return fail(reported.code, reported.detail);
        }
    }

    /// Closes what is not lent. Before the writer's connection closes: the last one to close takes
    /// the write-ahead log into the file, and one that only reads cannot. Thread-safe.
    void close_idle();

    static constexpr int kConnectionsMax = 4;  ///< each may hold 2 MB of cache

private:
    struct Lease {
        explicit Lease(Readers& lender);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        Readers& readers;
        std::unique_ptr<Database> database;
    };

    [[nodiscard]] std::unique_ptr<Database> take();
    void give_back(std::unique_ptr<Database> database);

    std::filesystem::path path_;
    std::string vfs_;

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Database>> idle_;  ///< guarded by mutex_
    int lent_ = 0;                                 ///< guarded by mutex_
};

}  // namespace bellwether::store
