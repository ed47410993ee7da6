#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace bellwether::carrier {

/// One thread that runs tasks in the order posted, and timers when they are due. Everything of the
/// practice world that decides runs here, so nothing of it is locked.
///
/// The queue has no limit of its own: a task stands for a SIP message or a sound that the stacks
/// below have already taken, and max_calls bounds those.
class Loop {
public:
    using Clock = std::chrono::steady_clock;
    using Task = std::function<void()>;

    Loop() = default;
    ~Loop();  ///< finish()
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void start();  ///< once; what was posted before waits until then

    void post(Task task);  ///< from any thread; after finish() the task is dropped
    void after(Clock::duration in,
               Task task);  ///< from any thread; equal times run in order of asking

    /// Runs what has been posted, drops the timers and joins. Not from the loop's own thread.
    void finish();

private:
    void run();
    /// Waits for work. False: finished.
    [[nodiscard]] bool next(std::vector<Task>& ready);

    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Task> posted_;
    std::map<std::pair<Clock::time_point, std::uint64_t>, Task> timers_;
    std::uint64_t timers_set_ = 0;
    bool finishing_ = false;
    std::thread thread_;
};

}  // namespace bellwether::carrier
