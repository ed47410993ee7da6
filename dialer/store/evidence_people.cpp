#include <chrono>
#include <map>
#include <utility>

#include "dialer/store/evidence_log.h"
#include "dialer/store/impl.h"
#include "dialer/store/note_erasure.h"

// EvidenceLog: what is known of people, and its end.

namespace bellwether::store {

namespace {

constexpr const char* kHoldOfSubject =
    "SELECT name FROM evidence_holds JOIN evidence_hold_subjects ON hold_id = id "
    "WHERE subject = ? AND state IN ('IN_FORCE', 'LIFT_ASKED')";

Result<void> check_not_held(Database& database, const std::string& subject) {
    Statement query{database, kHoldOfSubject};
    if (!query.bind(subject).step()) return {};
    return fail(Errc::Refused, "the legal hold \"" + query.get<std::string>(0) +
                                   "\" forbids to destroy this person's records");
}

std::int64_t destroy(Database& database, const std::string& subject) {
    Statement{database, "DELETE FROM evidence_personal WHERE subject = ?"}.run_with(subject);
    const std::int64_t records = database.changes();
    Statement{database, "DELETE FROM evidence_subjects WHERE subject = ?"}.run_with(subject);
    return records;
}

/// Keeps the keyed hash of a number that stands on do-not-call. True if it does.
bool keep_suppression(Database& database, const ErasureRequest& request,
                      const std::string& subject) {
    Statement listed{database,
                     "SELECT 1 FROM suppression WHERE digits = ? AND removed_at IS NULL "
                     "AND ifnull(client_id, 0) IN (0, ?)"};
    if (!listed.bind(request.number.digits(), request.client).step()) return false;
    Statement{database,
              "INSERT INTO evidence_suppressed(subject, client_id, at) VALUES (?, ?, ?) "
              "ON CONFLICT DO NOTHING"}
        .run_with(subject, request.client, request.at);
    return true;
}

/// Before the data key goes: who is cut short here finds the person still known, and begins again.
Result<std::int64_t> erase_notes(Store::Impl& store, const ErasureRequest& request,
                                 const std::string& subject) {
    const auto traces = store.readers.query([&](Database& database) -> Result<NoteTraces> {
        return notes_of(database, request.client, request.number);
    });
    if (!traces) return tl::unexpected(traces.error());
    if (traces->empty()) return 0;
    const auto notes = store.writer->run([&](Writer::Context& context) -> Result<std::int64_t> {
        if (auto free = check_not_held(context.database, subject); !free)
            return tl::unexpected(free.error());
        return blank_notes(context.database, *traces);
    });
    Result<bool> more = notes.has_value();
    for (bool first = true; notes && more && *more; first = false) {
        more = store.writer->run([first](Writer::Context& context) -> Result<bool> {
            return forget_words(context.database, first);
        });
    }
    if (!more) return tl::unexpected(more.error());
    return notes;
}

}  // namespace

Result<evidence::Hash> EvidenceLog::subject(ClientId client, const PhoneNumber& number) const {
    const auto keys = store_.keys->client(client);
    if (!keys) return tl::unexpected(keys.error());
    return evidence::subject_of(keys->naming, number);
}

Result<std::vector<PersonalRecord>> EvidenceLog::personal_records(ClientId client,
                                                                  const PhoneNumber& number) const {
    using Found = std::vector<PersonalRecord>;
    const auto keys = store_.keys->client(client);
    if (!keys) return tl::unexpected(keys.error());
    const std::string name = evidence::to_hex(evidence::subject_of(keys->naming, number));
    return store_.readers.query([&](Database& database) -> Result<Found> {
        Found found;
        Statement wrapped{database, "SELECT wrapped_key FROM evidence_subjects WHERE subject = ?"};
        if (!wrapped.bind(name).step()) return found;
        const auto key = unwrap_key(keys->wrapping, name, wrapped.get<std::string>(0));
        if (!key) return tl::unexpected(key.error());
        Statement rows{database,
                       "SELECT seq, kind, at, ciphertext FROM evidence_personal "
                       "JOIN evidence USING (seq) WHERE subject = ? ORDER BY seq"};
        rows.bind(name);
        while (rows.step()) {
            const auto seq = rows.get<std::uint64_t>(0);
            auto plain =
                evidence::open_sealed(*key, rows.get<std::string>(3), seal_context(name, seq));
            if (!plain) return tl::unexpected(plain.error());
            found.push_back(
                {seq, rows.get<evidence::RecordKind>(1),
                 evidence::UtcMicros{std::chrono::microseconds{rows.get<std::int64_t>(2)}},
                 *std::move(plain)});
        }
        return found;
    });
}

Result<ErasureReport> EvidenceLog::erase(const ErasureRequest& request) const {
    const auto hash = subject(request.client, request.number);
    if (!hash) return tl::unexpected(hash.error());
    ErasureReport report;
    report.subject = evidence::to_hex(*hash);
    const auto notes = erase_notes(store_, request, report.subject);
    if (!notes) return tl::unexpected(notes.error());
    const auto done = store_.writer->run([&](Writer::Context& context) -> Result<void> {
        Database& database = context.database;
        if (auto free = check_not_held(database, report.subject); !free) return free;
        Statement known{database, "SELECT 1 FROM evidence_subjects WHERE subject = ?"};
        if (!known.bind(report.subject).step() && *notes == 0)
            return fail(Errc::NotFound, "nothing is kept for this number and client");
        known.reset();
        report.is_suppressed = keep_suppression(database, request, report.subject);
        report.records = destroy(database, report.subject);
        report.seq = context.evidence.append(evidence::to_record(
            evidence::ErasedFacts{request.at, report.subject, request.client, request.basis,
                                  request.actor, report.records}));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return report;
}

Result<bool> EvidenceLog::stands_suppressed(ClientId client, const PhoneNumber& number) const {
    const auto hash = subject(client, number);
    if (!hash) return tl::unexpected(hash.error());
    return store_.readers.query([&](Database& database) -> Result<bool> {
        Statement query{database, "SELECT 1 FROM evidence_suppressed WHERE subject = ?"};
        return query.bind(evidence::to_hex(*hash)).step();
    });
}

Result<std::int64_t> EvidenceLog::expire(const std::vector<evidence::RetentionRule>& rules,
                                         std::string_view actor, UtcTime now) const {
    struct Due {
        std::string subject;
        std::uint64_t seq;
    };
    std::vector<Due> due;
    const auto looked = store_.readers.query([&](Database& database) -> Result<void> {
        Statement rows{database,
                       "SELECT subject, seq, kind, at FROM evidence_personal JOIN evidence "
                       "USING (seq) WHERE subject NOT IN (SELECT subject FROM "
                       "evidence_hold_subjects JOIN evidence_holds ON hold_id = id "
                       "WHERE state IN ('IN_FORCE', 'LIFT_ASKED')) ORDER BY subject, seq"};
        while (rows.step()) {
            const auto retention = evidence::retention_of(rows.get<std::string>(2), rules);
            const UtcTime since{std::chrono::floor<std::chrono::milliseconds>(
                std::chrono::microseconds{rows.get<std::int64_t>(3)})};
            if (evidence::is_over(retention, since, now))
                due.push_back({rows.get<std::string>(0), rows.get<std::uint64_t>(1)});
        }
        return {};
    });
    if (!looked) return tl::unexpected(looked.error());
    if (due.empty()) return 0;
    return store_.writer->run([&](Writer::Context& context) -> Result<std::int64_t> {
        struct Ended {
            ClientId client{};
            std::int64_t records = 0;
        };
        std::map<std::string, Ended> ended;
        Statement remove{context.database,
                         "DELETE FROM evidence_personal WHERE subject = ? AND seq = ?"};
        Statement client{context.database,
                         "SELECT client_id FROM evidence_subjects WHERE subject = ?"};
        for (const Due& one : due) {
            // A hold may have come between the look and now.
            if (!check_not_held(context.database, one.subject)) continue;
            remove.run_with(one.subject, one.seq);
            Ended& person = ended[one.subject];
            person.records += context.database.changes();
            if (client.bind(one.subject).step()) person.client = client.get<ClientId>(0);
            client.reset();
        }
        // A data key without anything left to open goes too.
        context.database.execute(
            "DELETE FROM evidence_subjects WHERE subject NOT IN "
            "(SELECT subject FROM evidence_personal)");
        std::int64_t records = 0;
        for (const auto& [name, person] : ended) {
            records += person.records;
            context.evidence.append(evidence::to_record(evidence::ErasedFacts{
                now, name, person.client, "RETENTION", std::string{actor}, person.records}));
        }
        return records;
    });
}

}  // namespace bellwether::store
