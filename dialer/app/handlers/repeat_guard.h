#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "dialer/api/http.h"

namespace bellwether::app {

/// Lets a client send a POST again without doing it twice: a request whose Idempotency-Key was seen
/// is answered as the first one was. Remembers the newest kKeysMax answers of this process;
/// requests without a key, other methods, streamed answers and errors pass through. Thread-safe.
class RepeatGuard {
public:
    explicit RepeatGuard(api::Handler handler) : handler_{std::move(handler)} {}

    /// Besides the handler's own: 409 while the first one is at work; 422 when the key came with
    /// another request.
    [[nodiscard]] api::Response handle(const api::Request& request);

    static constexpr std::size_t kKeysMax = 1024;  ///< minutes of a busy client's requests

private:
    struct Seen {
        std::string target;
        std::string body;
        bool done = false;
        api::Response response;
    };

    api::Handler handler_;
    std::mutex mutex_;  ///< guards what follows
    std::map<std::string, Seen> seen_;
    std::deque<std::string> oldest_first_;  ///< keys that are done
};

}  // namespace bellwether::app
