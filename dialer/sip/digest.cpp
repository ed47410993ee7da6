#include "dialer/sip/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <vector>

#include "base/check.h"
#include "dialer/sip/sip_endpoint.h"

namespace bellwether::sip {
namespace {

using Sum = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string_view as_text(const unsigned char* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const auto part : parts) {
        text += part;
        text += ':';
    }
    text.pop_back();
    return text;
}

}  // namespace

std::string hex_encode(std::string_view bytes) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 15U];
    }
    return hex;
}

std::string digest_hex(DigestAlgorithm algorithm, std::string_view text) {
    const EVP_MD* kind = algorithm == DigestAlgorithm::Md5 ? EVP_md5() : EVP_sha256();
    Sum sum{};
    unsigned size = 0;
    BW_CHECK(EVP_Digest(text.data(), text.size(), sum.data(), &size, kind, nullptr) == 1);
    return hex_encode(as_text(sum.data(), size));
}

std::string digest_ha1(DigestAlgorithm algorithm, std::string_view user, std::string_view realm,
                       std::string_view password) {
    return digest_hex(algorithm, join({user, realm, password}));
}

std::string digest_session_ha1(DigestAlgorithm algorithm, std::string_view ha1,
                               std::string_view nonce, std::string_view cnonce) {
    return digest_hex(algorithm, join({ha1, nonce, cnonce}));
}

std::string digest_response(DigestAlgorithm algorithm, std::string_view ha1,
                            const DigestInput& input) {
    const std::string ha2 = digest_hex(algorithm, join({input.method, input.uri}));
    if (input.qop.empty()) return digest_hex(algorithm, join({ha1, input.nonce, ha2}));
    return digest_hex(algorithm, join({ha1, input.nonce, input.nc, input.cnonce, input.qop, ha2}));
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_hex(std::size_t bytes) {
    std::vector<unsigned char> raw(bytes);
    BW_CHECK(RAND_bytes(raw.data(), static_cast<int>(raw.size())) == 1);
    return hex_encode(as_text(raw.data(), raw.size()));
}

std::uint32_t random_bits() {
    std::array<unsigned char, 4> raw{};
    BW_CHECK(RAND_bytes(raw.data(), static_cast<int>(raw.size())) == 1);
    std::uint32_t bits = 0;
    for (const unsigned char byte : raw) bits = bits << 8U | byte;
    return bits;
}

std::string hmac_hex(std::string_view key, std::string_view text) {
    Sum sum{};
    unsigned size = 0;
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    BW_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data, text.size(),
                  sum.data(), &size) != nullptr);
    return hex_encode(as_text(sum.data(), size));
}

std::string ha1_md5(std::string_view user, std::string_view realm, std::string_view password) {
    return digest_ha1(DigestAlgorithm::Md5, user, realm, password);
}

}  // namespace bellwether::sip
