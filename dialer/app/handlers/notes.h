#pragma once

#include "dialer/app/handlers/router.h"

namespace bellwether::app {

/// The notes of earlier calls, of `client` or of the agent's own client organisation.
[[nodiscard]] api::Response search_notes(Backend& backend, const Call& call);
[[nodiscard]] api::Response search_notes_for_agent(Backend& backend, const Call& call);

}  // namespace bellwether::app
