#pragma once

#include <string_view>

#include "base/ids.h"
#include "compliance/decision.h"

// What the store tells the engine: each thing that was asked of it (store_actions.h) is durable.

namespace bellwether::engine {

/// The attempt is durable: the INVITE may go (promise R2).
struct AttemptStored {
    static constexpr std::string_view kName = "ATTEMPT_STORED";
    AttemptId attempt{};
    /// By the policy packs, taken and put on record with the attempt: on the facts of that moment.
    compliance::Decision decision{compliance::Verdict::Allow, compliance::Rule::None, {}};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("attempt", self.attempt);
        visit("decision", self.decision);
    }
};

/// The answer is durable: the next question may come (promise R3).
struct AnswerStored {
    static constexpr std::string_view kName = "ANSWER_STORED";
    CallId call{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("call", self.call);
    }
};

/// A number is durably on do-not-call (promise R7). The command that added it is answered after
/// this event, never before.
struct SuppressionAdded {
    static constexpr std::string_view kName = "SUPPRESSION_ADDED";
    NumberId number{};
    ClientId client{};  ///< 0: for every client organisation
    CallId caller{};    ///< the call that came in and asked for it without a number we knew

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("client", self.client);
        visit("caller", self.caller);
    }
};

}  // namespace bellwether::engine
