#include "dialer/app/handlers/router.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cctype>
#include <exception>
#include <optional>
#include <utility>

#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"

namespace bellwether::app {

namespace {

using Strings = std::vector<std::string>;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// A malformed %XX stands as it is.
std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

/// What stood for the {} of the pattern; none if the path is another.
std::optional<Strings> match(std::string_view pattern, std::string_view path) {
    const auto wanted = split(pattern, '/');
    const auto given = split(path, '/');
    if (wanted.size() != given.size()) return std::nullopt;
    Strings names;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == "{}") {
            names.push_back(percent_decoded(given[i]));
            if (names.back().empty()) return std::nullopt;
        } else if (wanted[i] != given[i]) {
            return std::nullopt;
        }
    }
    return names;
}

std::map<std::string, std::string> read_query(std::string_view text) {
    std::map<std::string, std::string> query;
    if (text.empty()) return query;
    for (const auto pair : split(text, '&')) {
        const auto equals = pair.find('=');
        const auto value =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        query[percent_decoded(pair.substr(0, equals))] = percent_decoded(value);
    }
    return query;
}

std::string_view path_of(const std::string& target) {
    return std::string_view{target}.substr(0, target.find('?'));
}

struct Found {
    const Route* route = nullptr;
    Strings names;
    bool other_method = false;  ///< the path is there, for another method
};

Found find_route(const api::Request& request) {
    Found found;
    for (const Route& candidate : routes()) {
        auto names = match(candidate.pattern, path_of(request.target));
        if (!names) continue;
        if (request.method == candidate.method) return {&candidate, *std::move(names), false};
        found.other_method = true;
    }
    return found;
}

api::Response run(Backend& backend, const Route& route, const Call& call) {
    // The libraries below throw (JSON on a wrong type, memory): one request fails, the service goes
    // on.
    try {
        const auto own = names_its_own(backend, call);
        return own ? route.handler(backend, call) : api::problem(own.error());
    } catch (const std::exception& error) {
        spdlog::error("handler_failed route=\"{} {}\" reason=\"{}\"", route.method, route.pattern,
                      error.what());
        return api::http_problem(500, "CORRUPT",
                                 "this request failed inside the service: see its log");
    }
}

}  // namespace

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        out += plain ? std::string(1, c)
                     : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return out;
}

bool is_long_request(const api::Request& request) {
    const Found found = find_route(request);
    return found.route != nullptr && found.route->is_long;
}

api::Response route(Backend& backend, const api::Request& request) {
    Found found = find_route(request);
    if (found.route == nullptr && found.other_method) {
        return api::http_problem(405, "INVALID_INPUT", request.method + " is not for this path");
    }
    if (found.route == nullptr)
        return api::http_problem(404, "NOT_FOUND", "there is nothing at this path");

    const auto mark = request.target.find('?');
    Call call{found.route->pattern, std::move(found.names), {}, Json::object()};
    if (mark != std::string::npos)
        call.query = read_query(std::string_view{request.target}.substr(mark + 1));
    if (!request.body.empty()) {
        call.body = Json::parse(request.body, nullptr, false);
        if (!call.body.is_object())
            return api::http_problem(400, "INVALID_INPUT", "the body is not a JSON object");
    }
    return run(backend, *found.route, call);
}

}  // namespace bellwether::app
