#include "dialer/app/service/recording_retention.h"

#include <spdlog/spdlog.h>

#include <system_error>
#include <utility>
#include <vector>

#include "dialer/app/service/utc_now.h"
#include "dialer/media/retention.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;

constexpr auto kEvery = std::chrono::hours{1};

/// When a file was last written: a recording, when its call ended.
std::chrono::seconds written_at(const fs::directory_entry& entry) {
    std::error_code error;
    const auto at = std::chrono::file_clock::to_sys(entry.last_write_time(error));
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch());
}

std::vector<media::KeptRecording> recordings_in(const fs::path& folder) {
    std::vector<media::KeptRecording> found;
    std::error_code error;
    for (fs::recursive_directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error)) {
        const auto kind = entry->path().extension();
        if ((kind == ".wav" || kind == ".flac") && entry->is_regular_file(error))
            found.push_back({.file = entry->path(), .made = written_at(*entry)});
    }
    if (error) spdlog::error("recordings_unreadable reason=\"{}\"", error.message());
    return found;
}

}  // namespace

int delete_old_recordings(const fs::path& folder, std::chrono::hours keep_for, UtcTime now) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
    const auto old = media::expired(recordings_in(folder), {.keep_for = keep_for}, seconds);
    int deleted = 0;
    for (const auto& deletion : media::delete_recordings(folder, old)) {
        if (deletion.outcome == media::Deletion::Outcome::Kept) {
            spdlog::error("recording_not_deleted file={} reason=\"{}\"", deletion.file.string(),
                          deletion.detail);
            continue;
        }
        spdlog::info("recording_deleted file={} bytes={}", deletion.file.string(), deletion.bytes);
        ++deleted;
    }
    return deleted;
}

RecordingRetention::RecordingRetention(fs::path folder, std::chrono::hours keep_for,
                                       std::function<bool()> is_held)
    : folder_{std::move(folder)},
      keep_for_{keep_for},
      is_held_{std::move(is_held)},
      thread_{[this] { run(); }} {}

RecordingRetention::~RecordingRetention() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    stopping_.notify_one();
    thread_.join();
}

void RecordingRetention::run() {
    std::unique_lock lock{mutex_};
    while (!stop_) {
        lock.unlock();
        if (is_held_()) {
            spdlog::warn("recordings_kept reason=\"a legal hold is in force\"");
        } else {
            delete_old_recordings(folder_, keep_for_, utc_now());
        }
        lock.lock();
        stopping_.wait_for(lock, kEvery, [this] { return stop_; });
    }
}

}  // namespace bellwether::app
