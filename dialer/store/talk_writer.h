#pragma once

#include "dialer/engine/actions.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Writes what agents say of their calls and promise, who takes calls over, and who calls us.
/// Runs inside the writer's transaction; methods throw SqliteError.
class TalkWriter {
public:
    TalkWriter(Database& database, Epoch epoch);

    void write(const engine::StoreDisposition& action);
    void write(const engine::StoreCallback& action);
    void write(const engine::StoreTransfer& action);
    void write(const engine::StoreInbound& action);
    void write(const engine::StoreInboundStep& action);
    void write(const engine::StoreQuality& action);
    /// That of a call that came in and is on record with one, checked.
    [[nodiscard]] NumberId number_of_caller(CallId call);
    /// The attempt keeps the promise, if it names one.
    void keep(const engine::StoreAttempt& attempt);

private:
    Database& database_;
    Epoch epoch_;
    Statement dispose_;
    Statement settle_;
    Statement replace_callback_;
    Statement insert_callback_;
    Statement keep_callback_;
    Statement insert_transfer_;
    [[nodiscard]] NumberId number_for(const engine::StoreInbound& action);

    Statement note_number_;
    Statement find_number_;
    Statement insert_inbound_;
    Statement caller_;
    Statement insert_quality_;
    Statement answer_inbound_;
    Statement queue_inbound_;
    Statement connect_inbound_;
    Statement opt_out_inbound_;
    Statement promise_inbound_;
    Statement end_inbound_;
};

/// Calls that came in while another process ran, and ended with it unseen.
void settle_lost_inbound(Database& database, Epoch epoch, UtcTime now);

}  // namespace bellwether::store
