#include "compliance/evidence/hash.h"

#include <sodium.h>

#include <algorithm>

namespace bellwether::compliance::evidence {

namespace {

constexpr std::uint8_t kLeaf = 0x00;
constexpr std::uint8_t kNode = 0x01;

constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL;

}  // namespace

Hash sha256(std::string_view bytes) {
    Hash digest;
    crypto_hash_sha256(digest.data(), bytes_of(bytes), bytes.size());
    return digest;
}

Hash leaf_hash(std::string_view record) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &kLeaf, 1);
    crypto_hash_sha256_update(&state, bytes_of(record), record.size());
    Hash digest;
    crypto_hash_sha256_final(&state, digest.data());
    return digest;
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 65> both;
    both[0] = kNode;
    std::copy(left.begin(), left.end(), both.begin() + 1);
    std::copy(right.begin(), right.end(), both.begin() + 33);
    Hash digest;
    crypto_hash_sha256(digest.data(), both.data(), both.size());
    return digest;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();  // the ending zero
    return text;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    Hash hash;
    if (!plain || text.size() != hash.size() * 2) return std::nullopt;
    sodium_hex2bin(hash.data(), hash.size(), text.data(), text.size(), nullptr, nullptr, nullptr);
    return hash;
}

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), kBase64);
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    auto* const out = reinterpret_cast<unsigned char*>(bytes.data());
    const int code = sodium_base642bin(out, bytes.size(), text.data(), text.size(), nullptr,
                                       &length, nullptr, kBase64);
    if (code != 0) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

}  // namespace bellwether::compliance::evidence
