#pragma once

namespace bellwether::store {

// Agents' notes, to be searched by their words: what was said of the same problem before.
inline constexpr const char* kPrecedentVersion = R"sql(
-- One row for each disposition that has a note; the id is the index's row.
CREATE TABLE precedents(
    id          INTEGER PRIMARY KEY,
    client_id   INTEGER NOT NULL REFERENCES clients(id),
    campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
    at          INTEGER NOT NULL,
    epoch       INTEGER NOT NULL,
    call_id     INTEGER NOT NULL,
    UNIQUE (epoch, call_id)
) STRICT;

-- The index keeps words alone, the notes stay where they are. Another kind of note joins this view,
-- with ids of precedents and triggers of its own.
-- ё is written е as often as not, and FTS5 takes accents from Latin letters alone: as in precedents.cpp.
CREATE VIEW precedent_notes AS
    SELECT p.id, replace(replace(d.note, 'ё', 'е'), 'Ё', 'Е') AS note
    FROM precedents p JOIN dispositions d USING (epoch, call_id);
CREATE VIRTUAL TABLE precedent_index USING fts5(
    note, content = 'precedent_notes', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2");

-- Whoever writes a disposition, its words go with it.
CREATE TRIGGER precedent_of_disposition AFTER INSERT ON dispositions WHEN new.note <> '' BEGIN
    INSERT INTO precedents(client_id, campaign_id, at, epoch, call_id)
        VALUES (new.client_id, new.campaign_id, new.at, new.epoch, new.call_id);
    INSERT INTO precedent_index(rowid, note) SELECT id, note FROM precedent_notes
        WHERE id IN (SELECT id FROM precedents WHERE epoch = new.epoch AND call_id = new.call_id);
END;
CREATE TRIGGER precedent_of_changed AFTER UPDATE ON dispositions BEGIN
    INSERT INTO precedent_index(precedent_index, rowid, note) SELECT 'delete', id,
        replace(replace(old.note, 'ё', 'е'), 'Ё', 'Е')
        FROM precedents WHERE epoch = old.epoch AND call_id = old.call_id;
    DELETE FROM precedents WHERE epoch = old.epoch AND call_id = old.call_id;
    INSERT INTO precedents(client_id, campaign_id, at, epoch, call_id)
        SELECT new.client_id, new.campaign_id, new.at, new.epoch, new.call_id WHERE new.note <> '';
    INSERT INTO precedent_index(rowid, note) SELECT id, note FROM precedent_notes
        WHERE id IN (SELECT id FROM precedents WHERE epoch = new.epoch AND call_id = new.call_id);
END;
CREATE TRIGGER precedent_of_deleted AFTER DELETE ON dispositions BEGIN
    INSERT INTO precedent_index(precedent_index, rowid, note) SELECT 'delete', id,
        replace(replace(old.note, 'ё', 'е'), 'Ё', 'Е')
        FROM precedents WHERE epoch = old.epoch AND call_id = old.call_id;
    DELETE FROM precedents WHERE epoch = old.epoch AND call_id = old.call_id;
END;

INSERT INTO precedents(client_id, campaign_id, at, epoch, call_id)
    SELECT client_id, campaign_id, at, epoch, call_id FROM dispositions WHERE note <> '' ORDER BY at;
INSERT INTO precedent_index(rowid, note) SELECT id, note FROM precedent_notes;
)sql";

}  // namespace bellwether::store
