#pragma once

#include <pthread.h>
#include <signal.h>

#include <string>
#include <thread>
#include <utility>

namespace bellwether::media {

/// A thread with a name (at most 15 characters) that takes no signals: those are for the program's
/// main thread. Throws std::system_error when the system has no thread to give.
template <class Body>
[[nodiscard]] std::thread named_thread(const std::string& name, Body body) {
    // The mask is inherited, so it is set here and put back whatever happens.
    struct BlockedSignals {
        sigset_t before{};
        BlockedSignals() {
            sigset_t all;
            sigfillset(&all);
            pthread_sigmask(SIG_SETMASK, &all, &before);
        }
        ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before, nullptr); }
    };
    const BlockedSignals blocked;
    std::thread thread{std::move(body)};
    pthread_setname_np(thread.native_handle(), name.c_str());
    return thread;
}

}  // namespace bellwether::media
