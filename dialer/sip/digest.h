#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bellwether::sip {

// Digest access authentication (RFC 7616, RFC 2617) as arithmetic on text: no sockets, no state.

enum class DigestAlgorithm { Md5, Sha256 };

/// Lower-case hex digest: 32 digits for MD5, 64 for SHA-256. Cannot fail.
[[nodiscard]] std::string digest_hex(DigestAlgorithm algorithm, std::string_view text);

/// H(user:realm:password), the secret of an account. Source: RFC 7616 §3.4.2.
[[nodiscard]] std::string digest_ha1(DigestAlgorithm algorithm, std::string_view user,
                                     std::string_view realm, std::string_view password);

/// The HA1 of a -sess algorithm: H(HA1:nonce:cnonce). Source: RFC 7616 §3.4.2.
[[nodiscard]] std::string digest_session_ha1(DigestAlgorithm algorithm, std::string_view ha1,
                                             std::string_view nonce, std::string_view cnonce);

/// What one response is computed over. Quotes are not part of any value.
struct DigestInput {
    std::string_view method;
    std::string_view uri;  ///< exactly as written in the header
    std::string_view nonce;
    std::string_view qop;  ///< "auth", or empty: the old form without nc and cnonce
    std::string_view nc;   ///< eight hex digits
    std::string_view cnonce;
};

/// The response value. Source: RFC 7616 §3.4.1; qop auth-int is not supported.
[[nodiscard]] std::string digest_response(DigestAlgorithm algorithm, std::string_view ha1,
                                          const DigestInput& input);

/// Compares in time that depends on the lengths only.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

/// `bytes` random bytes from the system's generator, as lower-case hex.
[[nodiscard]] std::string random_hex(std::size_t bytes);

/// 32 random bits from the same generator.
[[nodiscard]] std::uint32_t random_bits();

/// HMAC-SHA-256 as lower-case hex.
[[nodiscard]] std::string hmac_hex(std::string_view key, std::string_view text);

[[nodiscard]] std::string hex_encode(std::string_view bytes);

}  // namespace bellwether::sip
