#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/phone_number.h"
#include "base/result.h"
#include "compliance/evidence/hash.h"

// How a person stands in the log without being named: by a keyed hash, and by the digest of what
// only a key can open. Keys and nonces come from the caller, for a core draws no chance.

namespace bellwether::compliance::evidence {

using SecretKey = std::array<std::uint8_t, 32>;
using Nonce = std::array<std::uint8_t, 24>;  ///< drawn at random: long enough never to repeat

/// BLAKE2b-256 of the E.164 text under a client organisation's key (RFC 7693 §2.9). Without the key
/// it cannot be found by trying all numbers.
[[nodiscard]] Hash subject_of(const SecretKey& client_key, const PhoneNumber& number);

/// XChaCha20-Poly1305: the nonce, then the ciphertext with its tag.
/// @param context  what the sealed bytes belong to; must be the same to open them.
[[nodiscard]] std::string seal(const SecretKey& key, const Nonce& nonce, std::string_view plain,
                               std::string_view context);
/// Errors: Corrupt: another key or context, or changed bytes.
[[nodiscard]] Result<std::string> open_sealed(const SecretKey& key, std::string_view sealed,
                                              std::string_view context);

}  // namespace bellwether::compliance::evidence
