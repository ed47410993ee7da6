#include "simulator/carrier/stop_signals.h"

#include <unistd.h>

namespace bellwether::carrier {
namespace {

constexpr int kInterrupted =
    130;  // what shells report for SIGINT; the design's code for "interrupted"

void end_at_once(int) { _exit(kInterrupted); }

}  // namespace

StopSignals::StopSignals() {
    sigemptyset(&watched_);
    sigaddset(&watched_, SIGTERM);
    sigaddset(&watched_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &watched_, &before_);
}

StopSignals::~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

bool StopSignals::wait(std::chrono::milliseconds at_most) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at_most);
    timespec limit{};
    limit.tv_sec = seconds.count();
    limit.tv_nsec = std::chrono::nanoseconds{at_most - seconds}.count();
    return sigtimedwait(&watched_, nullptr, &limit) > 0;
}

void StopSignals::next_one_kills() {
    struct sigaction action {};
    action.sa_handler = end_at_once;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    pthread_sigmask(SIG_UNBLOCK, &watched_, nullptr);
}

}  // namespace bellwether::carrier
