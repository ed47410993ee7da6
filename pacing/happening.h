#pragma once

#include <variant>

#include "base/ids.h"
#include "pacing/picture.h"

// What came to an end and can be learnt from. The engine tells each of these once, when it happens.

namespace bellwether::pacing {

/// How a ring ended.
enum class RingEnd {
    Live,      ///< a person picked up (without detection: whoever picked up)
    Machine,   ///< a machine picked up
    FastFail,  ///< busy, refused, no such number, congestion: the network said no
    Censored,  ///< nobody had picked up when we stopped ringing: ring limit, release, cancel
};

struct RingEnded {
    RingEnd end = RingEnd::Censored;
    double ring_s = 0;  ///< from the INVITE to the pickup or the end, >= 0
    AnswerKey key;
};

/// The detector's verdict on a picked-up call. Without detection it is given at the pickup: delay
/// 0, human, and patience is all the time a person waits before he counts as abandoned.
struct VerdictGiven {
    double delay_s = 0;  ///< from the pickup, >= 0
    double patience_s =
        0;  ///< from the verdict to the moment the person counts as abandoned; people only
    bool human = false;
};

struct TalkEnded {
    AgentId agent{};
    double talk_s = 0;
};

struct WrapUpEnded {
    AgentId agent{};
    double wrap_s = 0;
    bool left = false;  ///< to a break or home, and nobody had been told before
};

/// A person past the verdict was taken by an agent, or not in time.
struct LiveAnswerResolved {
    bool abandoned = false;
};

/// Somebody has listened to a recording of a call that the detector took for a machine.
struct MachineAudited {
    bool person = false;
};

using Happening = std::variant<RingEnded, VerdictGiven, TalkEnded, WrapUpEnded, LiveAnswerResolved,
                               MachineAudited>;

}  // namespace bellwether::pacing
