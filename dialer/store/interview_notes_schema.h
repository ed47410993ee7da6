#pragma once

namespace bellwether::store {

// Notes of interviewers say, too, why an unusual answer was taken, and are searched by their words
// as those of dispositions are.
inline constexpr const char* kInterviewNotesVersion = R"sql(
-- kind OVERRULE: why an answer that fails the soft constraint was taken.
CREATE TABLE interview_notes_of_now(
    id           INTEGER PRIMARY KEY,
    interview_id INTEGER NOT NULL REFERENCES interviews(id),
    attempt_id   INTEGER NOT NULL REFERENCES attempts(id),
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    agent_id     INTEGER NOT NULL REFERENCES agents(id),
    item         TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('NOTE', 'PROBE', 'OVERRULE')),
    note         TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
INSERT INTO interview_notes_of_now SELECT id, interview_id, attempt_id, client_id, agent_id, item,
    kind, note, at FROM interview_notes;
DROP TABLE interview_notes;
ALTER TABLE interview_notes_of_now RENAME TO interview_notes;
CREATE INDEX interview_notes_of_interview ON interview_notes(interview_id);

-- The interviewer; null: by keypad.
ALTER TABLE answer_changes ADD COLUMN agent_id INTEGER REFERENCES agents(id);

-- Interviewers' notes join the search under ids of their own: below 0, so that they meet none of a
-- disposition. A probe's words are the questionnaire's, nobody's note.
CREATE INDEX interview_notes_as_precedents ON interview_notes(-id);
DROP VIEW precedent_notes;
CREATE VIEW precedent_notes AS
    SELECT p.id, replace(replace(d.note, 'ё', 'е'), 'Ё', 'Е') AS note
    FROM precedents p JOIN dispositions d USING (epoch, call_id)
    UNION ALL
    SELECT -id, replace(replace(note, 'ё', 'е'), 'Ё', 'Е') FROM interview_notes
    WHERE kind <> 'PROBE' AND note <> '';

CREATE TRIGGER precedent_of_interview_note AFTER INSERT ON interview_notes
WHEN new.kind <> 'PROBE' AND new.note <> '' BEGIN
    INSERT INTO precedent_index(rowid, note)
        VALUES (-new.id, replace(replace(new.note, 'ё', 'е'), 'Ё', 'Е'));
END;
CREATE TRIGGER precedent_of_changed_interview_note AFTER UPDATE OF note ON interview_notes
WHEN new.kind <> 'PROBE' BEGIN
    INSERT INTO precedent_index(precedent_index, rowid, note)
        SELECT 'delete', -old.id, replace(replace(old.note, 'ё', 'е'), 'Ё', 'Е')
        WHERE old.note <> '';
    INSERT INTO precedent_index(rowid, note)
        SELECT -new.id, replace(replace(new.note, 'ё', 'е'), 'Ё', 'Е') WHERE new.note <> '';
END;
CREATE TRIGGER precedent_of_deleted_interview_note AFTER DELETE ON interview_notes
WHEN old.kind <> 'PROBE' AND old.note <> '' BEGIN
    INSERT INTO precedent_index(precedent_index, rowid, note)
        VALUES ('delete', -old.id, replace(replace(old.note, 'ё', 'е'), 'Ё', 'Е'));
END;
INSERT INTO precedent_index(rowid, note)
    SELECT -id, replace(replace(note, 'ё', 'е'), 'Ё', 'Е') FROM interview_notes
    WHERE kind <> 'PROBE' AND note <> '';
)sql";

}  // namespace bellwether::store
