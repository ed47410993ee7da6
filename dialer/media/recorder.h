#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"
#include "dialer/media/frame.h"

namespace bellwether::media {

/// One recording under way: a media thread pushes frames, the record thread writes them.
/// Frames that find the ring full are counted and stand as silence in the file.
class Recording {
public:
    static constexpr std::size_t kRingFrames = 256;  ///< 5 s of a stalled disk

    ~Recording();

    /// Media thread: 20 ms of each side. Never blocks.
    void push(const Frame& left, const Frame& right) noexcept;
    /// Media thread: nothing follows.
    void finish() noexcept { finished_.store(true, std::memory_order_release); }
    [[nodiscard]] std::uint64_t frames_lost() const {
        return lost_.load(std::memory_order_relaxed);
    }

private:
    friend class Recorder;
    struct Slot {
        std::uint64_t number = 0;  // of the frame, counting lost ones
        std::array<std::int16_t, 2 * kFrameSamples> samples{};
    };
    struct File;

    explicit Recording(std::unique_ptr<File> file);
    bool write_pending();  // record thread; true when finished and all is written
    void write_samples(const std::int16_t* samples);

    std::unique_ptr<File> file_;
    std::vector<Slot> ring_;
    std::uint64_t pushed_ = 0;   // media thread: frames offered
    std::uint64_t written_ = 0;  // record thread: frames in the file
    alignas(64) std::atomic<std::uint64_t> tail_{0};
    alignas(64) std::atomic<std::uint64_t> head_{0};
    std::atomic<std::uint64_t> lost_{0};
    std::atomic<bool> finished_{false};
};

/// The record thread: writes all recordings every 200 ms, closes the finished.
class Recorder {
public:
    Recorder();   ///< starts the thread; throws std::system_error when there is none to give
    ~Recorder();  ///< stop()

    /// Creates a stereo 16-bit 8 kHz WAV. Any thread. Fails with Unavailable, naming the file.
    [[nodiscard]] Result<std::shared_ptr<Recording>> open(const std::filesystem::path& file);

    /// Writes what is there, closes every file, ends the thread. Media threads must have stopped.
    void stop();

private:
    void run();
    void write_all();

    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::vector<std::shared_ptr<Recording>> recordings_;
    std::thread thread_;
};

}  // namespace bellwether::media
