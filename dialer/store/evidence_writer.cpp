#include "dialer/store/evidence_writer.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "compliance/evidence/tiles.h"

namespace bellwether::store {

namespace {

/// The caller is inside a transaction: a key that cannot be had ends it as a failing disk does.
template <class T>
T or_throw(Result<T> result) {
    if (!result) throw SqliteError{SQLITE_ABORT, result.error().detail};
    return *std::move(result);
}

std::string wrap_context(const std::string& subject) { return "data key of " + subject; }

}  // namespace

std::string seal_context(const std::string& subject, std::uint64_t seq) {
    return subject + ":" + std::to_string(seq);
}

Result<evidence::SecretKey> unwrap_key(const evidence::SecretKey& wrapping,
                                       const std::string& subject, std::string_view wrapped) {
    const auto plain = evidence::open_sealed(wrapping, wrapped, wrap_context(subject));
    if (!plain) return tl::unexpected(plain.error());
    evidence::SecretKey key;
    if (plain->size() != key.size()) return fail(Errc::Corrupt, "a data key has another length");
    std::copy_n(evidence::bytes_of(*plain), key.size(), key.begin());
    return key;
}

Result<evidence::Frontier> stored_frontier(Database& database) {
    Statement query{database, "SELECT size, peaks FROM evidence_frontier"};
    if (!query.step()) return evidence::Frontier{};
    auto peaks = evidence::tile_from_bytes(query.get<std::string>(1));
    auto frontier = peaks ? evidence::Frontier::of(query.get<std::uint64_t>(0), *std::move(peaks))
                          : std::nullopt;
    if (!frontier) return fail(Errc::Corrupt, "the evidence log's right edge is damaged");
    return *std::move(frontier);
}

EvidenceWriter::EvidenceWriter(Database& database, EvidenceKeys& keys)
    : keys_{keys},
      frontier_{or_throw(stored_frontier(database))},
      insert_leaf_{database, "INSERT INTO evidence(seq, at, kind, record) VALUES (?, ?, ?, ?)"},
      put_frontier_{database,
                    "INSERT INTO evidence_frontier(id, size, peaks) VALUES (1, ?, ?) "
                    "ON CONFLICT DO UPDATE SET size = excluded.size, peaks = excluded.peaks"},
      find_key_{database, "SELECT wrapped_key FROM evidence_subjects WHERE subject = ?"},
      insert_key_{
          database,
          "INSERT INTO evidence_subjects(subject, client_id, wrapped_key) VALUES (?, ?, ?)"},
      insert_personal_{
          database, "INSERT INTO evidence_personal(subject, seq, ciphertext) VALUES (?, ?, ?)"} {}

evidence::Hash EvidenceWriter::subject(ClientId client, const PhoneNumber& number) {
    return evidence::subject_of(or_throw(keys_.client(client)).naming, number);
}

evidence::SecretKey EvidenceWriter::data_key(const evidence::Person& person,
                                             const std::string& subject) {
    const auto client = or_throw(keys_.client(person.client));
    if (find_key_.bind(subject).step()) {
        const auto wrapped = find_key_.get<std::string>(0);
        find_key_.reset();
        return or_throw(unwrap_key(client.wrapping, subject, wrapped));
    }
    const evidence::SecretKey fresh = random_key();
    const std::string wrapped = evidence::seal(client.wrapping, random_nonce(),
                                               evidence::bytes_of(fresh), wrap_context(subject));
    insert_key_.run_with(subject, person.client, Blob{wrapped});
    return fresh;
}

std::uint64_t EvidenceWriter::append(const evidence::Record& record) {
    const std::uint64_t seq = frontier_.size();
    std::optional<evidence::Hash> subject;
    std::optional<evidence::Hash> digest;
    std::string name;
    std::string sealed;
    if (record.person) {
        subject = this->subject(record.person->client, record.person->number);
        name = evidence::to_hex(*subject);
    }
    if (record.person && !record.person->details.empty()) {
        sealed = evidence::seal(data_key(*record.person, name), random_nonce(),
                                evidence::encode(record.person->details), seal_context(name, seq));
        digest = evidence::sha256(sealed);
    }
    const std::string leaf = evidence::encode_leaf(record, seq, subject, digest);
    insert_leaf_.run_with(seq, record.at.time_since_epoch().count(), record.kind, Blob{leaf});
    if (!sealed.empty()) insert_personal_.run_with(name, seq, Blob{sealed});
    if (!before_) before_ = frontier_;
    frontier_.append(evidence::leaf_hash(leaf));
    return seq;
}

void EvidenceWriter::settle() {
    if (!before_) return;
    const std::string peaks = evidence::tile_bytes(frontier_.peaks());
    put_frontier_.run_with(frontier_.size(), Blob{peaks});
}

void EvidenceWriter::committed() { before_.reset(); }

void EvidenceWriter::rolled_back() {
    if (before_) frontier_ = *std::exchange(before_, std::nullopt);
}

}  // namespace bellwether::store
