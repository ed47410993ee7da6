#pragma once

#include "dialer/app/handlers/router.h"

// The interview of an agent's call, for his page.

namespace bellwether::app {

/// The item at hand, the answers so far, and how it ended.
[[nodiscard]] api::Response get_agents_interview(Backend& backend, const Call& call);
/// The body's `item` and `text`, empty at a note that was read out.
[[nodiscard]] api::Response answer_in_interview(Backend& backend, const Call& call);
[[nodiscard]] api::Response order_in_interview(Backend& backend, const Call& call);
/// The body's `item` with a `note`, or with `probe`: it was used.
[[nodiscard]] api::Response note_in_interview(Backend& backend, const Call& call);
[[nodiscard]] api::Response refuse_interview(Backend& backend, const Call& call);

}  // namespace bellwether::app
