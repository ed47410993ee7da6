#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "base/time.h"

namespace bellwether::app {

/// Deletes every recording (WAV or FLAC, also of spoken answers) under `folder` that was made
/// longer ago than `keep_for`; one that is still being written has another name and stays. Each
/// deletion and each failure is logged.
/// @return how many were deleted
int delete_old_recordings(const std::filesystem::path& folder, std::chrono::hours keep_for,
                          UtcTime now);

/// Does that at once, and then every hour until it is destroyed, on a thread of its own.
class RecordingRetention {
public:
    /// @param keep_for  > 0
    /// @param is_held  asked before each round, on the thread: true puts it off, whole
    RecordingRetention(std::filesystem::path folder, std::chrono::hours keep_for,
                       std::function<bool()> is_held);
    ~RecordingRetention();

    RecordingRetention(const RecordingRetention&) = delete;
    RecordingRetention& operator=(const RecordingRetention&) = delete;

private:
    void run();

    const std::filesystem::path folder_;
    const std::chrono::hours keep_for_;
    const std::function<bool()> is_held_;
    std::mutex mutex_;
    std::condition_variable stopping_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace bellwether::app
