#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "base/result.h"
#include "base/time.h"

namespace bellwether::store {

class Store;

/// A call that was promised. `late` when it was not kept within the tolerance after `due`.
struct CallbackRecord {
    CallbackId id{};
    CampaignId campaign{};
    ContactId contact{};
    AgentId agent{};  ///< who promised to call himself; 0: anybody
    UtcTime due;
    UtcTime promised;
    std::optional<UtcTime> kept;  ///< an attempt was made
    AttemptId kept_by{};
    std::optional<UtcTime> replaced;  ///< by a later promise
    bool loose = false;               ///< for some time from `due` on, not for that minute
};

/// A call that came in.
struct InboundRecord {
    Epoch epoch{};
    CallId call{};
    CampaignId campaign{};  ///< 0: no campaign shows the number
    ContactId contact{};
    NumberId number{};  ///< 0: anonymous
    AttemptId attempt{};
    std::string called;
    UtcTime arrived;
    std::optional<UtcTime> answered, queued, connected, opted_out, callback, ended;
    AgentId agent{};
    std::string ending;  ///< a HangUpReason, NONE for the caller's own, LOST after a crash
};

struct DispositionRecord {
    Epoch epoch{};
    CallId call{};
    AttemptId attempt{};  ///< 0: of a call that came in
    CampaignId campaign{};
    ContactId contact{};
    AgentId agent{};
    std::string code;
    std::string note;  ///< personal
    UtcTime at;
};

struct TransferRecord {
    AttemptId attempt{};
    CampaignId campaign{};
    AgentId agent{};
    std::string target;
    bool warm = false;
    std::string result;
    UtcTime at;
};

/// Who calls from a number that we have called. All but `number` are 0 if the organisation that he
/// calls never called it.
struct CallerMatch {
    NumberId number{};
    AttemptId attempt{};  ///< the organisation's last one at it, of those that showed the number he
                          ///< dialed, if there are any; else of all
    CampaignId campaign{};
    ContactId contact{};
    std::string language;
    bool suppressed = false;
};

// Readers: any thread. Errors: Unavailable, Corrupt.

/// Those due in [from, to), the earliest first. @param open_only  neither kept nor replaced
[[nodiscard]] Result<std::vector<CallbackRecord>> callbacks(const Store& store, UtcTime from,
                                                            UtcTime to, bool open_only);
/// Those that arrived in [from, to).
[[nodiscard]] Result<std::vector<InboundRecord>> inbound_calls(const Store& store, UtcTime from,
                                                               UtcTime to);
[[nodiscard]] Result<std::vector<DispositionRecord>> dispositions(const Store& store, UtcTime from,
                                                                  UtcTime to);
[[nodiscard]] Result<std::vector<DispositionRecord>> dispositions_of(const Store& store,
                                                                     ContactId contact);
[[nodiscard]] Result<std::vector<TransferRecord>> transfers(const Store& store, UtcTime from,
                                                            UtcTime to);
/// None: the number was never called.
/// @param called  the caller id that he dialed, E.164
/// @param owner  the client organisation whose number that is; 0: nobody's, any may have called him
[[nodiscard]] Result<std::optional<CallerMatch>> match_caller(const Store& store,
                                                              PhoneNumber caller,
                                                              const std::string& called,
                                                              ClientId owner);

/// The campaign that an agent worked for last; none: he has never signed in.
[[nodiscard]] Result<std::optional<CampaignId>> last_campaign_of(const Store& store, AgentId agent);

}  // namespace bellwether::store
