#pragma once

namespace bellwether::store {

// What interviewers write beside the answers, and who would not be interviewed.
inline constexpr const char* kInterviewerVersion = R"sql(
-- Personal data, as answers are. kind PROBE: the question was asked again in other words; it has no text.
CREATE TABLE interview_notes(
    id           INTEGER PRIMARY KEY,
    interview_id INTEGER NOT NULL REFERENCES interviews(id),
    attempt_id   INTEGER NOT NULL REFERENCES attempts(id),
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    agent_id     INTEGER NOT NULL REFERENCES agents(id),
    item         TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('NOTE', 'PROBE')),
    note         TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX interview_notes_of_interview ON interview_notes(interview_id);

-- Every refusal, the second of an attempt too. stage: how far the call had come.
CREATE TABLE refusals(
    id           INTEGER PRIMARY KEY,
    interview_id INTEGER REFERENCES interviews(id),
    attempt_id   INTEGER NOT NULL REFERENCES attempts(id),
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    campaign_id  INTEGER NOT NULL REFERENCES campaigns(id),
    contact_id   INTEGER NOT NULL REFERENCES contacts(id),
    agent_id     INTEGER NOT NULL REFERENCES agents(id),
    who          TEXT NOT NULL,
    stage        TEXT NOT NULL,
    strength     TEXT NOT NULL,
    reason       TEXT NOT NULL,
    note         TEXT NOT NULL,
    do_not_call  INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX refusals_of_contact ON refusals(contact_id);
CREATE INDEX refusals_of_campaign ON refusals(campaign_id, at);
)sql";

}  // namespace bellwether::store
