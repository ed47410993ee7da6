#pragma once

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/time.h"
#include "dialer/api/http.h"

namespace bellwether::app {

/// Keys keep the order in which they are written: tables show them in it.
using Json = nlohmann::ordered_json;

/// "2026-03-01T09:30:00.250+00:00"
[[nodiscard]] std::string iso_time(UtcTime time);
[[nodiscard]] Json iso_time(const std::optional<UtcTime>& time);  ///< or null

/// Ids are strings in JSON (JavaScript's numbers end at 2^53); the id that names nothing is null.
template <class Id>
[[nodiscard]] Json id_json(Id id) {
    const auto value = value_of(id);
    return value == 0 ? Json(nullptr) : Json(std::to_string(value));
}

template <class E>
[[nodiscard]] Json enum_json(const std::optional<E>& value) {
    return value ? Json(name_of(*value)) : Json(nullptr);
}

template <class Id>
[[nodiscard]] std::optional<Id> id_from_text(std::string_view text) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value == 0) return std::nullopt;
    return Id{value};
}

[[nodiscard]] api::Response json_response(const Json& body, int status = 200);

// Members of a request's body. Each is the type's empty value when the member is absent; of another
// type: as absent (the handler says what it misses).
[[nodiscard]] std::string text_member(const Json& body, const char* key);
[[nodiscard]] bool flag_member(const Json& body, const char* key);

}  // namespace bellwether::app
