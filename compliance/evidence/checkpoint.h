#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "compliance/evidence/hash.h"

// What the log's owner signs: C2SP checkpoints (https://c2sp.org/tlog-checkpoint) in signed notes
// (https://c2sp.org/signed-note) with Ed25519 (RFC 8032).

namespace bellwether::compliance::evidence {

/// The head of a log: so many records, and nothing in them can be changed without another root.
struct Checkpoint {
    std::string origin;  ///< the log's name; one line
    std::uint64_t size = 0;
    Hash root{};

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// The text to sign: three lines.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
/// Errors: InvalidInput: not three lines or more of origin, size and root.
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);

/// The text that a manifest is signed by: two lines, so that it is no checkpoint.
[[nodiscard]] std::string manifest_text(std::string_view origin, const Hash& manifest);

/// Whom to believe. Written "<name>+<key id>+<base64 of 0x01 and the key>".
struct VerifierKey {
    std::string name;
    std::array<std::uint8_t, 32> key{};

    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};
[[nodiscard]] std::string to_text(const VerifierKey& key);
/// Errors: InvalidInput. Takes spaces and a line's end around it.
[[nodiscard]] Result<VerifierKey> parse_verifier_key(std::string_view text);

/// An Ed25519 key pair with the name it signs by. Wipes itself.
class SigningKey {
public:
    using Seed = std::array<std::uint8_t, 32>;

    /// @param name  not empty; no spaces, no plus sign (checked).
    SigningKey(std::string name, const Seed& seed);
    ~SigningKey();
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;

    [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }
    /// The text, an empty line, and the signature's line. @param text  ends with a line's end
    /// (checked).
    [[nodiscard]] std::string sign(std::string_view text) const;

private:
    VerifierKey verifier_;
    std::array<std::uint8_t, 64> secret_;
};

/// The text of a signed note. Errors: Corrupt: no signature of this key, or it does not fit the
/// text. Signatures of others (witnesses) are passed over.
[[nodiscard]] Result<std::string> open_note(std::string_view note, const VerifierKey& key);

/// open_note() and parse_checkpoint(). Errors: Corrupt, InvalidInput.
[[nodiscard]] Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace bellwether::compliance::evidence
