#pragma once

namespace bellwether::store {

// How long recordings are.
inline constexpr const char* kRecordingVersion = R"sql(
-- A recording that has become whole: of an attempt, or of a call that came in (attempt_id NULL), which is that of
-- inbound_calls. file: its name in the recordings folder; the row outlives the file. length_ms: pauses included;
-- NULL: nobody could tell, because the service ended while it was written.
CREATE TABLE recordings(
    file        TEXT PRIMARY KEY,
    attempt_id  INTEGER REFERENCES attempts(id),
    epoch       INTEGER,
    call_id     INTEGER,
    client_id   INTEGER REFERENCES clients(id),
    campaign_id INTEGER REFERENCES campaigns(id),
    length_ms   INTEGER,
    sha256      TEXT NOT NULL,
    whole_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX recordings_of_attempt ON recordings(attempt_id) WHERE attempt_id IS NOT NULL;
CREATE UNIQUE INDEX recordings_of_inbound ON recordings(epoch, call_id) WHERE call_id IS NOT NULL;

-- One row: of calls of earlier epochs nobody knows whether they were recorded, nor how long.
CREATE TABLE recordings_since(
    epoch INTEGER NOT NULL
) STRICT;
INSERT INTO recordings_since(epoch) SELECT ifnull(max(epoch), 0) + 1 FROM epochs;

-- For the ledger: calls that came in, by when they ended.
CREATE INDEX inbound_calls_ended ON inbound_calls(campaign_id, ended_at) WHERE ended_at IS NOT NULL;
)sql";

}  // namespace bellwether::store
