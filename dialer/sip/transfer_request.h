#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellwether::sip {

/// The user part of a URI as it stands in a header value: `"A" <sip:+12025550100@192.0.2.1;x=y>`
/// gives +12025550100; tel: URIs too. Empty: there is none. Pure, takes any bytes.
[[nodiscard]] std::string uri_user(std::string_view header_value);

/// The Call-ID in the headers part of a Refer-To URI, `Replaces=id%40host%3Bto-tag%3D…`
/// (RFC 3891 §6); nullopt: it replaces nothing. Pure, takes any bytes.
[[nodiscard]] std::optional<std::string> replaced_call_id(std::string_view uri_headers);

}  // namespace bellwether::sip
