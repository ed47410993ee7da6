#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "dialer/media/frame.h"
#include "dialer/media/recording_file.h"

namespace bellwether::media {

/// What is to be recorded into which file.
struct RecordingOrder {
    enum class What {
        Call,    ///< both sides, left and right; ends with RecordingClosed
        Answer,  ///< what the far end says alone, one channel; ends with AnswerRecorded
    };
    CallId leg{};
    std::filesystem::path file;
    RecordingFormat format = RecordingFormat::Wav;
    What what = What::Call;
};

/// One recording under way: a media thread pushes frames, the record thread writes them.
/// Frames that find the ring full are counted and stand as silence in the file.
class Recording {
public:
    static constexpr std::size_t kRingFrames = 256;  ///< 5 s of a stalled disk

    /// How an answer ended; of no meaning for a call.
    struct Ending {
        AnswerEnd reason = AnswerEnd::Stopped;
        char key = 0;
        std::chrono::milliseconds spoken{};
    };

    ~Recording();

    /// Media thread: 20 ms of each side. Never blocks.
    void push(const Frame& left, const Frame& right) noexcept;
    /// Media thread: 20 ms that are not to be recorded; they stand as silence in the file.
    void push_withheld() noexcept;
    /// Media thread: so many frames were missed because the machine stood still. They count as
    /// lost.
    void skip(std::uint64_t frames) noexcept;
    /// Media thread: nothing follows.
    void finish(const Ending& ending) noexcept;
    void finish() noexcept { finish(Ending{}); }
    [[nodiscard]] std::uint64_t frames_lost() const {
        return lost_.load(std::memory_order_relaxed);
    }

private:
    friend class Recorder;
    struct Slot {
        std::uint64_t number = 0;  // of the frame, counting lost ones
        bool withheld = false;
        std::array<std::int16_t, 2 * kFrameSamples> samples{};
    };

    Recording(RecordingOrder order, RecordingFile file);
    Slot* next_slot() noexcept;          // nullptr, and counted, when the ring is full
    void offer() noexcept;               // what next_slot() gave
    bool write_pending();                // record thread; true when finished and all is written
    void write_frame(const Slot* slot);  // nullptr: a lost frame
    void note(bool is_withheld);
    [[nodiscard]] Event close();

    const RecordingOrder order_;
    RecordingFile file_;
    std::vector<Slot> ring_;
    std::uint64_t pushed_ = 0;         // media thread: frames offered
    Ending ending_;                    // media thread, before finished_
    std::uint64_t written_ = 0;        // record thread: frames in the file
    std::uint64_t header_frames_ = 0;  // record thread: frames its header tells of
    bool withholding_ = false;         // record thread
    bool failed_ = false;              // record thread: reported once; the call goes on
    std::vector<PausedSpan> withheld_;
    alignas(64) std::atomic<std::uint64_t> tail_{0};
    alignas(64) std::atomic<std::uint64_t> head_{0};
    std::atomic<std::uint64_t> lost_{0};
    std::atomic<bool> finished_{false};
};

/// The record thread: writes all recordings every 200 ms, makes their headers true every 2 s,
/// closes the finished.
class Recorder {
public:
    /// Starts the thread; throws std::system_error when there is none to give.
    /// @param events  gets RecordingClosed and AnswerRecorded, on the record thread
    explicit Recorder(std::function<void(Event)> events);
    ~Recorder();  ///< stop()

    /// Creates the file. Any thread. Fails with Unavailable or Conflict, naming the file.
    [[nodiscard]] Result<std::shared_ptr<Recording>> open(RecordingOrder order);

    /// Writes what is there, closes every file, ends the thread. Media threads must have stopped.
    void stop();

private:
    void run();

    std::function<void(Event)> events_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::vector<std::shared_ptr<Recording>> recordings_;
    std::thread thread_;
};

}  // namespace bellwether::media
