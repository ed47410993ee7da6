#pragma once

namespace bellwether::store {

// How well calls were heard, and whose numbers called us without ever having been called.
inline constexpr const char* kQualityVersion = R"sql(
-- One row per answered call: of an attempt, or of a call that came in (attempt_id NULL), which is that of
-- inbound_calls. Mean opinion scores in thousandths, 1000..4500, as estimated from the media counters (ITU-T
-- G.107); NULL: nothing was heard, or the far side sent no report. Loss is a share of packets in millionths.
CREATE TABLE call_quality(
    epoch      INTEGER NOT NULL,
    call_id    INTEGER NOT NULL,
    attempt_id INTEGER REFERENCES attempts(id),
    trunk      TEXT NOT NULL,
    mos_heard  INTEGER,
    mos_sent   INTEGER,
    lost_ppm   INTEGER NOT NULL,
    jitter_us  INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (epoch, call_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_quality_by_time ON call_quality(at);
CREATE INDEX call_quality_of_attempt ON call_quality(attempt_id) WHERE attempt_id IS NOT NULL;
)sql";

}  // namespace bellwether::store
