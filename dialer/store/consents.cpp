#include "dialer/store/consents.h"

#include <nlohmann/json.hpp>

#include "dialer/store/consent_revoker.h"
#include "dialer/store/consent_rows.h"
#include "dialer/store/impl.h"

namespace bellwether::store {
namespace {

std::string list_text(const std::vector<std::string>& words) {
    return nlohmann::json(words).dump();
}

std::vector<std::string> words_of(const std::string& text) {
    return nlohmann::json::parse(text).get<std::vector<std::string>>();
}

std::optional<Revocation> read_revocation(const Statement& row) {
    const auto at = row.get<std::optional<UtcTime>>(22);
    if (!at) return std::nullopt;
    return Revocation{*at, row.get<ConsentChannel>(23), row.get<std::string>(24),
                      row.get<std::string>(25), row.get<std::string>(26)};
}

compliance::evidence::Record evidence_of(const ConsentRecord& one, std::int64_t id) {
    compliance::evidence::Object details;
    if (!one.name.empty()) details.emplace("name", one.name);
    return to_record(compliance::evidence::ConsentFacts{
        .at = one.recorded,
        .given = true,
        .client = one.client,
        .consent = std::to_string(id),
        .number = one.number,
        .jurisdiction = one.jurisdiction,
        .method = one.method ? std::string{name_of(*one.method)} : std::string{},
        .channels = one.channels,
        .purposes = one.purposes,
        .request_hash = one.request_sha256,
        .response_hash = one.response_sha256,
        .actor = one.actor,
        .details = std::move(details)});
}

/// Calls that are on their way to the number end (promise R7). A number without an id belongs to no
/// contact: nobody can be calling it.
void tell_engine(Writer::Context& context, PhoneNumber number, ClientId client) {
    Statement known{context.database, "SELECT id FROM numbers WHERE digits = ?"};
    if (!known.bind(number.digits()).step()) return;
    context.events.emplace_back(engine::SuppressionAdded{known.get<NumberId>(0), client});
}

}  // namespace

ConsentRecord read_consent(const Statement& row) {
    return {.id = row.get<std::int64_t>(0),
            .client = row.get<ClientId>(1),
            .number = PhoneNumber::from_digits(row.get<std::uint64_t>(2)),
            .name = row.get<std::string>(3),
            .given = row.get<std::string>(4),
            .purposes = words_of(row.get<std::string>(5)),
            .topics = words_of(row.get<std::string>(6)),
            .channels = words_of(row.get<std::string>(7)),
            .form = row.get<ConsentForm>(8),
            .jurisdiction = row.get<std::string>(9),
            .method = row.get<std::optional<ConsentChannel>>(10),
            .request_sha256 = row.get<std::string>(11),
            .response_sha256 = row.get<std::string>(12),
            .evidence_uri = row.get<std::string>(13),
            .script_version = row.get<std::string>(14),
            .collector = row.get<std::string>(15),
            .expires = row.get<std::string>(16),
            .rnd_checked = row.get<std::string>(17),
            .rnd_result = row.get<std::string>(18),
            .last_used = row.get<std::optional<UtcTime>>(19),
            .revoked = read_revocation(row),
            .recorded = row.get<UtcTime>(20),
            .actor = row.get<std::string>(21)};
}

Result<std::int64_t> add_consents(Store& store, std::span<const ConsentRecord> consents) {
    return store.impl().writer->run([&](Writer::Context& context) -> Result<std::int64_t> {
        Statement insert{
            context.database,
            "INSERT INTO consents(client_id, digits, name, given, purposes, topics, channels, "
            "form, jurisdiction, method, request_sha256, response_sha256, evidence_uri, "
            "script_version, collector, expires, rnd_checked, rnd_result, recorded_at, actor) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING"};
        std::int64_t added = 0;
        for (const ConsentRecord& one : consents) {
            insert.run_with(or_null(one.client), one.number.digits(), one.name, one.given,
                            list_text(one.purposes), list_text(one.topics), list_text(one.channels),
                            one.form, one.jurisdiction, one.method, one.request_sha256,
                            one.response_sha256, one.evidence_uri, one.script_version,
                            one.collector, one.expires, one.rnd_checked, one.rnd_result,
                            one.recorded, one.actor);
            if (context.database.changes() == 0) continue;
            ++added;
            context.evidence.append(evidence_of(one, context.database.last_insert_id()));
        }
        return added;
    });
}

Result<std::vector<ConsentRecord>> consents_of(const Store& store, PhoneNumber number,
                                               ClientId client) {
    using Found = std::vector<ConsentRecord>;
    return store.impl().readers.query([&](Database& database) -> Result<Found> {
        Statement query{database, std::string{kConsentColumns} +
                                      "WHERE digits = ? AND ifnull(client_id, 0) IN (0, ?) "
                                      "ORDER BY id"};
        query.bind(number.digits(), client);
        return read_all(query, read_consent);
    });
}

Result<std::int64_t> revoke_consents(Store& store, PhoneNumber number, ClientId client,
                                     const Revocation& revocation) {
    return store.impl().writer->run([&](Writer::Context& context) -> Result<std::int64_t> {
        const std::int64_t revoked =
            ConsentRevoker{context.database}.revoke(number, client, revocation);
        if (revoked == 0) return revoked;
        tell_engine(context, number, client);
        context.evidence.append(to_record(
            compliance::evidence::ConsentFacts{.at = revocation.at,
                                               .given = false,
                                               .client = client,
                                               .number = number,
                                               .method = std::string{name_of(revocation.channel)},
                                               .actor = revocation.actor}));
        return revoked;
    });
}

}  // namespace bellwether::store
