#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dialer/sip/digest.h"

namespace bellwether::sip {

/// The value of `name` in a list of parameters such as `realm="a b"` or `stale=true`, without its
/// quotes. Names compare without regard to case; the first one wins. nullopt: absent.
[[nodiscard]] std::optional<std::string_view> digest_param(std::span<const std::string_view> params,
                                                           std::string_view name);

/// Whether a comma-separated list holds `token`, whole and without regard to case. The stack's own
/// search finds "auth" inside "auth-int", which is why this exists.
[[nodiscard]] bool list_has_token(std::string_view list, std::string_view token);

/// One usable Digest challenge.
struct DigestChallenge {
    DigestAlgorithm algorithm = DigestAlgorithm::Md5;
    bool session = false;  ///< a -sess algorithm
    bool qop_auth = false;
    bool stale = false;
    std::string_view realm;
    std::string_view nonce;
    std::optional<std::string_view> opaque;
};

/// Reads the parameters of one Digest challenge; the result views into them. nullopt: one we cannot
/// or will not answer (another algorithm, auth-int only, no nonce, or a value that could break out
/// of its quotes).
[[nodiscard]] std::optional<DigestChallenge> parse_challenge(
    std::span<const std::string_view> params);

/// Whether `a` should be answered rather than `b`: SHA-256 before MD5, plain before -sess.
[[nodiscard]] bool stronger(const DigestChallenge& a, const DigestChallenge& b);

/// The name as it stands in a header: "SHA-256-sess".
[[nodiscard]] std::string_view algorithm_name(DigestAlgorithm algorithm, bool session);

}  // namespace bellwether::sip
