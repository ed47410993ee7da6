#include "dialer/sip/transfer_request.h"

#include "dialer/sip/sip_text.h"

namespace bellwether::sip {

std::string uri_user(std::string_view header_value) {
    // What stands before the bracket is a name for people, and may hold anything.
    const auto bracket = header_value.rfind('<');
    auto uri = trimmed(bracket == std::string_view::npos ? header_value
                                                         : header_value.substr(bracket + 1));
    const auto colon = uri.find(':');
    if (colon == std::string_view::npos) return {};
    const auto scheme = uri.substr(0, colon);
    uri = uri.substr(colon + 1);
    const bool is_tel = equal_ignoring_case(scheme, "tel");
    if (!is_tel && !equal_ignoring_case(scheme, "sip") && !equal_ignoring_case(scheme, "sips"))
        return {};
    const auto end = uri.find_first_of(is_tel ? ";>" : "@>");
    if (!is_tel && (end == std::string_view::npos || uri[end] != '@')) return {};
    auto user = uri.substr(0, end);
    return unescape_user(user.substr(0, user.find(';')));
}

std::optional<std::string> replaced_call_id(std::string_view uri_headers) {
    constexpr std::string_view kName = "Replaces";
    while (!uri_headers.empty()) {
        const auto end = uri_headers.find('&');
        const auto header = uri_headers.substr(0, end);
        uri_headers =
            end == std::string_view::npos ? std::string_view{} : uri_headers.substr(end + 1);
        const auto equals = header.find('=');
        if (!equal_ignoring_case(header.substr(0, equals), kName)) continue;
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string value = unescape_user(header.substr(equals + 1));
        const std::string id = value.substr(0, value.find(';'));
        if (id.empty()) return std::nullopt;
        return id;
    }
    return std::nullopt;
}

}  // namespace bellwether::sip
