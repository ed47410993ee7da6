#include "dialer/store/checkpointer.h"

#include <utility>

namespace bellwether::store {

namespace {

// In pages of 4 KiB. 8 MiB: small enough to be copied in a moment. 64 MiB (16,384 pages, scale.md
// 2a): the log starts over only when a checkpoint has caught up with it while nobody writes, which
// under constant load only the writer itself can bring about.
constexpr int kPagesToCheckpoint = 2'048;
constexpr int kPagesMax = 16'384;

// A checkpoint that fails (disk full, busy) leaves the log as it is: nothing is lost, and the next
// tries again.
void checkpoint(Database& database) {
    sqlite3_wal_checkpoint_v2(database.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

}  // namespace

Checkpointer::Checkpointer(std::filesystem::path path, std::string vfs)
    : path_{std::move(path)}, vfs_{std::move(vfs)}, thread_{[this] { loop(); }} {}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Checkpointer::watch(Database& writer) {
    sqlite3_wal_hook(writer.get(), &Checkpointer::note_log_size, this);
}

int Checkpointer::note_log_size(void* self, sqlite3*, const char*, int pages) {
    static_cast<Checkpointer*>(self)->log_pages_ = pages;
    return SQLITE_OK;
}

void Checkpointer::committed(Database& writer) {
    if (log_pages_ < kPagesToCheckpoint) return;
    if (log_pages_ >= kPagesMax) {
        checkpoint(writer);
        return;
    }
    {
        const std::lock_guard lock{mutex_};
        due_ = true;
    }
    wake_.notify_one();
}

void Checkpointer::loop() {
    std::optional<Database> database;
    std::unique_lock lock{mutex_};
    while (true) {
        wake_.wait(lock, [this] { return due_ || stopping_; });
        if (stopping_) return;
        due_ = false;
        lock.unlock();
        try {
            if (!database) database.emplace(path_, Database::Mode::ReadWrite, vfs_);
            checkpoint(*database);
        } catch (const SqliteError&) {
            database.reset();  // the writer's own checkpoint stands in
        }
        lock.lock();
    }
}

}  // namespace bellwether::store
