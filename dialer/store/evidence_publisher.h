#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "compliance/evidence/checkpoint.h"
#include "compliance/evidence/tiles.h"
#include "dialer/store/evidence_config.h"
#include "dialer/store/evidence_keys.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Writes tiles and checkpoints as static files, on a thread of its own: a checkpoint each second
/// with news, or each 1,000 leaves. What it writes can be made again from the table, but the
/// checkpoints: they are what the log is held to.
class EvidencePublisher {
public:
    /// Rebuilds the tree from the table and holds it to the last checkpoint.
    /// Errors: Corrupt, naming the first record that differs from what was signed or is missing.
    /// Throws SqliteError.
    [[nodiscard]] static Result<std::unique_ptr<EvidencePublisher>> open(
        EvidenceConfig config, EvidenceKeys& keys, const std::filesystem::path& store,
        const std::string& vfs, Database& database);
    ~EvidencePublisher();
    EvidencePublisher(const EvidencePublisher&) = delete;
    EvidencePublisher& operator=(const EvidencePublisher&) = delete;

    /// Publishes what is new, then ends. Called while the writer's connection is still open: the
    /// last one to close takes the write-ahead log into the file, and must be able to write.
    void close();

    /// So many leaves are durable. Called by the writer after its commit; does not block for long.
    void grown(std::uint64_t size);

    /// Publishes what is durable now; the newest checkpoint's note. Blocks. Errors: those of files.
    [[nodiscard]] Result<std::string> publish();
    [[nodiscard]] EvidenceStatus status();

    /// Hashes of the published tree. Thread-safe; waits while a checkpoint is written.
    [[nodiscard]] evidence::TileSource tiles();
    [[nodiscard]] const std::filesystem::path& folder() const { return config_.folder; }

    static constexpr std::chrono::milliseconds kNewsWithin{1'000};
    static constexpr std::uint64_t kLeavesMax = 1'000;  ///< between two checkpoints under load
    /// Leaves that an opening hashes again: about 0.4 s. Those before are held to the tiles'
    /// hashes.
    static constexpr std::uint64_t kRecheckMax = 100'000;

private:
    EvidencePublisher(EvidenceConfig config, EvidenceKeys& keys, std::filesystem::path store,
                      std::string vfs);

    [[nodiscard]] Result<void> recover(Database& database);
    [[nodiscard]] Result<void> replay(Database& database,
                                      const std::optional<evidence::Checkpoint>& last);
    [[nodiscard]] Error first_difference(Database& database,
                                         const evidence::Checkpoint& last) const;
    [[nodiscard]] Result<std::vector<evidence::Hash>> read_tile(unsigned level, std::uint64_t index,
                                                                std::size_t width) const;
    [[nodiscard]] bool read_newest_tile(std::uint64_t size) const;
    void loop();
    [[nodiscard]] Result<void> take_new_leaves();
    [[nodiscard]] Result<void> write_tiles();
    [[nodiscard]] Result<void> write_checkpoint();
    [[nodiscard]] Result<void> publish_locked();
    void send_copies(const std::string& note);

    EvidenceConfig config_;
    EvidenceKeys& keys_;
    const std::filesystem::path store_;
    const std::string vfs_;

    std::mutex publishing_;  ///< guards the files and what follows
    evidence::TileBuilder builder_;
    std::optional<Database> database_;
    std::uint64_t published_ = 0;
    bool are_tiles_lost_ = false;  ///< they are to be written again, whatever is new
    std::string note_;
    std::string fault_;
    std::string copy_fault_;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::uint64_t durable_ = 0;  ///< guarded by mutex_
    std::uint64_t taken_ = 0;    ///< under a checkpoint; guarded by mutex_
    bool stopping_ = false;      ///< guarded by mutex_
    std::thread thread_;
};

}  // namespace bellwether::store
