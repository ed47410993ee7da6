#pragma once

namespace bellwether::store {

// What agents say of their calls and promise, who takes calls over, and who calls us.
inline constexpr const char* kTalkVersion = R"sql(
-- Questionnaires with conditions: how an interview ended, what was taken back, what goes on later.
ALTER TABLE interviews ADD COLUMN aapor TEXT NOT NULL DEFAULT '';
ALTER TABLE interviews ADD COLUMN cause TEXT NOT NULL DEFAULT '';
UPDATE interviews SET ending = 'REFUSED', aapor = '2.112', cause = 'OPT_OUT' WHERE ending = 'OPTED_OUT';
UPDATE interviews SET aapor = iif(ending = 'COMPLETE', '1.1', '1.2') WHERE ending IN ('COMPLETE', 'PARTIAL');
ALTER TABLE answers ADD COLUMN how TEXT NOT NULL DEFAULT 'ANSWERED';
ALTER TABLE answers ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
-- Every change of an answer, in order: paradata, and what was given before it was taken back.
CREATE TABLE answer_changes(
    id           INTEGER PRIMARY KEY,
    interview_id INTEGER NOT NULL REFERENCES interviews(id),
    attempt_id   INTEGER NOT NULL REFERENCES attempts(id),
    question     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    value        TEXT NOT NULL,
    how          TEXT NOT NULL,
    cause        TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX answer_changes_of_interview ON answer_changes(interview_id);

ALTER TABLE attempts ADD COLUMN caller_id TEXT NOT NULL DEFAULT '';
ALTER TABLE agent_states ADD COLUMN code TEXT NOT NULL DEFAULT '';
-- As written by the command: "es:5,nl:9", "Mon-Fri 09:00-17:00 Europe/Amsterdam", and where his phone
-- is if it does not register here: "sip:ann@pbx.example" or "+12025550100".
ALTER TABLE agents ADD COLUMN skills TEXT NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN shift TEXT NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN phone TEXT NOT NULL DEFAULT '';

-- Of an attempt, or of a call that came in (attempt_id NULL): then call_id is that of inbound_calls.
CREATE TABLE dispositions(
    epoch       INTEGER NOT NULL,
    call_id     INTEGER NOT NULL,
    attempt_id  INTEGER REFERENCES attempts(id),
    client_id   INTEGER NOT NULL REFERENCES clients(id),
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
    contact_id  INTEGER REFERENCES contacts(id),
    agent_id    INTEGER NOT NULL REFERENCES agents(id),
    code        TEXT NOT NULL,
    note        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (epoch, call_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispositions_by_time ON dispositions(at);
CREATE INDEX dispositions_of_contact ON dispositions(contact_id) WHERE contact_id IS NOT NULL;

-- agent_id NULL: anybody may keep it. Open until an attempt keeps it or a later promise replaces it.
CREATE TABLE callbacks(
    id           INTEGER PRIMARY KEY,
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    campaign_id  INTEGER NOT NULL REFERENCES campaigns(id),
    contact_id   INTEGER NOT NULL REFERENCES contacts(id),
    attempt_id   INTEGER REFERENCES attempts(id),
    agent_id     INTEGER REFERENCES agents(id),
    due_at       INTEGER NOT NULL,
    promised_at  INTEGER NOT NULL,
    kept_at      INTEGER,
    kept_attempt INTEGER,
    replaced_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX callbacks_open ON callbacks(campaign_id, contact_id)
    WHERE kept_at IS NULL AND replaced_at IS NULL;
CREATE INDEX callbacks_due ON callbacks(campaign_id, due_at)
    WHERE kept_at IS NULL AND replaced_at IS NULL;
CREATE INDEX callbacks_by_time ON callbacks(due_at);

CREATE TABLE transfers(
    id          INTEGER PRIMARY KEY,
    epoch       INTEGER NOT NULL,
    call_id     INTEGER NOT NULL,
    attempt_id  INTEGER REFERENCES attempts(id),
    client_id   INTEGER NOT NULL REFERENCES clients(id),
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
    agent_id    INTEGER REFERENCES agents(id),
    target      TEXT NOT NULL,
    warm        INTEGER NOT NULL,
    result      TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX transfers_by_time ON transfers(at);

-- Every call to us, taken or not. campaign_id NULL: no campaign shows the number that was called.
CREATE TABLE inbound_calls(
    epoch        INTEGER NOT NULL,
    call_id      INTEGER NOT NULL,
    client_id    INTEGER REFERENCES clients(id),
    campaign_id  INTEGER REFERENCES campaigns(id),
    contact_id   INTEGER REFERENCES contacts(id),
    number_id    INTEGER REFERENCES numbers(id),
    attempt_id   INTEGER REFERENCES attempts(id),
    called       TEXT NOT NULL,
    arrived_at   INTEGER NOT NULL,
    answered_at  INTEGER,
    queued_at    INTEGER,
    connected_at INTEGER,
    agent_id     INTEGER REFERENCES agents(id),
    opted_out_at INTEGER,
    callback_at  INTEGER,
    ended_at     INTEGER,
    ending       TEXT,
    PRIMARY KEY (epoch, call_id),
    CHECK ((ended_at IS NULL) = (ending IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_calls_by_time ON inbound_calls(arrived_at);
)sql";

}  // namespace bellwether::store
