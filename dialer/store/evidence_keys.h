#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "compliance/evidence/checkpoint.h"
#include "compliance/evidence/sealing.h"

namespace bellwether::store {

namespace evidence = compliance::evidence;

/// The secrets of the evidence log, each in a file of mode 0600 in `<folder>/keys`, made when first
/// needed. None is ever logged or told; the public key stands in `<folder>/key.pub`. Thread-safe.
class EvidenceKeys {
public:
    /// What one client organisation's records are named and sealed by. Destroying the file makes
    /// all its pseudonyms and sealed parts unreadable for ever.
    struct ClientKeys {
        evidence::SecretKey naming;    ///< of subject_of()
        evidence::SecretKey wrapping;  ///< of the data keys
    };

    /// @param origin  the log's name, should there be none yet: a new log gets it for good.
    /// Errors: Refused: the key may be read by others. Corrupt: the log has a public key, and the
    /// secret one is gone or another. Unavailable, Exhausted: the disk.
    [[nodiscard]] static Result<std::unique_ptr<EvidenceKeys>> open(std::filesystem::path folder,
                                                                    const std::string& origin);

    [[nodiscard]] const evidence::SigningKey& signing() const { return *signing_; }
    [[nodiscard]] const std::string& origin() const { return signing_->verifier().name; }

    /// Errors: as open().
    [[nodiscard]] Result<ClientKeys> client(ClientId client);

private:
    EvidenceKeys(std::filesystem::path folder, std::unique_ptr<evidence::SigningKey> signing);

    const std::filesystem::path folder_;
    const std::unique_ptr<evidence::SigningKey> signing_;
    std::mutex mutex_;
    std::map<ClientId, ClientKeys> clients_;  ///< guarded by mutex_
};

[[nodiscard]] evidence::SecretKey random_key();
[[nodiscard]] evidence::Nonce random_nonce();

}  // namespace bellwether::store
