#pragma once

#include <map>
#include <string>
#include <vector>

#include "dialer/api/http.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// One request, taken apart for its handler.
struct Call {
    std::string_view path;
    std::vector<std::string> names;            ///< what stood for each {} of the route, decoded
    std::map<std::string, std::string> query;  ///< decoded
    Json body;                                 ///< an object; empty if the request had no body

    [[nodiscard]] std::string query_value(const std::string& key) const {
        const auto found = query.find(key);
        return found == query.end() ? std::string{} : found->second;
    }
};

using CallHandler = api::Response (*)(Backend& backend, const Call& call);

/// A request that a handler answers. `{}` in the pattern stands for one part of the path.
struct Route {
    const char* method;
    const char* pattern;
    CallHandler handler;
    bool is_long = false;  ///< may take more than a moment: imports, exports
};

/// Every route of the API; docs/guide/api.md lists them.
[[nodiscard]] const std::vector<Route>& routes();

/// The one code path of all commands: the service's HTTP server calls it, and so does the command
/// line itself when no service runs.
[[nodiscard]] api::Response route(Backend& backend, const api::Request& request);

/// For api::ServerOptions.
[[nodiscard]] bool is_long_request(const api::Request& request);

/// A part of a path or query with what URLs reserve written as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace bellwether::app
