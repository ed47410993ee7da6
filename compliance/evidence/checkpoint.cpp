#include "compliance/evidence/checkpoint.h"

#include <sodium.h>

#include <charconv>
#include <utility>

#include "base/check.h"

namespace bellwether::compliance::evidence {

namespace {

constexpr char kEd25519 = 0x01;                      // signed-note: the type of the signature
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014 and a space begin a signature's line
constexpr std::size_t kKeyIdBytes = 4;

std::string key_id(const VerifierKey& key) {
    const Hash digest = sha256(key.name + "\n" + kEd25519 + std::string{bytes_of(key.key)});
    return std::string{bytes_of(digest).substr(0, kKeyIdBytes)};
}

/// Takes the first line off, without its end.
std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

bool is_signature(std::string_view text, std::string_view signature, const VerifierKey& key) {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(bytes_of(signature), bytes_of(text), text.size(),
                                       key.key.data()) == 0;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
           to_base64(bytes_of(checkpoint.root)) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    Checkpoint checkpoint;
    checkpoint.origin = take_line(text);
    const auto size = take_line(text);
    const auto root = from_base64(take_line(text));
    const char* const end = size.data() + size.size();
    const auto [stop, error] = std::from_chars(size.data(), end, checkpoint.size);
    const bool plain = error == std::errc{} && stop == end && (size == "0" || size[0] != '0');
    if (checkpoint.origin.empty() || !plain || !root || root->size() != sizeof(Hash))
        return fail(Errc::InvalidInput, "it is no checkpoint: origin, size, root, a line each");
    std::copy_n(bytes_of(*root), sizeof(Hash), checkpoint.root.begin());
    return checkpoint;
}

std::string manifest_text(std::string_view origin, const Hash& manifest) {
    return std::string{origin} + "/manifest\n" + to_base64(bytes_of(manifest)) + "\n";
}

std::string to_text(const VerifierKey& key) {
    const std::string id = key_id(key);
    return key.name + "+" + to_hex({bytes_of(id), id.size()}) + "+" +
           to_base64(kEd25519 + std::string{bytes_of(key.key)});
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    const auto last = text.find_last_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return fail(Errc::InvalidInput, "the key is empty");
    text = text.substr(begin, last - begin + 1);
    const auto first = text.find('+');
    const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos)
        return fail(Errc::InvalidInput, "a key is written as name+id+key");
    VerifierKey key{std::string{text.substr(0, first)}, {}};
    const auto bytes = from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != key.key.size() + 1 || bytes->front() != kEd25519)
        return fail(Errc::InvalidInput, "the key is no Ed25519 key in base64");
    std::copy_n(bytes_of(*bytes) + 1, key.key.size(), key.key.begin());
    if (to_text(key) != text)
        return fail(Errc::InvalidInput, "the key's id is not that of the key");
    return key;
}

SigningKey::SigningKey(std::string name, const Seed& seed) : verifier_{std::move(name), {}} {
    BW_CHECK(!verifier_.name.empty());
    BW_CHECK(verifier_.name.find_first_of("+ \t\n") == std::string::npos);
    crypto_sign_seed_keypair(verifier_.key.data(), secret_.data(), seed.data());
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string SigningKey::sign(std::string_view text) const {
    BW_CHECK(text.ends_with('\n'));
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         bytes_of(text), text.size(), secret_.data());
    return std::string{text} + "\n" + std::string{kDash} + verifier_.name + " " +
           to_base64(key_id(verifier_) + signature) + "\n";
}

Result<std::string> open_note(std::string_view note, const VerifierKey& key) {
    const auto blank = note.rfind("\n\n");
    if (blank == std::string_view::npos) return fail(Errc::Corrupt, "it is no signed note");
    const std::string_view text = note.substr(0, blank + 1);
    std::string_view signatures = note.substr(blank + 2);
    const std::string ours = std::string{kDash} + key.name + " ";
    const std::string id = key_id(key);
    while (!signatures.empty()) {
        const auto line = take_line(signatures);
        if (!line.starts_with(ours)) continue;
        const auto bytes = from_base64(line.substr(ours.size()));
        if (!bytes || !bytes->starts_with(id)) continue;
        if (is_signature(text, std::string_view{*bytes}.substr(kKeyIdBytes), key))
            return std::string{text};
        return fail(Errc::Corrupt, "its signature does not fit what it signs");
    }
    return fail(Errc::Corrupt, "it bears no signature of the key " + key.name);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
    const auto text = open_note(note, key);
    if (!text) return tl::unexpected(text.error());
    return parse_checkpoint(*text);
}

}  // namespace bellwether::compliance::evidence
