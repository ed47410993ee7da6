#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "compliance/evidence/merkle.h"
#include "compliance/evidence/records.h"
#include "dialer/store/evidence_keys.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Adds leaves to the log inside the store writer's transactions: a leaf is durable with what it
/// tells of, or neither is. For the writer thread. Methods throw SqliteError.
class EvidenceWriter {
public:
    EvidenceWriter(Database& database, EvidenceKeys& keys);

    /// The record's place in the log.
    std::uint64_t append(const evidence::Record& record);

    /// The person's pseudonym with this client organisation.
    [[nodiscard]] evidence::Hash subject(ClientId client, const PhoneNumber& number);
    [[nodiscard]] EvidenceKeys& keys() { return keys_; }

    // The transaction's course, told by Writer.
    void settle();       ///< before the COMMIT
    void committed();    ///< after it
    void rolled_back();  ///< instead: what was appended is not there

    [[nodiscard]] std::uint64_t size() const { return frontier_.size(); }

private:
    [[nodiscard]] evidence::SecretKey data_key(const evidence::Person& person,
                                               const std::string& subject);

    EvidenceKeys& keys_;
    evidence::Frontier frontier_;
    std::optional<evidence::Frontier> before_;  ///< as of the last COMMIT; none: nothing new
    Statement insert_leaf_;
    Statement put_frontier_;
    Statement find_key_;
    Statement insert_key_;
    Statement insert_personal_;
};

/// The right edge that was stored with the last leaf. Errors: Corrupt. Throws SqliteError.
[[nodiscard]] Result<evidence::Frontier> stored_frontier(Database& database);

/// What a sealed part is bound to: it opens at no other place and for nobody else.
[[nodiscard]] std::string seal_context(const std::string& subject, std::uint64_t seq);
/// The data key out of its wrapping. Errors: Corrupt.
[[nodiscard]] Result<evidence::SecretKey> unwrap_key(const evidence::SecretKey& wrapping,
                                                     const std::string& subject,
                                                     std::string_view wrapped);

}  // namespace bellwether::store
