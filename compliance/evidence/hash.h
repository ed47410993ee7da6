#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bellwether::compliance::evidence {

/// A SHA-256 digest.
using Hash = std::array<std::uint8_t, 32>;

[[nodiscard]] Hash sha256(std::string_view bytes);

/// RFC 9162 §2.1.1: leaves and nodes are hashed apart, so that none passes for the other.
[[nodiscard]] Hash leaf_hash(std::string_view record);
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

/// Lower case.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
/// None: not exactly 64 hexadecimal digits of lower case.
[[nodiscard]] std::optional<Hash> hash_from_hex(std::string_view text);

/// RFC 4648 §4, with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// The digest's bytes as text, for what takes text.
[[nodiscard]] inline std::string_view bytes_of(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace bellwether::compliance::evidence
