#pragma once

#include <chrono>
#include <csignal>

namespace bellwether::carrier {

/// SIGTERM and SIGINT as something to wait for. Blocks both in the calling thread, and so in every
/// thread started afterwards; undone at the end.
class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Waits for a signal, at most so long. True: one came.
    [[nodiscard]] bool wait(std::chrono::milliseconds at_most);

    /// From now on a signal ends the process at once with status 130: whoever signals twice does
    /// not want to wait for peers to hang up.
    void next_one_kills();

private:
    sigset_t watched_{};
    sigset_t before_{};
};

}  // namespace bellwether::carrier
