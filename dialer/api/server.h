#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "dialer/api/http.h"

namespace bellwether::api {

struct ServerOptions {
    std::filesystem::path
        socket;  ///< at most 107 bytes; its folder is made with mode 0700 if it is not there
    std::size_t body_bytes_max = std::size_t{4}
                                 << 20;  ///< of a request; larger ones get 413. Files go by path
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t connections_max = 64;  ///< further ones get 503 and are closed
    std::size_t handlers_max = 4;      ///< requests handled at once
    std::size_t long_handlers_max =
        2;  ///< likewise of the long ones, which have threads of their own
    std::chrono::seconds read_timeout{30};   ///< for a whole request, and between requests
    std::chrono::seconds write_timeout{30};  ///< without progress
    /// Requests that may take long (imports, exports): they never keep the others waiting. Empty:
    /// none.
    std::function<bool(const Request&)> is_long;
};

/// HTTP/1.1 on a Unix socket with mode 0600: whoever may open the socket may do everything. Not
/// responsible for what is asked: one Handler answers every well-formed request.
///
/// Threads: one for the sockets, handlers_max + long_handlers_max for the handlers.
class Server {
public:
    struct Counters {
        std::uint64_t requests = 0;
        std::uint64_t refused_connections = 0;  ///< over connections_max
        std::uint64_t malformed = 0;            ///< not HTTP, too large, too slow
    };

    /// Listens. Errors: Conflict: another process listens there, or something else stands there;
    /// Unavailable: the folder or socket cannot be made. A socket that nobody listens on is
    /// replaced.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options,
                                                               Handler handler);

    ~Server();  ///< stop()
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] Counters counters() const;

    /// Takes no more connections, waits for the handlers at work, closes and removes the socket.
    /// Blocks; must not be called from a handler. A second call returns at once.
    void stop();

private:
    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bellwether::api
