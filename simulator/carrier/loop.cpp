#include "simulator/carrier/loop.h"

namespace bellwether::carrier {

Loop::~Loop() { finish(); }

void Loop::start() {
    thread_ = std::thread{[this] { run(); }};
}

void Loop::post(Task task) {
    {
        const std::lock_guard lock{mutex_};
        if (finishing_) return;
        posted_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void Loop::after(Clock::duration in, Task task) {
    const auto at = Clock::now() + in;
    {
        const std::lock_guard lock{mutex_};
        if (finishing_) return;
        timers_.emplace(std::pair{at, timers_set_++}, std::move(task));
    }
    wake_.notify_one();
}

void Loop::finish() {
    {
        const std::lock_guard lock{mutex_};
        finishing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool Loop::next(std::vector<Task>& ready) {
    std::unique_lock lock{mutex_};
    while (true) {
        const auto now = Clock::now();
        ready.swap(posted_);
        while (!finishing_ && !timers_.empty() && timers_.begin()->first.first <= now) {
            ready.push_back(std::move(timers_.begin()->second));
            timers_.erase(timers_.begin());
        }
        if (!ready.empty()) return true;
        if (finishing_) return false;
        if (timers_.empty()) {
            wake_.wait(lock);
        } else {
            wake_.wait_until(lock, timers_.begin()->first.first);
        }
    }
}

void Loop::run() {
    std::vector<Task> ready;
    while (next(ready)) {
        for (const Task& task : ready) task();
        ready.clear();
    }
}

}  // namespace bellwether::carrier
