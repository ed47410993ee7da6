#pragma once

#include <cstdint>

#include "base/ids.h"
#include "base/phone_number.h"
#include "dialer/store/consents.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Takes consents back. Runs inside the writer's transaction; throws SqliteError.
class ConsentRevoker {
public:
    explicit ConsentRevoker(Database& database);

    /// Every consent of the number to the client (0: to every client). One that was given to all
    /// stays in force for the others: for this client there is a row of it of his own, revoked.
    /// Returns how many were in force.
    std::int64_t revoke(PhoneNumber number, ClientId client, const Revocation& revocation);

private:
    Database& database_;
    Statement own_;
    Statement given_to_all_;
};

}  // namespace bellwether::store
