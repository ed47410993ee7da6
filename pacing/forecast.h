#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "pacing/dial_mode.h"

namespace bellwether::pacing {

/// What a decision of the model rests on: shown by `campaign explain` and kept beside each
/// decision.
struct Forecast {
    DialMode mode = DialMode::Progressive;  ///< in force
    ModeReason reason = ModeReason::AsConfigured;
    int agents = 0;               ///< signed in, not paused
    int idle = 0;                 ///< agents ready
    int in_flight = 0;            ///< calls ringing or waiting for the verdict
    int waiting = 0;              ///< people without an agent
    double expected_free = 0;     ///< of the busy agents, in the 30 s to come
    double expected_answers = 0;  ///< by people, of the calls in flight, in the 30 s to come
    /// That a person who answers finds no agent: of the last line granted, or of the first refused.
    double abandonment_chance = 0;
    double budget = 0;    ///< the chance that a new line may have, 0..1
    double headroom = 0;  ///< abandoned calls that the tightest account still bears; <= 0: guarded
    double answer_rate = 0;      ///< of a new call, by a person
    double talk_s = 0;           ///< mean
    double wrap_up_s = 0;        ///< mean
    double chance_over_cap = 0;  ///< that the tightest account ends its window above its cap

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("mode", self.mode);
        visit("reason", self.reason);
        visit("agents", self.agents);
        visit("idle", self.idle);
        visit("in_flight", self.in_flight);
        visit("waiting", self.waiting);
        visit("expected_free", self.expected_free);
        visit("expected_answers", self.expected_answers);
        visit("abandonment_chance", self.abandonment_chance);
        visit("budget", self.budget);
        visit("headroom", self.headroom);
        visit("answer_rate", self.answer_rate);
        visit("talk_s", self.talk_s);
        visit("wrap_up_s", self.wrap_up_s);
        visit("chance_over_cap", self.chance_over_cap);
    }
    friend bool operator==(const Forecast&, const Forecast&) = default;
};

/// What the rule asks of the engine, before lines and rates bound it.
struct Verdict {
    int lines = 0;                ///< to start now, >= 0
    std::vector<CallId> release;  ///< ringing calls to give up now
    Forecast forecast;
};

}  // namespace bellwether::pacing
