#pragma once

namespace bellwether::store {

// What follows from refusals.
inline constexpr const char* kConversionVersion = R"sql(
-- One row per refusal that an agent took. PLANNED: the case is called once more, from due_at on; anything else
-- is why it is not. At most one refusal of a case is PLANNED.
CREATE TABLE conversions(
    attempt_id  INTEGER PRIMARY KEY REFERENCES attempts(id),
    client_id   INTEGER NOT NULL REFERENCES clients(id),
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
    contact_id  INTEGER NOT NULL REFERENCES contacts(id),
    agent_id    INTEGER NOT NULL REFERENCES agents(id),
    strength    TEXT NOT NULL,
    conversion  TEXT NOT NULL,
    due_at      INTEGER,
    at          INTEGER NOT NULL,
    CHECK ((conversion = 'PLANNED') = (due_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX conversions_once ON conversions(campaign_id, contact_id) WHERE due_at IS NOT NULL;
CREATE INDEX conversions_of_contact ON conversions(contact_id, campaign_id, attempt_id);
CREATE INDEX conversions_by_time ON conversions(at);
)sql";

}  // namespace bellwether::store
