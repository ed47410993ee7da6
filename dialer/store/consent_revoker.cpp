#include "dialer/store/consent_revoker.h"

namespace bellwether::store {

ConsentRevoker::ConsentRevoker(Database& database)
    : database_{database},
      own_{database,
           "UPDATE consents SET revoked_at = ?1, revoked_channel = ?2, revoked_by = ?3, "
           "revoked_reason = ?4, revoked_artefact = ?5 WHERE digits = ?6 "
           "AND (?7 = 0 OR client_id = ?7) AND revoked_at IS NULL"},
      given_to_all_{
          database,
          "INSERT INTO consents(client_id, digits, name, given, purposes, topics, channels, form, "
          "jurisdiction, method, request_sha256, response_sha256, evidence_uri, script_version, "
          "collector, expires, rnd_checked, rnd_result, last_used_at, recorded_at, actor, "
          "revoked_at, revoked_channel, revoked_by, revoked_reason, revoked_artefact) "
          "SELECT ?7, digits, name, given, purposes, topics, channels, form, jurisdiction, method, "
          "request_sha256, response_sha256, evidence_uri, script_version, collector, expires, "
          "rnd_checked, rnd_result, last_used_at, recorded_at, actor, ?1, ?2, ?3, ?4, ?5 "
          "FROM consents WHERE digits = ?6 AND client_id IS NULL AND revoked_at IS NULL "
          "AND ?7 <> 0 ON CONFLICT DO NOTHING"} {}

std::int64_t ConsentRevoker::revoke(PhoneNumber number, ClientId client,
                                    const Revocation& revocation) {
    std::int64_t revoked = 0;
    for (Statement* statement : {&own_, &given_to_all_}) {
        statement->run_with(revocation.at, revocation.channel, revocation.actor, revocation.reason,
                            revocation.artefact, number.digits(), client);
        revoked += database_.changes();
    }
    return revoked;
}

}  // namespace bellwether::store
