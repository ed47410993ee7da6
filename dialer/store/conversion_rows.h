#pragma once

#include <optional>

#include "campaigns/conversion.h"
#include "dialer/engine/store_actions.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// What follows from refusals: written with each, and asked before a case is called. Runs inside
/// the writer's transaction; methods throw SqliteError.
class ConversionRows {
public:
    explicit ConversionRows(Database& database);

    void write(const engine::StoreConversion& action);

    /// Where a case stands that has refused.
    struct Standing {
        campaigns::EarlierRefusal refusal;  ///< the last
        std::optional<UtcTime> due;         ///< not called before; none: never again
    };
    /// None: it has not refused. A call that was promised since may be made at its own time.
    [[nodiscard]] std::optional<Standing> standing(CampaignId campaign, ContactId contact);

private:
    [[nodiscard]] bool has_earlier(const engine::StoreConversion& action);

    Database& database_;
    Statement take_back_;
    Statement note_;
    Statement earlier_;
    Statement replace_callback_;
    Statement settle_;
    Statement standing_;
};

}  // namespace bellwether::store
