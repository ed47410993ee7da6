#pragma once

#include <string>

#include "compliance/decision.h"
#include "dialer/engine/states.h"
#include "dialer/store/records.h"
#include "pacing/lines.h"

namespace bellwether::app {

/// The reasons of the engine as sentences for people; the enum names stay in JSON beside them.
[[nodiscard]] std::string explain(engine::DialBlock block, const pacing::LineDecision& decision);
/// Of a campaign whose state is known: says which of the states that do not dial it is in.
[[nodiscard]] std::string explain(engine::CampaignRunState state, engine::DialBlock block,
                                  const pacing::LineDecision& decision);
/// Why a more careful mode than the campaign's own is in force; empty if its own is.
[[nodiscard]] std::string explain(pacing::ModeReason reason);
[[nodiscard]] std::string explain(compliance::Rule rule);
[[nodiscard]] std::string explain(store::ContactState state);

}  // namespace bellwether::app
