#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dialer/sip/sip_event.h"

namespace bellwether::sip {

// Small rules about the text of SIP messages. All are pure and cannot fail.

[[nodiscard]] std::string_view trimmed(
    std::string_view text);  ///< without blanks and tabs around it
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);  ///< ASCII

/// Whether `text` can stand in a header value: no CR, LF or NUL, which would start another header.
[[nodiscard]] bool safe_in_header(std::string_view text);

/// Whether `name` is a header name (RFC 3261 token).
[[nodiscard]] bool is_header_name(std::string_view name);

/// `user` with every character that is not plain in the user part of a SIP URI written as %XX.
[[nodiscard]] std::string escape_user(std::string_view user);

/// The reverse; a broken escape stays as it is.
[[nodiscard]] std::string unescape_user(std::string_view text);

/// "Name: value" lines for the stack, in order; a pair that is not safe is left out.
[[nodiscard]] std::string header_lines(const Headers& headers);

/// Whether a number may be dialed: it starts with one of the prefixes. No prefixes: never.
[[nodiscard]] bool destination_allowed(std::string_view e164,
                                       std::span<const std::string> prefixes);

/// Whether `text` is 32 lower-case hex digits.
[[nodiscard]] bool is_md5_hex(std::string_view text);

/// Bytes from an even number of hex digits; nullopt otherwise.
[[nodiscard]] std::optional<std::string> hex_decode(std::string_view hex);

}  // namespace bellwether::sip
