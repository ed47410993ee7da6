#include "compliance/evidence/sealing.h"

#include <sodium.h>

namespace bellwether::compliance::evidence {

namespace {

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == std::tuple_size_v<SecretKey>);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == std::tuple_size_v<Nonce>);
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* writable(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

Hash subject_of(const SecretKey& client_key, const PhoneNumber& number) {
    const std::string text = number.e164();
    Hash digest;
    crypto_generichash(digest.data(), digest.size(), bytes_of(text), text.size(), client_key.data(),
                       client_key.size());
    return digest;
}

std::string seal(const SecretKey& key, const Nonce& nonce, std::string_view plain,
                 std::string_view context) {
    std::string cipher(plain.size() + kTagBytes, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(writable(cipher), nullptr, bytes_of(plain),
                                               plain.size(), bytes_of(context), context.size(),
                                               nullptr, nonce.data(), key.data());
    return std::string{bytes_of(nonce)} + cipher;
}

Result<std::string> open_sealed(const SecretKey& key, std::string_view sealed,
                                std::string_view context) {
    constexpr std::size_t kNonceBytes = std::tuple_size_v<Nonce>;
    if (sealed.size() < kNonceBytes + kTagBytes)
        return fail(Errc::Corrupt, "what was sealed is too short");
    const std::string_view cipher = sealed.substr(kNonceBytes);
    std::string plain(cipher.size() - kTagBytes, '\0');
    const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
        writable(plain), nullptr, nullptr, bytes_of(cipher), cipher.size(), bytes_of(context),
        context.size(), bytes_of(sealed), key.data());
    if (code != 0) return fail(Errc::Corrupt, "what was sealed does not open with this key");
    return plain;
}

}  // namespace bellwether::compliance::evidence
