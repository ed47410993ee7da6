#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Copies committed pages from the write-ahead log into the file, on a thread and connection of its
/// own, so that no commit waits for it (scale.md 2a: it is what makes the slowest commits).
class Checkpointer {
public:
    Checkpointer(std::filesystem::path path, std::string vfs);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// Makes `writer` report the size of its log here instead of checkpointing by itself.
    void watch(Database& writer);

    /// Called by the writer after a commit, on its thread.
    void committed(Database& writer);

private:
    void loop();
    static int note_log_size(void* self, sqlite3*, const char*, int pages);

    std::filesystem::path path_;
    std::string vfs_;

    int log_pages_ = 0;  ///< as of the writer's last commit; the writer's thread only

    std::mutex mutex_;
    std::condition_variable wake_;
    bool due_ = false;       ///< guarded by mutex_
    bool stopping_ = false;  ///< guarded by mutex_
    std::thread thread_;
};

}  // namespace bellwether::store
