#include "dialer/app/files/json_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace bellwether::app {

std::string iso_time(UtcTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto rest = (time - seconds).count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}+00:00",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), rest);
}

Json iso_time(const std::optional<UtcTime>& time) {
    return time ? Json(iso_time(*time)) : Json(nullptr);
}

api::Response json_response(const Json& body, int status) {
    // Names and files are the users' bytes: what is not UTF-8 is replaced, never thrown at us.
    return {status,
            "application/json",
            body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n",
            {}};
}

std::string text_member(const Json& body, const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool flag_member(const Json& body, const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_boolean() && found->get<bool>();
}

}  // namespace bellwether::app
