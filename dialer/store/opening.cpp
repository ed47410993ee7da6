#include "dialer/store/opening.h"

#include <chrono>

#include "dialer/store/talk_writer.h"

namespace bellwether::store {

namespace {

// design.md §9: ready within 0.3 to 1 s with a million leads; this is the share of the check.
constexpr std::chrono::milliseconds kDamageCheckMax{200};
constexpr int kStepsBetweenLooks = 10'000;  // of SQLite's machine: about 0.1 ms

using Clock = std::chrono::steady_clock;

int is_over(void* deadline) {
    return Clock::now() >= *static_cast<const Clock::time_point*>(deadline) ? 1 : 0;
}

UtcTime now_utc() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
}

}  // namespace

void prepare_for_writing(Database& database) {
    database.execute("PRAGMA journal_mode = WAL");
    database.execute("PRAGMA synchronous = FULL");
    database.execute("PRAGMA foreign_keys = ON");
    // From the first row on: a page that was split or freed before an erasure keeps no copy.
    database.execute("PRAGMA secure_delete = ON");
    database.execute("PRAGMA wal_autocheckpoint = 0");  // the checkpointer's work
    set_cache(database, kCacheMiB);
    database.execute("PRAGMA temp_store = MEMORY");
}

void set_cache(Database& database, int mebibytes) {
    const std::string size = "PRAGMA cache_size = -" + std::to_string(mebibytes * 1024);
    database.execute(size.c_str());
    database.execute("PRAGMA shrink_memory");
}

Result<void> check_for_damage(Database& database) {
    Clock::time_point deadline = Clock::now() + kDamageCheckMax;
    sqlite3_progress_handler(database.get(), kStepsBetweenLooks, is_over, &deadline);
    bool sound = true;
    try {
        Statement check{database, "PRAGMA quick_check(1)"};
        sound = check.step() && check.get<std::string>(0) == "ok";
    } catch (const SqliteError& error) {
        const bool out_of_time = error.code() == SQLITE_INTERRUPT;
        sqlite3_progress_handler(database.get(), 0, nullptr, nullptr);
        if (!out_of_time) throw;
    }
    sqlite3_progress_handler(database.get(), 0, nullptr, nullptr);
    if (!sound) {
        const Error error = to_error(SqliteError{SQLITE_CORRUPT, "quick_check"});
        return fail(error.code, error.detail);
    }
    return {};
}

Epoch begin_epoch(Database& database, const std::string& owner) {
    Transaction transaction{database, Transaction::Kind::Write};
    Statement{database,
              "INSERT INTO epochs(epoch, owner, at) "
              "SELECT ifnull(max(epoch), 0) + 1, ?, ? FROM epochs"}
        .run_with(owner, now_utc());
    const auto epoch = static_cast<Epoch>(database.last_insert_id());
    database.execute(
        "UPDATE campaign_contacts SET state = iif(attempts = 0, 'NEW', 'RETRY'), "
        "due_at = 0, claim_owner = NULL, claim_epoch = NULL "
        "WHERE claim_epoch IS NOT NULL AND state = 'CLAIMED'");
    Statement{database,
              "UPDATE campaign_contacts SET claim_owner = ?, claim_epoch = ? "
              "WHERE claim_epoch IS NOT NULL"}
        .run_with(owner, epoch);
    Statement{database,
              "UPDATE attempts INDEXED BY attempts_live_number SET holder_epoch = ? "
              "WHERE ended_at IS NULL"}
        .run_with(epoch);
    settle_lost_inbound(database, epoch, now_utc());
    database.execute("UPDATE imports SET state = 'FAILED' WHERE state = 'RUNNING'");
    transaction.commit();
    return epoch;
}

std::uint64_t next_journal_seq(Database& database) {
    Statement last{database, "SELECT ifnull(max(seq), 0) + 1 FROM journal"};
    return last.step() ? last.get<std::uint64_t>(0) : 1;
}

}  // namespace bellwether::store
