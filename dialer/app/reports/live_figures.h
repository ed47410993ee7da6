#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// Adds what the engine alone knows of a campaign, if there is an engine: its state, the mode in
/// force and the one it was given, lines, agents by state, the decision at hand under `now`
/// (explanations.h) and the abandonment accounts.
[[nodiscard]] Result<void> add_live(Backend& backend, CampaignId id, Json& body);

/// The mode that a campaign dials in, why if it is not its own, and its own: `mode`, `mode_reason`,
/// `mode_configured`, and `mode_words`, a sentence, if they differ.
void add_mode(const engine::Campaign& campaign, Json& json);

}  // namespace bellwether::app
