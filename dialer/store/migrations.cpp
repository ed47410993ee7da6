#include "dialer/store/migrations.h"

#include <array>
#include <string>

#include "dialer/store/appointment_schema.h"
#include "dialer/store/conversion_schema.h"
#include "dialer/store/interview_ends_schema.h"
#include "dialer/store/interview_notes_schema.h"
#include "dialer/store/interviewer_schema.h"
#include "dialer/store/list_schema.h"
#include "dialer/store/precedent_schema.h"
#include "dialer/store/quality_schema.h"
#include "dialer/store/quota_schema.h"
#include "dialer/store/recording_schema.h"
#include "dialer/store/talk_schema.h"

namespace bellwether::store {

namespace {

// "BWTR": tells our files from other SQLite files (PRAGMA application_id).
constexpr std::int64_t kApplicationId = 0x42575452;

// Times are UTC milliseconds, enums their written names, ids the engine's or SQLite's. Phone digits
// stand in `numbers` and `suppression` only. Rows of people and calls carry their client
// organisation; `numbers` does not, because a number rings once whoever calls it (promise R1), nor
// does the journal, which is the engine's.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE epochs(
    epoch INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    at    INTEGER NOT NULL
) STRICT;

CREATE TABLE clients(
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE lists(
    id        INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES clients(id),
    name      TEXT NOT NULL UNIQUE
) STRICT;

-- AUTOINCREMENT where a row can be deleted and the journal may still name its id.
CREATE TABLE numbers(
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    digits INTEGER NOT NULL UNIQUE
) STRICT;

-- A COMPLETE import's contacts are those from first_contact to last_contact, and no others. A FAILED one
-- may have left contacts from first_contact on, and numbers from first_number on; UNDONE: they are gone.
CREATE TABLE imports(
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id       INTEGER NOT NULL REFERENCES lists(id),
    client_id     INTEGER NOT NULL REFERENCES clients(id),
    file_name     TEXT NOT NULL,
    hash          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('RUNNING', 'COMPLETE', 'FAILED', 'UNDONE')),
    first_contact INTEGER NOT NULL,
    last_contact  INTEGER NOT NULL,
    first_number  INTEGER NOT NULL,
    rows_read     INTEGER NOT NULL DEFAULT 0,
    accepted      INTEGER NOT NULL DEFAULT 0,
    duplicate     INTEGER NOT NULL DEFAULT 0,
    rejected      INTEGER NOT NULL DEFAULT 0,
    suppressed    INTEGER NOT NULL DEFAULT 0,
    at            INTEGER NOT NULL,
    CHECK (rows_read = accepted + duplicate + rejected + suppressed)
) STRICT;
CREATE INDEX imports_of_list ON imports(list_id);

CREATE TABLE contacts(
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id   INTEGER NOT NULL REFERENCES clients(id),
    list_id     INTEGER NOT NULL REFERENCES lists(id),
    import_id   INTEGER NOT NULL REFERENCES imports(id),
    number_id   INTEGER NOT NULL REFERENCES numbers(id),
    external_id TEXT NOT NULL,
    first_name  TEXT NOT NULL,
    last_name   TEXT NOT NULL,
    language    TEXT NOT NULL,
    extra       TEXT NOT NULL,
    file_row    INTEGER NOT NULL,
    UNIQUE (number_id, list_id)
) STRICT;
CREATE INDEX contacts_by_external_id ON contacts(external_id) WHERE external_id <> '';

CREATE TABLE campaigns(
    id           INTEGER PRIMARY KEY,
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    list_id      INTEGER NOT NULL REFERENCES lists(id),
    name         TEXT NOT NULL UNIQUE,
    toml         TEXT NOT NULL,
    saved_at     INTEGER NOT NULL,
    run_state    TEXT NOT NULL,
    run_state_at INTEGER NOT NULL
) STRICT;

-- How far a campaign has come in an import: contacts up to `taken` have a row in campaign_contacts,
-- those after it are NEW without one.
CREATE TABLE campaign_imports(
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
    import_id   INTEGER NOT NULL REFERENCES imports(id),
    taken       INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, import_id)
) STRICT, WITHOUT ROWID;

-- due_at is set exactly while the contact may be claimed.
CREATE TABLE campaign_contacts(
    campaign_id  INTEGER NOT NULL REFERENCES campaigns(id),
    contact_id   INTEGER NOT NULL REFERENCES contacts(id),
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    state        TEXT NOT NULL
                 CHECK (state IN ('NEW', 'CLAIMED', 'LIVE', 'RETRY', 'DONE', 'DENIED')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER,
    claim_owner  TEXT,
    claim_epoch  INTEGER,
    last_outcome TEXT,
    rule         TEXT NOT NULL DEFAULT 'NONE',
    PRIMARY KEY (campaign_id, contact_id),
    CHECK ((due_at IS NOT NULL) = (state IN ('NEW', 'RETRY'))),
    CHECK ((claim_epoch IS NOT NULL) = (state IN ('CLAIMED', 'LIVE')))
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_contacts_due ON campaign_contacts(campaign_id, due_at, contact_id)
    WHERE due_at IS NOT NULL;
CREATE INDEX campaign_contacts_claimed ON campaign_contacts(claim_epoch)
    WHERE claim_epoch IS NOT NULL;
CREATE INDEX campaign_contacts_of_contact ON campaign_contacts(contact_id);

CREATE TABLE agents(
    id         INTEGER PRIMARY KEY,
    client_id  INTEGER NOT NULL REFERENCES clients(id),
    name       TEXT NOT NULL,
    sip_user   TEXT NOT NULL,
    ha1_md5    TEXT NOT NULL,
    ha1_sha256 TEXT NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX agents_name ON agents(name) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX agents_sip_user ON agents(sip_user) WHERE removed_at IS NULL;

-- epoch: the service that stored it. holder_epoch: the service that may end it (after a crash, the next).
CREATE TABLE attempts(
    id                    INTEGER PRIMARY KEY,
    call_id               INTEGER NOT NULL,
    campaign_id           INTEGER NOT NULL REFERENCES campaigns(id),
    client_id             INTEGER NOT NULL REFERENCES clients(id),
    contact_id            INTEGER NOT NULL REFERENCES contacts(id),
    number_id             INTEGER NOT NULL REFERENCES numbers(id),
    epoch                 INTEGER NOT NULL,
    holder_epoch          INTEGER NOT NULL,
    attempts_made         INTEGER NOT NULL,
    at                    INTEGER NOT NULL,
    pacing_start          INTEGER NOT NULL,
    pacing_wanted         INTEGER NOT NULL,
    pacing_limit          TEXT NOT NULL,
    verdict               TEXT NOT NULL,
    rule                  TEXT NOT NULL,
    verdict_until         INTEGER,
    invited_at            INTEGER,
    ringing_at            INTEGER,
    answered_at           INTEGER,
    connected_at          INTEGER,
    spoken_at             INTEGER,
    agent_id              INTEGER REFERENCES agents(id),
    ended_at              INTEGER,
    outcome               TEXT,
    sip_status            INTEGER NOT NULL DEFAULT 0,
    retry_after_s         INTEGER,
    hang_up               TEXT NOT NULL DEFAULT 'NONE',
    answered_after_cancel INTEGER NOT NULL DEFAULT 0,
    end_verdict           TEXT NOT NULL DEFAULT 'ALLOW',
    end_rule              TEXT NOT NULL DEFAULT 'NONE',
    end_verdict_until     INTEGER,
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
-- Promise R1: the file itself refuses a second live attempt at a number or a contact.
CREATE UNIQUE INDEX attempts_live_number ON attempts(number_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX attempts_live_contact ON attempts(contact_id) WHERE ended_at IS NULL;
CREATE INDEX attempts_of_campaign ON attempts(campaign_id);
CREATE INDEX attempts_of_contact ON attempts(contact_id);
CREATE INDEX attempts_of_number ON attempts(number_id);
CREATE INDEX attempts_unknown ON attempts(campaign_id, ended_at) WHERE outcome = 'UNKNOWN';

CREATE TABLE interviews(
    id          INTEGER PRIMARY KEY,
    client_id   INTEGER NOT NULL REFERENCES clients(id),
    attempt_id  INTEGER NOT NULL REFERENCES attempts(id),
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
    contact_id  INTEGER NOT NULL REFERENCES contacts(id),
    began_at    INTEGER NOT NULL,
    ended_at    INTEGER,
    ending      TEXT,
    CHECK ((ended_at IS NULL) = (ending IS NULL))
) STRICT;
CREATE INDEX interviews_of_campaign ON interviews(campaign_id);
CREATE INDEX interviews_of_contact ON interviews(contact_id);

-- Promise R3: one answer per question of an interview, whatever is sent twice.
CREATE TABLE answers(
    interview_id INTEGER NOT NULL REFERENCES interviews(id),
    question     TEXT NOT NULL,
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    value        TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (interview_id, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts(
    campaign_id  INTEGER NOT NULL REFERENCES campaigns(id),
    window_start INTEGER NOT NULL,
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    live_answers INTEGER NOT NULL,
    abandoned    INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, window_start),
    CHECK (abandoned BETWEEN 0 AND live_answers)
) STRICT, WITHOUT ROWID;

CREATE TABLE agent_states(
    id          INTEGER PRIMARY KEY,
    client_id   INTEGER NOT NULL REFERENCES clients(id),
    agent_id    INTEGER NOT NULL REFERENCES agents(id),
    state       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    campaign_id INTEGER REFERENCES campaigns(id),
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX agent_states_by_time ON agent_states(at);

-- client_id NULL: for every client organisation. A removed entry stays as history.
CREATE TABLE suppression(
    id         INTEGER PRIMARY KEY,
    digits     INTEGER NOT NULL,
    client_id  INTEGER REFERENCES clients(id),
    source     TEXT NOT NULL,
    actor      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    attempt_id INTEGER REFERENCES attempts(id),
    removed_at INTEGER,
    removed_by TEXT
) STRICT;
CREATE UNIQUE INDEX suppression_in_force ON suppression(digits, ifnull(client_id, 0))
    WHERE removed_at IS NULL;

CREATE TABLE journal_segments(
    first_seq         INTEGER PRIMARY KEY,
    epoch             INTEGER NOT NULL,
    elapsed_us        INTEGER NOT NULL,
    utc               INTEGER NOT NULL,
    snapshot          TEXT NOT NULL,
    snapshot_personal TEXT NOT NULL
) STRICT;

-- actions: the written actions, one a line.
CREATE TABLE journal(
    seq        INTEGER PRIMARY KEY,
    elapsed_us INTEGER NOT NULL,
    utc        INTEGER NOT NULL,
    event      TEXT NOT NULL,
    actions    TEXT NOT NULL
) STRICT;

-- What stands for a person in an entry; can be erased without touching the journal. part 0: the event,
-- part n: the n-th action.
CREATE TABLE journal_personal(
    seq      INTEGER NOT NULL,
    part     INTEGER NOT NULL,
    personal TEXT NOT NULL,
    PRIMARY KEY (seq, part)
) STRICT, WITHOUT ROWID;
)sql";

// Accounts over several windows at once; the mode in force behind each attempt.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE accounts_by_window(
    campaign_id  INTEGER NOT NULL REFERENCES campaigns(id),
    window_kind  TEXT NOT NULL,
    window_hours INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    live_answers INTEGER NOT NULL,
    abandoned    INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, window_kind, window_hours, window_start),
    CHECK (abandoned BETWEEN 0 AND live_answers)
) STRICT, WITHOUT ROWID;
-- Until now a campaign had one account, over days unless its file said otherwise.
INSERT INTO accounts_by_window
    SELECT campaign_id,
           CASE WHEN (SELECT lower(toml) FROM campaigns WHERE id = campaign_id)
                     GLOB '*account_window*thirty*' THEN 'THIRTY_DAYS' ELSE 'DAY' END,
           0, window_start, client_id, live_answers, abandoned
    FROM accounts;
DROP TABLE accounts;
ALTER TABLE accounts_by_window RENAME TO accounts;

ALTER TABLE attempts ADD COLUMN pacing_mode TEXT NOT NULL DEFAULT 'PROGRESSIVE';
ALTER TABLE attempts ADD COLUMN pacing_reason TEXT NOT NULL DEFAULT 'AS_CONFIGURED';
)sql";

// What the detector heard, in every word it said, and who it really was where somebody listened.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE detections(
    id              INTEGER PRIMARY KEY,
    client_id       INTEGER NOT NULL REFERENCES clients(id),
    attempt_id      INTEGER NOT NULL REFERENCES attempts(id),
    campaign_id     INTEGER NOT NULL REFERENCES campaigns(id),
    at              INTEGER NOT NULL,
    verdict         TEXT NOT NULL,
    code            TEXT NOT NULL,
    p_machine_ppm   INTEGER NOT NULL CHECK (p_machine_ppm BETWEEN 0 AND 1000000),
    review          TEXT NOT NULL,
    weights_version INTEGER NOT NULL,
    evidence        TEXT NOT NULL,
    truth           TEXT,
    truth_at        INTEGER,
    truth_agent_id  INTEGER REFERENCES agents(id)
) STRICT;
CREATE INDEX detections_of_attempt ON detections(attempt_id);
CREATE INDEX detections_of_campaign ON detections(campaign_id);
)sql";

// National and other lists of numbers: each import is a version, and one is in force. The numbers
// themselves stand in files beside the store.
constexpr const char* kNumberListsVersion = R"sql(
-- A list belongs to one client organisation: a licence is one seller's.
CREATE TABLE number_lists(
    id        INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES clients(id),
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    UNIQUE (client_id, name)
) STRICT;

-- retrieved_day: days since 1970-01-01. changes_file: what changed since `file` was made; '' for nothing.
-- signature: of the override, by who answers for it; '' where none was asked for.
CREATE TABLE number_list_versions(
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id         INTEGER NOT NULL REFERENCES number_lists(id),
    client_id       INTEGER NOT NULL REFERENCES clients(id),
    format          TEXT NOT NULL,
    source          TEXT NOT NULL,
    licence         TEXT NOT NULL,
    retrieved_day   INTEGER NOT NULL,
    sha256          TEXT NOT NULL,
    rows_read       INTEGER NOT NULL,
    accepted        INTEGER NOT NULL,
    duplicate       INTEGER NOT NULL,
    rejected        INTEGER NOT NULL,
    numbers         INTEGER NOT NULL,
    adds            INTEGER NOT NULL,
    deletes         INTEGER NOT NULL,
    file            TEXT NOT NULL,
    changes_file    TEXT NOT NULL,
    override_reason TEXT,
    override_by     TEXT,
    signature       TEXT NOT NULL DEFAULT '',
    actor           TEXT NOT NULL,
    active_from     INTEGER NOT NULL,
    active_to       INTEGER,
    CHECK (rows_read = accepted + duplicate + rejected),
    CHECK ((override_reason IS NULL) = (override_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX number_list_versions_in_force ON number_list_versions(list_id)
    WHERE active_to IS NULL;
)sql";

// The evidence log (compliance/evidence): leaves as they were hashed, and apart from them what is
// sealed. The tree's tiles and checkpoints are files beside the store.
constexpr const char* kEvidenceVersion = R"sql(
-- record: the canonical bytes; at and kind repeat what stands in them, for queries. Never changed, never deleted.
CREATE TABLE evidence(
    seq    INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    record BLOB NOT NULL
) STRICT;
CREATE TRIGGER evidence_is_not_changed BEFORE UPDATE ON evidence
    BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER evidence_is_not_deleted BEFORE DELETE ON evidence
    BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

-- One row: the right edge of the tree over all leaves, its hashes one after another.
CREATE TABLE evidence_frontier(
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    size  INTEGER NOT NULL,
    peaks BLOB NOT NULL
) STRICT;

-- A person as the log knows him, with each client organisation by another name. wrapped_key: his data key,
-- sealed by the client's key; without the row nothing sealed for him can be read again.
CREATE TABLE evidence_subjects(
    subject     TEXT PRIMARY KEY,
    client_id   INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence_personal(
    subject    TEXT NOT NULL,
    seq        INTEGER NOT NULL REFERENCES evidence(seq),
    ciphertext BLOB NOT NULL,
    PRIMARY KEY (subject, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_personal_by_seq ON evidence_personal(seq);

-- Numbers that must not be called though the person had his data erased: the keyed hash is all that is left.
CREATE TABLE evidence_suppressed(
    subject   TEXT PRIMARY KEY,
    client_id INTEGER NOT NULL,
    at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Legal holds. The second name is another person's; without it nothing is in force, or lifted.
CREATE TABLE evidence_holds(
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    query         TEXT NOT NULL,
    state         TEXT NOT NULL,
    asked_by      TEXT NOT NULL,
    asked_at      INTEGER NOT NULL,
    placed_by     TEXT,
    placed_at     INTEGER,
    lift_asked_by TEXT,
    lift_asked_at INTEGER,
    lifted_by     TEXT,
    lifted_at     INTEGER
) STRICT;
CREATE TABLE evidence_hold_subjects(
    subject TEXT NOT NULL,
    hold_id INTEGER NOT NULL REFERENCES evidence_holds(id),
    PRIMARY KEY (subject, hold_id)
) STRICT, WITHOUT ROWID;
)sql";

// Consents to be called, and what a campaign's law counts from.
constexpr const char* kConsentVersion = R"sql(
-- client_id NULL: given to every client of this store. Lists are JSON arrays; days and instants are as they
-- were given. A revoked row stays, so that a file imported once more does not bring the consent back.
CREATE TABLE consents(
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id        INTEGER REFERENCES clients(id),
    digits           INTEGER NOT NULL,
    name             TEXT NOT NULL,
    given            TEXT NOT NULL,
    purposes         TEXT NOT NULL,
    topics           TEXT NOT NULL,
    channels         TEXT NOT NULL,
    form             TEXT NOT NULL,
    jurisdiction     TEXT NOT NULL,
    method           TEXT,
    request_sha256   TEXT NOT NULL,
    response_sha256  TEXT NOT NULL,
    evidence_uri     TEXT NOT NULL,
    script_version   TEXT NOT NULL,
    collector        TEXT NOT NULL,
    expires          TEXT NOT NULL,
    rnd_checked      TEXT NOT NULL,
    rnd_result       TEXT NOT NULL,
    last_used_at     INTEGER,
    recorded_at      INTEGER NOT NULL,
    actor            TEXT NOT NULL,
    revoked_at       INTEGER,
    revoked_channel  TEXT,
    revoked_by       TEXT,
    revoked_reason   TEXT,
    revoked_artefact TEXT,
    CHECK ((revoked_at IS NULL) = (revoked_channel IS NULL))
) STRICT;
CREATE UNIQUE INDEX consents_once
    ON consents(digits, ifnull(client_id, 0), given, channels, request_sha256);

-- The first start: legal periods of a campaign are counted from it.
ALTER TABLE campaigns ADD COLUMN started_at INTEGER;

-- For the windows that abandonment is reported by.
CREATE INDEX attempts_answered ON attempts(campaign_id, answered_at) WHERE answered_at IS NOT NULL;

-- Reports of windows that have closed, as the evidence log holds them; a correction is a new version.
CREATE TABLE abandonment_reports(
    campaign_id  INTEGER NOT NULL REFERENCES campaigns(id),
    window_start INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    numerator    TEXT NOT NULL,
    denominator  TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, window_start, version)
) STRICT, WITHOUT ROWID;

-- The id of the policy rule that decided, where rule is POLICY.
ALTER TABLE attempts ADD COLUMN cited TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN end_cited TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign_contacts ADD COLUMN cited TEXT NOT NULL DEFAULT '';
)sql";

// Which trunk carried a call, and how the network says it ended. The indexes are for taking
// contacts out: who called in, or was promised a call, stays.
constexpr const char* kTrunksVersion = R"sql(
ALTER TABLE attempts ADD COLUMN trunk TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN q850_cause INTEGER;
CREATE INDEX callbacks_of_contact ON callbacks(contact_id);
CREATE INDEX inbound_calls_of_contact ON inbound_calls(contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX inbound_calls_of_number ON inbound_calls(number_id) WHERE number_id IS NOT NULL;
)sql";

// The campaign of an agent who signs in by phone.
constexpr const char* kHomeVersion = R"sql(
ALTER TABLE agents ADD COLUMN home_campaign_id INTEGER REFERENCES campaigns(id);
)sql";

// The n-th makes schema n of schema n-1; never edited again.
constexpr std::array kVersions{kVersion1,
                               kVersion2,
                               kVersion3,
                               kNumberListsVersion,
                               kEvidenceVersion,
                               kConsentVersion,
                               kListsVersion,
                               kTalkVersion,
                               kTrunksVersion,
                               kHomeVersion,
                               kQualityVersion,
                               kQuotaVersion,
                               kInterviewerVersion,
                               kConversionVersion,
                               kPrecedentVersion,
                               kAppointmentVersion,
                               kInterviewNotesVersion,
                               kRecordingVersion,
                               kInterviewEndsVersion};

bool is_empty_file(Database& database) {
    Statement tables{database, "SELECT count(*) FROM sqlite_schema"};
    return tables.step() && tables.get<int>(0) == 0;
}

std::int64_t application_id(Database& database) {
    Statement query{database, "PRAGMA application_id"};
    return query.step() ? query.get<std::int64_t>(0) : 0;
}

int schema_of(Database& database) {
    Statement query{database, "SELECT max(version) FROM schema_version"};
    return query.step() ? query.get<int>(0) : 0;
}

void begin_file(Database& database) {
    Transaction transaction{database, Transaction::Kind::Write};
    const std::string mark = "PRAGMA application_id=" + std::to_string(kApplicationId);
    database.execute(mark.c_str());
    database.execute("CREATE TABLE schema_version(version INTEGER PRIMARY KEY) STRICT");
    transaction.commit();
}

}  // namespace

int newest_schema() { return static_cast<int>(kVersions.size()); }

Result<void> migrate(Database& database) {
    if (is_empty_file(database)) begin_file(database);
    if (application_id(database) != kApplicationId) {
        return fail(Errc::Corrupt, "the file is a SQLite file, but not a store of Bellwether");
    }
    const int found = schema_of(database);
    if (found > newest_schema()) {
        return fail(Errc::Conflict,
                    "the store has schema " + std::to_string(found) + " and this program knows " +
                        std::to_string(newest_schema()) + ": use the newer program");
    }
    for (int version = found + 1; version <= newest_schema(); ++version) {
        Transaction transaction{database, Transaction::Kind::Write};
        database.execute(kVersions[static_cast<std::size_t>(version) - 1]);
        Statement{database, "INSERT INTO schema_version(version) VALUES (?)"}.run_with(version);
        transaction.commit();
    }
    return {};
}

}  // namespace bellwether::store
