#pragma once

namespace bellwether::store {

// How far each attempt at an interview came.
inline constexpr const char* kInterviewEndsVersion = R"sql(
-- item: key of the item at hand when the attempt's part of the interview ended, '': none had come up. heard: 1 if the
-- notes before the first question had been played to their end. Attempts of before this version have no row.
CREATE TABLE interview_ends(
    attempt_id   INTEGER PRIMARY KEY REFERENCES attempts(id),
    interview_id INTEGER NOT NULL REFERENCES interviews(id),
    client_id    INTEGER NOT NULL REFERENCES clients(id),
    item         TEXT NOT NULL,
    heard        INTEGER NOT NULL
) STRICT;
)sql";

}  // namespace bellwether::store
