#include "dialer/app/service/recording_book.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace bellwether::app {

RecordingBook::RecordingBook(store::Store& store) : store_{store}, thread_{[this] { run(); }} {}

RecordingBook::~RecordingBook() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void RecordingBook::note(store::WholeRecording recording) {
    {
        const std::lock_guard lock{mutex_};
        if (waiting_.size() >= kWaitingMax) {
            spdlog::error("recording_length_not_noted file={} reason=\"the store is too slow\"",
                          recording.file);
            return;
        }
        waiting_.push_back(std::move(recording));
    }
    wake_.notify_one();
}

void RecordingBook::run() {
    std::unique_lock lock{mutex_};
    while (true) {
        wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const store::WholeRecording recording = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        if (const auto kept = store::keep_recording(store_, recording); !kept)
            spdlog::error("recording_length_not_noted file={} reason=\"{}\"", recording.file,
                          kept.error().detail);
        lock.lock();
    }
}

}  // namespace bellwether::app
