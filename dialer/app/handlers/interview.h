#pragma once

#include "dialer/app/handlers/router.h"

// The interview of an agent's call, for his page.

namespace bellwether::app {

/// The item at hand, the answers so far, and how it ended.
[[nodiscard]] api::Response get_agents_interview(Backend& backend, const Call& call);
/// How an agent begins with the case that he has, where it has refused before and is to be won
/// over; empty: as usual.
[[nodiscard]] std::string introduction_of(const engine::EngineState& state,
                                          const engine::Agent& agent);
/// The body's `item` and `text`, empty at a note that was read out; `override`: why an unusual
/// answer is to be taken.
[[nodiscard]] api::Response answer_in_interview(Backend& backend, const Call& call);
[[nodiscard]] api::Response order_in_interview(Backend& backend, const Call& call);
/// The body's `item` with a `note`, or with `probe`: true, or the words that were used.
[[nodiscard]] api::Response note_in_interview(Backend& backend, const Call& call);
[[nodiscard]] api::Response refuse_interview(Backend& backend, const Call& call);

// handlers/interviewers.cpp
/// How each interviewer works; or text/csv.
[[nodiscard]] api::Response report_interviewers(Backend& backend, const Call& call);

}  // namespace bellwether::app
