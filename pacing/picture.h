#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

// What is true of one campaign at the moment of a decision. Ages are seconds, never negative.

namespace bellwether::pacing {

/// What a contact's chance to be answered by a person may depend on, beside the campaign.
struct AnswerKey {
    ListId list{};
    int hour_of_week = 0;  ///< local time of the campaign, 0 (Monday 00:00) .. 167
    int attempt = 1;       ///< which attempt this is, >= 1

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("list", self.list);
        visit("hour_of_week", self.hour_of_week);
        visit("attempt", self.attempt);
    }
    friend bool operator==(const AnswerKey&, const AnswerKey&) = default;
};

struct BusyAgent {
    AgentId agent{};
    double elapsed_s = 0;  ///< in this talk, or in this wrap-up
    bool leaves = false;   ///< takes no further call: pauses or goes when this one is over
};

struct RingingCall {
    CallId call{};
    double age_s = 0;  ///< since the INVITE; 0 while the attempt is being stored
    AnswerKey key;
    bool may_be_released = false;  ///< the INVITE is out and nobody has cancelled it
};

/// Picked up, and the verdict whether by a person is not there yet.
struct DetectingCall {
    double ring_s = 0;  ///< from the INVITE to the pickup
    double age_s = 0;   ///< since the pickup
    AnswerKey key;
};

/// One abandonment account of the campaign, over one legal window.
struct AccountView {
    double cap = 0.03;              ///< 0 < cap <= 1
    std::int64_t live_answers = 0;  ///< in the window so far
    std::int64_t abandoned = 0;     ///< 0..live_answers
    double remaining_s = 0;         ///< calling time left until the window ends
};

struct Picture {
    Instant at;
    int idle = 0;  ///< agents ready now
    std::vector<BusyAgent> talking;
    std::vector<BusyAgent> wrapping;
    std::vector<RingingCall> ringing;
    std::vector<DetectingCall> detecting;
    int waiting = 0;              ///< people past the verdict whom no agent has taken yet
    std::vector<AnswerKey> next;  ///< the contacts that would be dialed next, in order
    std::vector<AccountView> accounts;
    /// For so long lines or rates have kept the campaign from starting all that was granted; 0: not
    /// now.
    double lines_refused_s = 0;

    [[nodiscard]] int agents() const {
        return idle + static_cast<int>(talking.size() + wrapping.size());
    }
    [[nodiscard]] int in_flight() const {
        return static_cast<int>(ringing.size() + detecting.size());
    }
};

}  // namespace bellwether::pacing
