#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "dialer/api/http.h"

namespace bellwether::api {

/// The written name of an error's kind, "NOT_FOUND", as it stands in the `code` of a problem.
[[nodiscard]] std::string_view code_name(Errc code);
[[nodiscard]] std::optional<Errc> code_from_name(std::string_view name);

/// The HTTP status that goes with it: 422, 404, 409, 403, 503, 507 or 500.
[[nodiscard]] int status_of(Errc code);

/// One fault of an input file: where and what.
struct Fault {
    std::string file;
    int line = 0;  ///< 0: the file as a whole
    std::string detail;
};

/// An error as application/problem+json (RFC 9457): type, title, status, detail, code and, for
/// input files, every fault.
[[nodiscard]] Response problem(const Error& error, const std::vector<Fault>& faults = {});

/// An error of the exchange itself, before any handler: 400, 405, 408, 413, 503…
[[nodiscard]] Response http_problem(int status, std::string_view code, std::string_view detail);

/// What a problem says, read back; a body that is none gives Unavailable with the status.
struct ReadProblem {
    Error error;
    std::vector<Fault> faults;
};
[[nodiscard]] ReadProblem read_problem(const Response& response);

}  // namespace bellwether::api
