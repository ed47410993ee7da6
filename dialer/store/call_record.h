#pragma once

#include "compliance/evidence/records.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// What the evidence log tells of an attempt that has ended, from its rows. Runs inside the
/// writer's transaction; methods throw SqliteError.
class CallRecords {
public:
    explicit CallRecords(Database& database);

    [[nodiscard]] compliance::evidence::Record of(AttemptId attempt);

private:
    void add_detection(AttemptId attempt, compliance::evidence::CallFacts& call);

    Statement attempt_;
    Statement detection_;
};

}  // namespace bellwether::store
