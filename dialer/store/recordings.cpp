#include "dialer/store/recordings.h"

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

constexpr const char* kOfAttempt =
    "INSERT INTO recordings(file, attempt_id, client_id, campaign_id, length_ms, sha256, whole_at) "
    "SELECT ?1, a.id, a.client_id, a.campaign_id, ?3, ?4, ?5 FROM attempts a WHERE a.id = ?2 "
    "ON CONFLICT DO NOTHING";
constexpr const char* kOfInbound =
    "INSERT INTO recordings(file, epoch, call_id, client_id, campaign_id, length_ms, sha256, "
    "whole_at) SELECT ?1, i.epoch, i.call_id, i.client_id, i.campaign_id, ?4, ?5, ?6 "
    "FROM inbound_calls i WHERE i.epoch = ?2 AND i.call_id = ?3 ON CONFLICT DO NOTHING";

void write_recording(Database& database, const WholeRecording& recording) {
    std::optional<std::int64_t> length;
    if (recording.length) length = recording.length->count();
    if (recording.of.attempt != AttemptId{}) {
        Statement{database, kOfAttempt}.run_with(recording.file, recording.of.attempt, length,
                                                 recording.sha256, recording.at);
        return;
    }
    Statement{database, kOfInbound}.run_with(recording.file, recording.of.epoch, recording.of.call,
                                             length, recording.sha256, recording.at);
}

}  // namespace

Result<void> keep_recording(Store& store, const WholeRecording& recording) {
    return store.impl().writer->run([&](Writer::Context& context) -> Result<void> {
        write_recording(context.database, recording);
        return {};
    });
}

Result<std::map<AttemptId, std::chrono::milliseconds>> recording_lengths_of(const Store& store,
                                                                            ContactId contact) {
    using Lengths = std::map<AttemptId, std::chrono::milliseconds>;
    return store.impl().readers.query([&](Database& database) -> Result<Lengths> {
        Statement query{
            database,
            "SELECT a.id, r.length_ms FROM attempts a JOIN recordings r "
            "ON r.attempt_id = a.id WHERE a.contact_id = ? AND r.length_ms IS NOT NULL"};
        query.bind(contact);
        Lengths lengths;
        while (query.step()) {
            lengths[query.get<AttemptId>(0)] =
                std::chrono::milliseconds{query.get<std::int64_t>(1)};
        }
        return lengths;
    });
}

}  // namespace bellwether::store
