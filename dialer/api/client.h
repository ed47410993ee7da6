#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>

#include "base/result.h"
#include "dialer/api/http.h"

namespace bellwether::api {

struct ClientOptions {
    std::filesystem::path socket;
    std::chrono::seconds connect_timeout{5};
    std::optional<std::chrono::seconds> answer_timeout{
        30};                                 ///< until the answer begins; none: as long as it takes
    std::chrono::seconds stall_timeout{60};  ///< without a byte of a begun answer
    /// Called whenever an answer has not begun for another `tell_every`, with the time since the
    /// request was sent. Empty: nobody is told.
    std::function<void(std::chrono::seconds)> still_waiting;
    std::chrono::seconds tell_every{10};
};

/// Does somebody listen on this socket?
[[nodiscard]] bool is_listening(const std::filesystem::path& socket);

/// One request and its answer, whatever its status. Blocks.
/// @param sink  receives the body of a 2xx answer piece by piece; `body` of the result is then
/// empty. Empty:
///              the whole body is in the result.
/// Errors: Unavailable: nobody listens, or no answer in time, or the connection broke.
[[nodiscard]] Result<Response> exchange(const ClientOptions& options, const Request& request,
                                        const BodySink& sink = {});

}  // namespace bellwether::api
