#pragma once

namespace bellwether::store {

/// Schema 7: saved mappings, several numbers per contact, priorities, several lists per campaign,
/// undo of an import, and indexes for reports over a time.
inline constexpr const char* kListsVersion = R"sql(
-- layout: JSON, as `list map save` was given it.
CREATE TABLE list_maps(
    name     TEXT PRIMARY KEY,
    layout   TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- kind: of the contact's first number, "mobile"; may be empty. by_hand: not from a file, but `lead add`.
ALTER TABLE contacts ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
CREATE INDEX contacts_hot ON contacts(import_id, priority, id) WHERE priority > 0 AND by_hand = 0;
CREATE INDEX contacts_by_hand ON contacts(list_id, id) WHERE by_hand = 1;

-- A contact's numbers after the first, which stands in `contacts`. place: from 2.
CREATE TABLE contact_numbers(
    contact_id INTEGER NOT NULL REFERENCES contacts(id),
    place      INTEGER NOT NULL CHECK (place >= 2),
    number_id  INTEGER NOT NULL REFERENCES numbers(id),
    kind       TEXT NOT NULL,
    PRIMARY KEY (contact_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_numbers_of_number ON contact_numbers(number_id);

-- taken_out: contacts that an undo removed from a COMPLETE import. by_hand: the import that stands for a
-- list's `lead add`; it has no range of contacts, since others' stand between them.
ALTER TABLE imports ADD COLUMN taken_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX imports_by_hand ON imports(list_id) WHERE by_hand = 1;

-- The lists a campaign draws fresh contacts from: lower priorities only when higher ones have none left
-- (1 is the highest); among equals by weight. credit: what a list is owed (campaigns/list_mix.h).
-- weight 0: no fresh contacts come from it any more.
CREATE TABLE campaign_lists(
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
    list_id     INTEGER NOT NULL REFERENCES lists(id),
    priority    INTEGER NOT NULL,
    weight      INTEGER NOT NULL CHECK (weight >= 0),
    credit      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, list_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_lists_of_list ON campaign_lists(list_id);
INSERT INTO campaign_lists(campaign_id, list_id, priority, weight) SELECT id, list_id, 1, 1 FROM campaigns;
-- JSON: in which order a contact's numbers are tried, and how often.
ALTER TABLE campaigns ADD COLUMN number_rule TEXT NOT NULL DEFAULT '{}';

-- Of an import's contacts with a priority, those above hot_priority, and at it up to hot_contact, have a row
-- in campaign_contacts; `taken` counts the others alone. 0: none is left.
ALTER TABLE campaign_imports ADD COLUMN hot_priority INTEGER NOT NULL DEFAULT 99;
ALTER TABLE campaign_imports ADD COLUMN hot_contact INTEGER NOT NULL DEFAULT 0;

-- The contact's, so that a claim finds the next without looking at the others.
ALTER TABLE campaign_contacts ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
DROP INDEX campaign_contacts_due;
CREATE INDEX campaign_contacts_due ON campaign_contacts(campaign_id, priority, due_at, contact_id)
    WHERE due_at IS NOT NULL;

CREATE INDEX attempts_ended ON attempts(campaign_id, ended_at, outcome) WHERE ended_at IS NOT NULL;
CREATE INDEX attempts_of_agent ON attempts(agent_id, connected_at) WHERE agent_id IS NOT NULL;
CREATE INDEX agent_states_of_agent ON agent_states(agent_id, at);
)sql";

}  // namespace bellwether::store
