#include "dialer/store/evidence_log.h"

#include <chrono>
#include <utility>

#include "compliance/evidence/merkle.h"
#include "dialer/store/impl.h"

// Store and EvidenceLog: the log itself.

namespace bellwether::store {

Result<std::uint64_t> Store::append_evidence(const evidence::Record& record) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<std::uint64_t> {
        return context.evidence.append(record);
    });
}

EvidenceLog& Store::evidence() { return impl_->evidence; }

EvidenceStatus EvidenceLog::status() const { return store_.publisher->status(); }

evidence::VerifierKey EvidenceLog::key() const { return store_.keys->signing().verifier(); }

Result<std::string> EvidenceLog::checkpoint() const {
    auto note = store_.publisher->publish();
    if (note && note->empty())
        return fail(Errc::NotFound, "the evidence log has no record yet: there is nothing to sign");
    return note;
}

Result<void> EvidenceLog::read(std::uint64_t first, std::uint64_t end,
                               const std::function<void(const EvidenceLeaf&)>& take) const {
    return store_.readers.query([&](Database& database) -> Result<void> {
        Statement rows{database,
                       "SELECT seq, at, kind, record FROM evidence WHERE seq >= ? AND seq < ? "
                       "ORDER BY seq"};
        rows.bind(first, end);
        while (rows.step()) {
            take({rows.get<std::uint64_t>(0),
                  evidence::UtcMicros{std::chrono::microseconds{rows.get<std::int64_t>(1)}},
                  rows.get<evidence::RecordKind>(2), rows.get<std::string>(3)});
        }
        return {};
    });
}

Result<std::string> EvidenceLog::prove(std::uint64_t seq) const {
    const auto note = checkpoint();
    if (!note) return tl::unexpected(note.error());
    const auto head = evidence::open_checkpoint(*note, key());
    if (!head) return tl::unexpected(head.error());
    if (seq >= head->size)
        return fail(Errc::NotFound, "the evidence log ends before record " + std::to_string(seq));
    const auto path =
        evidence::inclusion_proof(seq, head->size, evidence::nodes_of(store_.publisher->tiles()));
    if (!path) return tl::unexpected(path.error());
    std::string record;
    const auto found = read(seq, seq + 1, [&](const EvidenceLeaf& leaf) { record = leaf.record; });
    if (!found) return tl::unexpected(found.error());
    evidence::Array hashes;
    for (const evidence::Hash& hash : *path) hashes.emplace_back(evidence::to_hex(hash));
    return evidence::encode(evidence::Object{{"record", std::move(record)},
                                             {"seq", seq},
                                             {"proof", std::move(hashes)},
                                             {"checkpoint", *note},
                                             {"key", evidence::to_text(key())}}) +
           "\n";
}

}  // namespace bellwether::store
