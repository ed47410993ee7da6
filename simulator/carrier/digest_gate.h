#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bellwether::carrier {

/// What a client must have hashed for its answer to a challenge.
struct DigestFacts {
    std::string_view user;
    std::string_view realm;
    std::string_view password;
    std::string_view method;
    std::string_view uri;
    std::string_view nonce;
    std::string_view nonce_count;   ///< "nc"; used with qop=auth only
    std::string_view client_nonce;  ///< "cnonce"
    bool qop_auth;
};

/// The response of RFC 2617 §3.2.2 with MD5: 32 lower-case hex digits. Written apart from
/// dialer/sip on purpose: the practice carrier judges the dialer's arithmetic with its own.
[[nodiscard]] std::string digest_response(const DigestFacts& facts);

/// Challenges INVITEs as a carrier does, by 407 with MD5 and qop=auth.
class DigestGate {
public:
    struct Secret {
        std::string user;
        std::string password;
        std::string realm;
    };
    /// @param seed  of the nonces; a practice world's nonces must differ, not surprise.
    DigestGate(Secret secret, std::uint64_t seed) : secret_{std::move(secret)}, seed_{seed} {}

    /// Value of a Proxy-Authenticate header with a fresh nonce.
    [[nodiscard]] std::string challenge();

    /// Fails with Refused, saying what is wrong, never what was sent: not a digest, another user or
    /// realm, a nonce that is not ours, an algorithm that was not offered, a wrong response.
    [[nodiscard]] Result<void> check(std::string_view authorization, std::string_view method) const;

private:
    [[nodiscard]] std::string nonce(std::uint64_t serial) const;
    [[nodiscard]] bool is_ours(std::string_view nonce) const;

    Secret secret_;
    std::uint64_t seed_;
    std::uint64_t issued_ = 0;
};

}  // namespace bellwether::carrier
