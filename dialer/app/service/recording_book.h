#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "dialer/store/recordings.h"
#include "dialer/store/store.h"

namespace bellwether::app {

/// Notes in the store how long recordings are, on a thread of its own: a command of the store waits
/// for the disk, and neither the core thread nor the one that writes recordings may.
class RecordingBook {
public:
    /// @param store  outlives the book
    explicit RecordingBook(store::Store& store);
    ~RecordingBook();  ///< notes what waits

    RecordingBook(const RecordingBook&) = delete;
    RecordingBook& operator=(const RecordingBook&) = delete;

    /// Any thread; does not wait. Logged and not noted: kWaitingMax wait already, or the store has
    /// failed.
    void note(store::WholeRecording recording);

    /// An hour of a house that records a call each second (ours).
    static constexpr std::size_t kWaitingMax = 3600;

private:
    void run();

    store::Store& store_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<store::WholeRecording> waiting_;  ///< guarded by mutex_
    bool stop_ = false;                          ///< guarded by mutex_
    std::thread thread_;                         ///< last: it uses the others
};

}  // namespace bellwether::app
