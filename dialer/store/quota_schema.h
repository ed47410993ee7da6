#pragma once

namespace bellwether::store {

// What the cells of a survey have made of its interviews.
inline constexpr const char* kQuotaVersion = R"sql(
-- The cells that an interview has a place in, counts in, was refused by or went round; one row without a
-- cell for a group that has none for it. fingerprint: of the cells as they were (campaigns/quota/plan.h).
CREATE TABLE interview_quotas(
    interview_id INTEGER NOT NULL REFERENCES interviews(id),
    place        INTEGER NOT NULL,
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    quota_group  TEXT NOT NULL,
    cell         TEXT NOT NULL,
    standing     TEXT NOT NULL
                 CHECK (standing IN ('HELD', 'COUNTED', 'REJECTED', 'SKIPPED', 'OUTSIDE')),
    fingerprint  TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (interview_id, place)
) STRICT, WITHOUT ROWID;

-- Contacts that no open cell was left for: they may be called again when there is one.
CREATE INDEX campaign_contacts_closed ON campaign_contacts(campaign_id)
    WHERE state = 'DENIED' AND rule = 'QUOTA_FULL';
)sql";

}  // namespace bellwether::store
