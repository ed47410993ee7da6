#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "base/time.h"
#include "campaigns/outcome.h"
#include "compliance/decision.h"
#include "compliance/evidence/records.h"
#include "dialer/store/consents.h"

namespace bellwether::store {

/// An attempt at the same number that was made before, by any campaign of the client.
struct PastDial {
    UtcTime at;                                 ///< of its INVITE
    std::optional<campaigns::Outcome> outcome;  ///< none: not ended
    CampaignId campaign{};
};

/// What the store knows of one dial that somebody may be about to make. Views; live as long as the
/// call.
struct DialQuestion {
    enum class Point {
        Selection,  ///< the contact is claimed: it will be dialed soon
        Invite,     ///< the attempt is being stored: the INVITE follows
    };
    Point point = Point::Selection;
    UtcTime now;
    CampaignId campaign{};
    ClientId client{};
    ContactId contact{};
    AttemptId attempt{};  ///< at the INVITE
    PhoneNumber number;
    std::string_view columns;  ///< the contact's other columns, a JSON object of texts
    std::optional<UtcTime> do_not_call_since;  ///< of this client, or of all
    std::span<const ConsentRecord> consents;
    std::span<const PastDial> history;  ///< of the last year, the latest first
    std::int64_t live_answers = 0;      ///< of the campaign's account that is nearest to its cap
    std::int64_t abandoned = 0;
};

struct DialAnswer {
    compliance::Decision decision;
    std::optional<compliance::evidence::Record> record;  ///< for the log; none: not worth a record
    /// The campaign itself stands against the call, until `decision.until`: asking about its other
    /// contacts would only say so again.
    bool holds_campaign = false;
};

/// Decides on dials by rules that only the host knows. Called on the writer thread, inside its
/// transaction: must not block, throw, or call the store.
class DialPolicy {
public:
    virtual ~DialPolicy() = default;
    [[nodiscard]] virtual DialAnswer decide(const DialQuestion& question) = 0;
};

}  // namespace bellwether::store
