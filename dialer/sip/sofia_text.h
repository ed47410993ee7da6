#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellwether::sip {

// Private to dialer/sip: the library's C strings as views. A null pointer becomes an empty view,
// because any header of a foreign message may be missing.

[[nodiscard]] inline std::string_view text_of(const char* text) {
    return text != nullptr ? std::string_view{text} : std::string_view{};
}

using Params = std::vector<std::string_view>;

/// A null-terminated array of parameters, such as msg_auth_t::au_params.
[[nodiscard]] inline Params params_of(const char* const* params) {
    Params views;
    for (; params != nullptr && *params != nullptr; ++params) views.emplace_back(*params);
    return views;
}

[[nodiscard]] inline std::string_view strip_quotes(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);
    }
    return text;
}

}  // namespace bellwether::sip
