#include "dialer/api/problem_json.h"

#include <array>
#include <nlohmann/json.hpp>

namespace bellwether::api {

namespace {

struct Kind {
    Errc code;
    std::string_view name;
    std::string_view title;
    int status;
};

constexpr std::array<Kind, 7> kKinds{{
    {Errc::InvalidInput, "INVALID_INPUT", "The input is wrong", 422},
    {Errc::NotFound, "NOT_FOUND", "Not found", 404},
    {Errc::Conflict, "CONFLICT", "The present state forbids it", 409},
    {Errc::Refused, "REFUSED", "A rule forbids it", 403},
    {Errc::Unavailable, "UNAVAILABLE", "Cannot be reached", 503},
    {Errc::Exhausted, "EXHAUSTED", "No room left", 507},
    {Errc::Corrupt, "CORRUPT", "A file is damaged", 500},
}};

const Kind& kind_of(Errc code) {
    for (const Kind& kind : kKinds) {
        if (kind.code == code) return kind;
    }
    return kKinds.back();
}

Response respond(int status, nlohmann::ordered_json body) {
    // Not all texts are ours (file names, SIP phrases): what is not UTF-8 is replaced, never thrown
    // at us.
    return {status,
            "application/problem+json",
            body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n",
            {}};
}

std::string text_of(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<Fault> faults_of(const nlohmann::json& body) {
    std::vector<Fault> faults;
    const auto list = body.find("errors");
    if (list == body.end() || !list->is_array()) return faults;
    for (const auto& entry : *list) {
        if (!entry.is_object()) continue;
        const auto line = entry.find("line");
        const bool has_line = line != entry.end() && line->is_number_integer();
        faults.push_back(
            {text_of(entry, "file"), has_line ? line->get<int>() : 0, text_of(entry, "detail")});
    }
    return faults;
}

}  // namespace

std::string_view code_name(Errc code) { return kind_of(code).name; }

std::optional<Errc> code_from_name(std::string_view name) {
    for (const Kind& kind : kKinds) {
        if (kind.name == name) return kind.code;
    }
    return std::nullopt;
}

int status_of(Errc code) { return kind_of(code).status; }

Response problem(const Error& error, const std::vector<Fault>& faults) {
    const Kind& kind = kind_of(error.code);
    nlohmann::ordered_json body{{"type", "about:blank"},
                                {"title", kind.title},
                                {"status", kind.status},
                                {"detail", error.detail},
                                {"code", kind.name}};
    for (const Fault& fault : faults) {
        body["errors"].push_back(
            {{"file", fault.file}, {"line", fault.line}, {"detail", fault.detail}});
    }
    return respond(kind.status, std::move(body));
}

Response http_problem(int status, std::string_view code, std::string_view detail) {
    return respond(status, {{"type", "about:blank"},
                            {"title", "The request cannot be served"},
                            {"status", status},
                            {"detail", detail},
                            {"code", code}});
}

ReadProblem read_problem(const Response& response) {
    const auto body = nlohmann::json::parse(response.body, nullptr, false);
    if (body.is_object()) {
        const auto code = code_from_name(text_of(body, "code"));
        const Errc fallback = response.status >= 500 ? Errc::Unavailable : Errc::InvalidInput;
        return {{code.value_or(fallback), text_of(body, "detail")}, faults_of(body)};
    }
    return {
        {Errc::Unavailable, "the service answered with status " + std::to_string(response.status)},
        {}};
}

}  // namespace bellwether::api
