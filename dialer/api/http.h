#pragma once

#include <functional>
#include <string>

namespace bellwether::api {

/// One request as the router sees it; the same whether it came over the socket or from the command
/// line of this very process. Phone numbers and secrets travel in the body, never in the target.
struct Request {
    std::string method = "GET";
    std::string target = "/";     ///< path and query, percent-encoded
    std::string body;             ///< JSON, or empty
    std::string idempotency_key;  ///< of the Idempotency-Key header; empty: none
};

/// What is answered. `body` comes first; then, for answers too large to hold, whatever `more`
/// yields.
struct Response {
    int status = 200;  ///< HTTP status, 200..599
    std::string content_type = "application/json";
    std::string body;
    /// Fills its argument with the next piece and returns true; false at the end. Empty: `body` is
    /// all. Called on the thread that ran the handler, until it returns false or the peer is gone.
    std::function<bool(std::string&)> more;
};

/// Answers one request. May be called from several threads at once; must not throw.
using Handler = std::function<Response(const Request&)>;

/// Receives a response's body piece by piece.
using BodySink = std::function<void(const std::string&)>;

}  // namespace bellwether::api
